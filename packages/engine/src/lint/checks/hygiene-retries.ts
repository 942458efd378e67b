import type { Check } from "../check.ts";
import { routesWithout } from "../routes-without.ts";

/** Of the hygiene of routes, not of access. */
export const hygieneRetries: Check = {
  code: "hygiene/retries",
  title: "a route does not say how often it is tried again",
  why: "Istio tries twice by default. Say it where it matters: what must not happen twice is not to be tried again, and what may fail briefly needs a time for each try.",
  set: "workload-hygiene",
  find: ({ mesh }) =>
    routesWithout(mesh, "retries").map((at) => ({
      at,
      message: "this route has no `retries`",
      hint: "retries: { attempts: 3, perTryTimeout: 2s }",
      evidence: { kind: "proof", because: "the route does not have the field" },
    })),
};
