import { expect, test } from "vitest";
import { whatCan, whoCan } from "../src/analyse/access.ts";
import type { AnalyseOptions, Invariant, Requests } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { diffPlanes } from "../src/analyse/diff-planes.ts";
import { matrix } from "../src/analyse/matrix.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { type LintOptions, lintMesh } from "../src/lint/lint.ts";
import { worldOf } from "./analyse-world.ts";

const mesh = worldOf([{ action: "ALLOW", rules: [{}] }]);

test.each([
  [
    "a wrong field",
    { to: [{ operation: { path: ["/x"] } }] },
    "unknown key `path` in `requests.to[0].operation`: did you mean `paths`?",
  ],
  [
    "one of another part",
    { from: [{ source: { methods: ["GET"] } }] },
    "unknown key `methods` in `requests.from[0].source`: it may have principals, ",
  ],
  [
    "a wrong part",
    { fromm: [{ source: { namespaces: ["a"] } }] },
    "unknown key `fromm` in `requests`: did you mean `from`?",
  ],
  [
    "a part without its middle",
    { from: [{ namespaces: ["a"] }] },
    "unknown key `namespaces` in `requests.from[0]`: it may have source",
  ],
  [
    "a wrong key within",
    { not: { anyOf: [{ when: [{ key: "source.ip", value: ["10.0.0.1"] }] }] } },
    "unknown key `value` in `requests.not.anyOf[0].when[0]`: did you mean `values`?",
  ],
  [
    "a text for a list",
    { to: [{ operation: { paths: "/x" } }] },
    '`requests.to[0].operation.paths` is "/x": it must be a list',
  ],
  [
    "an empty list",
    { from: [{ source: { namespaces: [] } }] },
    "`requests.from[0].source.namespaces` is an empty list: leave it out",
  ],
  [
    "a number for a text",
    { to: [{ operation: { ports: [8080] } }] },
    "`requests.to[0].operation.ports` must be texts: 8080 is none",
  ],
  ["another protocol", { protocol: "HTTP" }, '`requests.protocol` is "HTTP": it may be http, tcp'],
])("%s is refused in requests, not passed over", (_, stated, message) => {
  const requests = stated as unknown as Requests;
  const invariant: Invariant = { name: "it", requests, expect: "never-allowed" };
  for (const ask of [whoCan, whatCan]) expect(() => ask(mesh, requests)).toThrow(message);
  expect(() => prove(mesh, [invariant])).toThrow(message);
  const exceptions: Invariant = { name: "it", expect: { "allowed-only-if": [requests] } };
  expect(() => prove(mesh, [exceptions])).toThrow(
    message.replaceAll("requests", "allowed-only-if[0]"),
  );
});

test.each([
  [
    "a wrong key",
    { request: {} },
    'unknown key `request` in the invariant "it": did you mean `requests`?',
  ],
  [
    "a wrong target",
    { target: { namepsace: "prod" } },
    'unknown key `namepsace` in `target` of the invariant "it": did you mean `namespace`?',
  ],
  [
    "another word",
    { expect: "never" },
    '`expect` of the invariant "it" is "never": it may be never-allowed, always-allowed',
  ],
  [
    "an unknown verb",
    { expect: { "only-if": [] } },
    'unknown key `only-if` in `expect` of the invariant "it"',
  ],
  ["two verbs", { expect: { "same-as": mesh, "no-wider-than": mesh } }, "must have one of"],
])("%s is refused in an invariant", (_, stated, message) => {
  const invariant = { name: "it", expect: "never-allowed", ...stated } as unknown as Invariant;
  expect(() => prove(mesh, [invariant])).toThrow(message);
});

test.each([
  [{ dataplane: "ambient" }, "unknown key `dataplane` in the options: did you mean `dataPlane`?"],
  [{ dataPlane: "Ambient" }, '`dataPlane` is "Ambient": it may be sidecar, '],
  [{ budget: { node: 1 } }, "unknown key `node` in `budget`: did you mean `nodes`?"],
])("options %j are refused everywhere", (stated, message) => {
  const options = stated as unknown as AnalyseOptions;
  for (const ask of [
    () => prove(mesh, [], options),
    () => whoCan(mesh, {}, options),
    () => whatCan(mesh, {}, options),
    () => matrix(mesh, options),
    () => diffMeshes(mesh, mesh, options),
    () => diffPlanes(mesh, ["sidecar", "ambient"], options),
    () => policyEffects(mesh, options),
  ])
    expect(ask).toThrow(message);
});

test.each([
  [{ onyl: [] }, "unknown key `onyl` in the options of the linter: did you mean `only`?"],
  [{ only: ["rule/never-match"] }, "unknown key `rule/never-match` in `only`: did you mean"],
  [
    { sets: ["ambient"] },
    'one of `sets` is "ambient": it may be workload-hygiene, ambient-migration',
  ],
])("the linter refuses %j", (stated, message) => {
  expect(() => lintMesh(mesh, stated as unknown as LintOptions)).toThrow(message);
});
