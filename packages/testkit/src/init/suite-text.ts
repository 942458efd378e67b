import type { Suite } from "../suite.ts";

const schema = "https://meshproof.dev/schemas/v1alpha1/suite.json";

/** A suite as a person would write it: blocks outside, one line for each test's request and expectation. */
export function suiteText({ metadata, spec }: Suite): string {
  const { tests = [], mesh, ...world } = spec;
  const lines = Object.entries(world).flatMap(([name, value]) => block(name, value));
  const asked = tests.flatMap(({ name, request, expect }) => [
    `  - name: ${scalar(name)}`,
    `    request: ${flow(request)}`,
    `    expect: ${flow(expect)}`,
  ]);
  const text = [
    `# yaml-language-server: $schema=${schema}`,
    "apiVersion: meshproof.dev/v1alpha1",
    "kind: Suite",
    "metadata:",
    `  name: ${scalar(metadata?.name ?? "policies")}`,
    '  annotations: { config.kubernetes.io/local-config: "true" } # GitOps tools do not apply it',
    "spec:",
    `  mesh: ${flow(mesh)}`,
    ...lines,
    ...(asked.length === 0 ? ["  tests: []"] : ["  tests:", ...asked]),
  ];
  return `${text.join("\n")}\n`;
}

/** A field of the spec: what it holds one line each. */
function block(name: string, value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [`  ${name}: ${flow(value)}`];
  const entries = Object.entries(value).map(([key, each]) => `    ${scalar(key)}: ${flow(each)}`);
  return [`  ${name}:`, ...entries];
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).map(([key, each]) => `${scalar(key)}: ${flow(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Without quotes only what no reader of YAML takes for anything but this text. */
function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const plain = /^[A-Za-z][\w /.-]*$/.test(value) && value.trim() === value && !words.test(value);
  return plain ? value : quoted(value);
}

/** In double quotes, as JSON has them, and with escapes of what YAML may not hold and of what some of its readers take for the end of a line. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const words = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
