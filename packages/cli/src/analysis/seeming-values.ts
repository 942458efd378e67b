import { diagnose, type Finding, loadMesh, type Path } from "@meshproof/engine";
import type { Requests } from "@meshproof/engine/analyse";
import type { LintFinding } from "@meshproof/engine/lint";
import type { InvariantsDocument } from "@meshproof/testkit";

/** What the linter says of a value whatever the mesh is. */
const codes = [
  "value/inner-star",
  "value/block-as-text",
  "value/method-case",
  "value/principal-scheme",
  "value/path-query",
  "value/path-relative",
] as const satisfies readonly LintFinding["code"][];

/** A value that speaks of other requests than it seems to. */
export interface Seeming {
  readonly code: LintFinding["code"];
  readonly path: Path; // within the requests
  readonly message: string;
  readonly hint?: string;
}

/** The values of invariants by which something else is proved than one would think. */
export async function seemingFindings({
  invariants,
  document,
}: InvariantsDocument): Promise<readonly Finding[]> {
  const lint = await linter();
  return invariants.spec.invariants.flatMap(({ requests, expect }, index) => {
    const path = ["spec", "invariants", index] as const;
    const exceptions =
      typeof expect === "object" && "allowed-only-if" in expect ? expect["allowed-only-if"] : [];
    const found = [
      ...(requests === undefined ? [] : within("requests", seemingOf(requests, lint))),
      ...within("expect", within("allowed-only-if", inList(exceptions, lint))),
    ];
    return found.map(({ code, message, hint, path: inside }) =>
      diagnose(code, message, document.locate([...path, ...inside]), hint),
    );
  });
}

/** Values that do not mean what they seem to: with a star in the middle, a path is one path. */
export async function seemingIn(requests: Requests): Promise<readonly Seeming[]> {
  return seemingOf(requests, await linter());
}

type Lint = typeof import("@meshproof/engine/lint")["lintMesh"];

/** Read when it is needed: the other questions about all requests go without. */
async function linter(): Promise<Lint> {
  return (await import("@meshproof/engine/lint")).lintMesh;
}

function seemingOf(requests: Requests, lint: Lint): readonly Seeming[] {
  const { not, anyOf = [], from, to, when } = requests;
  return [
    ...seemingOfRule({ from, to, when }, lint),
    ...(not === undefined ? [] : within("not", seemingOf(not, lint))),
    ...within("anyOf", inList(anyOf, lint)),
  ];
}

function inList(list: readonly Requests[], lint: Lint): readonly Seeming[] {
  return list.flatMap((each, index) => within(index, seemingOf(each, lint)));
}

function within(part: string | number, found: readonly Seeming[]): readonly Seeming[] {
  return found.map((each) => ({ ...each, path: [part, ...each.path] }));
}

interface Rule {
  readonly from: Requests["from"] | undefined;
  readonly to: Requests["to"] | undefined;
  readonly when: Requests["when"] | undefined;
}

function seemingOfRule(rule: Rule, lint: Lint): readonly Seeming[] {
  if (Object.values(rule).every((part) => part === undefined)) return [];
  const policy = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "invariant", namespace: "default" },
    spec: { action: "ALLOW", rules: [rule] },
  };
  const { mesh } = loadMesh({ files: [{ path: "requests", text: JSON.stringify(policy) }] });
  return lint(mesh, { only: codes }).map(({ code, at, hint, evidence }) => {
    const path = at.path.slice(3); // behind spec, rules, 0
    const value = path.reduce<unknown>(
      (inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key],
      rule,
    );
    const why = evidence.kind === "proof" ? `: ${evidence.because}` : "";
    const message = `\`${String(value)}\` does not mean what it seems to${why}`;
    return { code, path, message, ...(hint === undefined ? {} : { hint }) };
  });
}
