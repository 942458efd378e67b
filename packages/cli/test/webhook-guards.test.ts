import { nodeDisk, readerOf } from "@meshproof/testkit/files";
import { expect, test } from "vitest";
import { readGuardEntries } from "../src/webhook/guard-entries.ts";
import { readGuards } from "../src/webhook/guards.ts";

const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  tests:
  - { name: a, request: { from: sa/a/b, to: "ns/a,app=x:80", http: GET / }, expect: allow }
`;
const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  invariants:
  - { name: never, requests: { to: [{ operation: { paths: [/x] } }] }, expect: never-allowed }
`;

function access(files: Readonly<Record<string, string>>): Parameters<typeof readGuards>[1] {
  const io = {
    ...nodeDisk,
    read: (path: string) => Promise.resolve(files[path] ?? ""),
    list: (path: string) => {
      const below = Object.keys(files).filter(
        (name) => name === path || name.startsWith(`${path}/`),
      );
      return Promise.resolve(below.length > 0 ? below : undefined);
    },
  };
  return { io, reader: readerOf(io) };
}

const world = { features: {}, keys: {} };

test("every kind of guard is read, with its paths relative to the file", async () => {
  const text = `guards:
- { guard: valid, action: deny }
- { guard: suites, action: deny, suites: [suites], namespaces: [shop] }
- { guard: invariants, name: facts, action: warn, invariants: [inv.yaml] }
- { guard: no-new-access, action: audit, exempt: { groups: [admins] } }
- { guard: lint, action: warn, threshold: warning }
`;
  const files = {
    "conf/guards.yaml": text,
    "conf/suites/a.yaml": suite,
    "conf/inv.yaml": invariants,
  };
  const read = await readGuards(
    { guardsFile: "conf/guards.yaml", suites: [], world },
    access(files),
  );
  expect([read.findings, read.missing]).toEqual([[], []]);
  expect(read.guards.map(({ name, action }) => `${name} ${action}`)).toEqual([
    ...["valid deny", "suites deny", "facts warn", "no-new-access audit", "lint warn"],
  ]);
});

test("without a file there is the guard of what is valid; suites on the command line are another", async () => {
  const read = await readGuards({ suites: ["s"], world }, access({ "s/a.yaml": suite }));
  expect(read.guards.map(({ name }) => name)).toEqual(["valid", "suites"]);
});

test.each([
  ["suites: []", "suites"],
  ["suites: [none]", "none"],
])("a guard of suites without any is none: %s", async (paths, missing) => {
  const text = `guards: [{ guard: suites, action: deny, ${paths} }]`;
  const read = await readGuards(
    { guardsFile: "g.yaml", suites: [], world },
    access({ "g.yaml": text }),
  );
  expect([read.guards, read.missing.join()]).toEqual([[], expect.stringContaining(missing)]);
});

test.each([
  ["", "without any"],
  ["guards: []", "must be a list"],
  ["guards: [x]", "must be a mapping"],
  ["guards: [{ action: deny }]", "`guard` is missing"],
  ["guards: [{ guard: valid }]", "`action` is missing"],
  ["guards: [{ guard: valid, action: refuse }]", "one of deny, warn, audit"],
  ["guards: [{ guard: valid, action: deny, nam: x }]", "no field of a guard"],
  ["guards: [{ guard: valid, action: deny, name: Big }]", "lower case"],
  ["guards: [{ guard: valid, action: deny, exempt: { user: [a] } }]", "`users` and `groups`"],
  ["guards: [{ guard: valid, action: deny, namespaces: shop }]", "a list of texts"],
  ["guard: []\nguards: [{ guard: valid, action: deny }]", "unknown field `guard`"],
  ["guards: [", ""],
])("%j is refused", (text, message) => {
  const { entries, findings } = readGuardEntries("g.yaml", text);
  expect(entries).toEqual([]);
  expect(findings[0]?.message).toContain(message);
});
