import type { Check } from "../check.ts";
import { refusals } from "../refusals.ts";

/** Envoy refuses a listener that the webhook accepts. */
export const updateRefused: Check = {
  code: "config/update-refused",
  title: "Envoy refuses this value, and with it the whole listener",
  why: "The API server and istiod's webhook accept the policy. Proxies that run go on with the policies they had before, whatever is changed afterwards; new pods get no inbound listener at all.",
  find: (scene) => refusals(scene, "update-refused"),
};
