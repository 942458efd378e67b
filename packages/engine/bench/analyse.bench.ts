import { bench, describe } from "vitest";
import { whoCan } from "../src/analyse/access.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { policyEffects } from "../src/analyse/rule-effects.ts";
import { manyRules, withOneChange } from "./analyse-policies.ts";

const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };
const once = { iterations: 1, time: 0, warmupIterations: 1, warmupTime: 0 };

describe.each([100, 1000, 3000])("%d rules on one workload", (count) => {
  const mesh = manyRules(count);
  const after = withOneChange(mesh);

  bench(
    "what every rule does",
    () => {
      policyEffects(mesh, { ...here, values: false });
    },
    once,
  );

  bench(
    "a diff, one rule changed",
    () => {
      diffMeshes(mesh, after, here);
    },
    once,
  );

  bench(
    "a proof that nobody without an identity gets somewhere",
    () => {
      const requests = {
        protocol: "http",
        from: [{ source: { notPrincipals: ["*"], notRequestPrincipals: ["*"] } }],
        to: [{ operation: { paths: ["/api/v1/res-0/*"] } }],
      } as const;
      const target = { namespace: "prod" };
      prove(mesh, [{ name: "x", target, requests, expect: "never-allowed" }], here);
    },
    once,
  );

  bench(
    "who can get something",
    () => {
      const to = [{ operation: { paths: ["/api/v1/res-0/list"], methods: ["GET"] } }];
      whoCan(mesh, { protocol: "http", to }, here);
    },
    once,
  );
});
