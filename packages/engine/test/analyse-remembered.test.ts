import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const deny = (path: string): Stated => ({
  action: "DENY",
  rules: [{ to: [{ operation: { paths: [path] } }] }],
});
const never = (path: string): Parameters<typeof prove>[1] => [
  {
    name: "it",
    requests: { protocol: "http", to: [{ operation: { paths: [path] } }] },
    expect: "never-allowed",
  },
];

test("what was proved of one program, setting or invariant is not taken for proved of another", () => {
  const proved = (policy: Stated, path: string, world = {}): readonly string[] =>
    prove(worldOf([policy], world), never(path)).map(({ result }) => result);
  expect(proved(deny("/admin"), "/admin")).toEqual(["holds"]);
  expect(proved(deny("/admin"), "/admin")).toEqual(["holds"]);
  expect(proved(deny("/admin"), "/other")).toEqual(["violated"]);
  expect(proved(deny("/other"), "/admin")).toEqual(["violated"]);
  expect(proved({ ...deny("/admin"), action: "ALLOW" }, "/admin")).toEqual(["violated"]);
  expect(proved(deny("/admin"), "/admin", { mtls: "DISABLE" })).toEqual(["holds"]);
});
