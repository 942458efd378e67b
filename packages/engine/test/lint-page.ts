import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lintCodes } from "../src/diagnostic/lint-codes.ts";
import { codes } from "../src/diagnostic.ts";
import type { Check } from "../src/lint/check.ts";
import { checks } from "../src/lint/checks.ts";

const folder = join(import.meta.dirname, "lint");
const loading = join(import.meta.dirname, "diagnostics");

/** The page that describes every finding: made of the table of checks and of their examples. */
export function diagnosticsPage(): string {
  const others = readFileSync(join(folder, "other-tools.md"), "utf8");
  const shown = checks.map(section).join("\n");
  return `${head}\n${overview()}\n${shown}\n${others}\n${ofLoading()}`;
}

const head = `# Findings

<!-- Made by \`npm run diagnostics\` of packages/engine/src/lint and packages/engine/test/lint: change those. -->

\`authz lint MESH...\` says what is wrong, dead, risky, or not what it seems. Every finding has a *witness*, a request that was
evaluated, or a *proof*, a reason that holds for all requests: a false alarm is a bug. Severities: an **error** is a policy that does
not do what it says, or takes proxies down; a **warning** most likely is not meant; **info** is good to know.

A finding that is meant is silenced with a reason, at one of three places:

\`\`\`yaml
metadata:
  annotations:
    meshproof.dev/lint-ignore: |
      rule/split: health checks come from anywhere
\`\`\`

\`\`\`yaml
# authz.config.yaml
lint:
  failOn: warning
  suppress:
  - { code: security/allows-everything, resource: AuthorizationPolicy/*/public-pages, reason: meant for everybody }
\`\`\`

\`\`\`sh
authz lint policies/ --suppress "dry-run/*=until the migration is over" --fail-on warning
\`\`\`
`;

function overview(): string {
  const rows = checks.map(
    ({ code, title }) => `| [\`${code}\`](#${anchor(code)}) | ${lintCodes[code]} | ${title} |`,
  );
  return ["| code | severity | what |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

function anchor(code: string): string {
  return code.replaceAll("/", "").replaceAll(" ", "-");
}

function section({ code, title, why, like, set }: Check): string {
  const name = code.replace("/", ".");
  const theirs = like === undefined ? "" : ` Like ${like.join(", ")}.`;
  const only = set === undefined ? "" : ` Only with \`--set ${set}\`.`;
  const capital = title.charAt(0).toUpperCase() + title.slice(1);
  return `## ${code}

**${lintCodes[code]}**: ${capital}.${only}

${why}${theirs}

${examples(name)}`;
}

/** What is at fault, and what is better; of objects that are the same in both only the names. */
function examples(name: string): string {
  const bad = documentsIn(`${name}.bad.yaml`);
  const good = documentsIn(`${name}.good.yaml`);
  const plain = (text: string): string => text.replace(/ *#~ .*$/gm, "").trim();
  const shared = bad.filter((text) => good.some((other) => plain(other) === plain(text)));
  const isMarked = (text: string): boolean => text.includes("#~");
  const beside = shared.filter((text) => !isMarked(text)).map(nameOf);
  const around = beside.length === 0 ? "" : ` (beside ${[...new Set(beside)].join(", ")})`;
  const atFault = bad.filter((text) => isMarked(text) || !shared.includes(text));
  const better = good.filter((text) => !bad.some((other) => plain(other) === plain(text)));
  const instead = better.length === 0 ? "Better without it.\n" : `Better:\n\n${block(better)}`;
  return `At fault${around}:\n\n${block(atFault)}\n${instead}`;
}

function documentsIn(file: string): readonly string[] {
  return readFileSync(join(folder, file), "utf8").split(/^---$/m);
}

function nameOf(text: string): string {
  const [, kind = ""] = /^kind: (\w+)/m.exec(text) ?? [];
  const [, name = ""] = /metadata: \{ name: ([\w-]+)/.exec(text) ?? [];
  return `${kind} \`${name}\``;
}

function block(documents: readonly string[]): string {
  const shown = documents.map((text) =>
    text.trim().replace(/ *#~ (.*)$/gm, (_, marks: string) => ` # ${marks.split(" ").join(", ")}`),
  );
  return `\`\`\`yaml\n${shown.join("\n---\n")}\n\`\`\`\n`;
}

function ofLoading(): string {
  const own = Object.entries(codes).filter(([code]) => !(code in lintCodes));
  const rows = own.map(([code, severity]) => `| \`${code}\` | ${severity} | ${exampleOf(code)} |`);
  return `## Findings of loading, and of suites

What is wrong with the files themselves (\`yaml\`, \`load\`), what the API server (\`schema\`) and istiod's webhook (\`webhook\`) would refuse or
warn of, and what is wrong with a suite. Every command tells them; examples are in \`packages/engine/test/diagnostics\`.

| code | severity | a line at fault |
| --- | --- | --- |
${rows.join("\n")}
`;
}

/** The first line that a fixture of loading marks with the code. */
function exampleOf(code: string): string {
  const names = existsSync(loading)
    ? readdirSync(loading).filter((name) => name.endsWith(".yaml"))
    : [];
  for (const name of names.toSorted()) {
    const lines = readFileSync(join(loading, name), "utf8").split("\n");
    const line = lines.find((each) => each.split("#~")[1]?.split(/[ @]/).includes(code));
    if (line !== undefined) return cell(line.split("#~")[0] ?? "");
  }
  return "";
}

function cell(line: string): string {
  const text = line.trim().replaceAll("|", "\\|");
  return text === "" ? "" : `\`${text.replaceAll("`", "'")}\``;
}
