import { diagnose, type Finding, loadMesh, type Path } from "@meshproof/engine";
import type { Requests } from "@meshproof/engine/analyse";
import type { LintFinding } from "@meshproof/engine/lint";
import type { InvariantsDocument } from "@meshproof/testkit";

/** What the linter finds in a value whatever the mesh is, and what that means where requests are asked about. */
const asked = {
  "value/inner-star":
    "a star in the middle is a character of it, so requests are meant that have a star there",
  "value/block-as-text":
    "it is compared as text, so requests are meant that say it letter by letter",
  "value/method-case": "methods are compared letter by letter, and no client sends it so",
  "value/grpc-method": "a gRPC call is a POST to that path, so no request has this method",
  "value/unknown-method": "it is no method of HTTP, and hardly a request has it",
  "value/principal-scheme": "`spiffe://` is put before every principal, so no caller is meant",
  "value/path-query": "a path is compared without its query, so no request has this one",
  "value/path-relative": "every path begins with a slash, so no request has this one",
} as const satisfies Partial<Record<LintFinding["code"], string>>;

type Code = keyof typeof asked;
const codes = Object.keys(asked) as readonly Code[];

function isAsked(code: LintFinding["code"]): code is Code {
  return Object.hasOwn(asked, code);
}

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
  return lint(mesh, { only: codes }).flatMap(({ code, at, hint }) => {
    if (!isAsked(code)) return [];
    const path = at.path.slice(3); // behind spec, rules, 0
    const value = path.reduce<unknown>(
      (inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key],
      rule,
    );
    const message = `\`${String(value)}\` does not mean what it seems to: ${asked[code]}`;
    return [{ code, path, message, ...(hint === undefined ? {} : { hint }) }];
  });
}
