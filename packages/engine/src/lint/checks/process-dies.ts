import type { Check } from "../check.ts";
import { refusals } from "../refusals.ts";

/** Envoy dies of a policy that the webhook accepts (az:TPL-6). */
export const processDies: Check = {
  code: "config/process-dies",
  title: "Envoy dies of this value",
  why: "The API server and istiod's webhook accept the policy, and the Envoy process of every proxy that it selects ends, running or new. In the root namespace that is the whole mesh. A path template begins with one slash, has no empty segment, and nothing after `{**}`.",
  find: (scene) => refusals(scene, "process-dies"),
};
