import type { Check } from "../check.ts";

/** What an EnvoyFilter does is not looked at. */
export const envoyFilter: Check = {
  code: "config/envoy-filter",
  title: "an EnvoyFilter or WasmPlugin may change every answer",
  why: "What it does to listeners, filters and requests is not looked at: findings and verdicts hold without it.",
  *find({ mesh }) {
    for (const { key } of mesh.inventory.others) {
      if (key.kind !== "EnvoyFilter" && key.kind !== "WasmPlugin") continue;
      yield {
        at: { resource: key, path: ["kind"] },
        message: `what this ${key.kind} does is not looked at`,
        evidence: { kind: "proof", because: "its configuration is Envoy's own" },
      };
    }
  },
};
