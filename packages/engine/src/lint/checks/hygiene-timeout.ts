import type { Check } from "../check.ts";
import { routesWithout } from "../routes-without.ts";

/** Of the hygiene of routes, not of access. */
export const hygieneTimeout: Check = {
  code: "hygiene/timeout",
  title: "a route has no timeout",
  why: "Without a timeout a request waits as long as the server likes, and so do those that wait for it.",
  set: "workload-hygiene",
  find: ({ mesh }) =>
    routesWithout(mesh, "timeout").map((at) => ({
      at,
      message: "this route has no `timeout`",
      hint: "timeout: 10s",
      evidence: { kind: "proof", because: "the route does not have the field" },
    })),
};
