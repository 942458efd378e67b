import { diagnose, didYouMean, type Finding, type ParsedDocument } from "@meshproof/engine";
import { checkEnvironment } from "./check-environment.ts";
import { checkRequest, checkTest } from "./check-test.ts";
import type { Report } from "./report.ts";
import type { Suite } from "./suite.ts";
import { parseSeconds } from "./token-duration.ts";

/** What the schema cannot say: names that lead nowhere, tests that ask nothing. */
export function checkSuite(suite: Suite, document: ParsedDocument): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = ({ code, path, message, hint, key }) => {
    const at = key ? document.locateKey(path) : document.locate(path);
    findings.push(diagnose(code, message, at, hint));
  };
  oneMesh(suite, report);
  checkEnvironment(suite.spec.environment, report);
  groupMembers(suite, report);
  tokenBases(suite, report);
  tokenTimes(suite, report);
  uniqueNames(suite, report);
  leftOut(suite, report);
  checkRequest(suite.spec.given ?? {}, { suite, report, path: ["spec", "given"] });
  for (const [index, test] of (suite.spec.tests ?? []).entries())
    checkTest(test, { suite, report, path: ["spec", "tests", index] });
  return findings;
}

function oneMesh({ spec }: Suite, report: Report): void {
  if (spec.mesh === undefined || spec.meshes === undefined) return;
  const message = "a suite has `mesh` or `meshes`, not both";
  report({ code: "suite/invalid-field", path: ["spec", "mesh"], message, key: true });
}

function groupMembers({ spec }: Suite, report: Report): void {
  const actors = Object.keys(spec.actors ?? {});
  for (const [group, members] of Object.entries(spec.groups ?? {}))
    for (const [index, member] of members.entries())
      if (Object.hasOwn(spec.groups ?? {}, member))
        report({
          code: "suite/unknown-name",
          path: ["spec", "groups", group, index],
          message: `\`${member}\` is a group: groups hold callers`,
          hint: actors.length > 0 ? `actors: ${actors.join(", ")}` : undefined,
        });
}

function tokenBases({ spec }: Suite, report: Report): void {
  const tokens = Object.keys(spec.tokens ?? {});
  for (const [name, token] of Object.entries(spec.tokens ?? {})) {
    const base = token.extends;
    if (base === undefined) continue;
    const path = ["spec", "tokens", name, "extends"];
    if (!tokens.includes(base))
      report({
        code: "suite/unknown-name",
        path,
        message: `unknown token \`${base}\``,
        hint: didYouMean(base, tokens),
      });
    else if (leadsBack(name, spec.tokens ?? {}))
      report({
        code: "suite/invalid-field",
        path,
        message: `token \`${name}\` extends itself`,
      });
  }
}

function tokenTimes({ spec }: Suite, report: Report): void {
  for (const [name, token] of Object.entries(spec.tokens ?? {}))
    for (const key of ["expiresIn", "notBefore"] as const) {
      const text = token[key];
      const isNever = key === "expiresIn" && text === "never";
      if (text === undefined || isNever || parseSeconds(text) !== undefined) continue;
      const path = ["spec", "tokens", name, key];
      const message = `not a duration: \`${text}\``;
      report({
        code: "suite/invalid-field",
        path,
        message,
        hint: key === "expiresIn" ? "15m, 1h30m, -2m or never" : "15m, -2m",
      });
    }
}

function leadsBack(name: string, tokens: NonNullable<Suite["spec"]["tokens"]>): boolean {
  const seen = new Set<string>();
  for (let base = tokens[name]?.extends; base !== undefined; base = tokens[base]?.extends) {
    if (base === name) return true;
    if (seen.has(base)) return false;
    seen.add(base);
  }
  return false;
}

/** A test is called by its name: in reports, and to run it alone. */
function uniqueNames({ spec }: Suite, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { name }] of (spec.tests ?? []).entries()) {
    if (seen.has(name))
      report({
        code: "suite/duplicate-name",
        path: ["spec", "tests", index, "name"],
        message: `another test is called \`${name}\``,
      });
    seen.add(name);
  }
}

/** `only` is for the time of writing: committed, it hides the other tests. */
function leftOut({ spec }: Suite, report: Report): void {
  for (const [index, { only }] of (spec.tests ?? []).entries())
    if (only)
      report({
        code: "suite/only",
        path: ["spec", "tests", index, "only"],
        message: "the tests without `only` are left out",
        key: true,
      });
}
