import type { Check } from "../check.ts";
import { portOf } from "../request-of.ts";
import { allows, witnessed } from "../witness.ts";

/** Plaintext is taken because someone says so. */
export const peerPermissive: Check = {
  code: "mtls/permissive",
  title: "plaintext is taken",
  why: "PERMISSIVE is meant for the time of a migration: whoever reaches the pod may speak plaintext, without any identity. STRICT takes mutual TLS only.",
  *find(scene) {
    for (const policy of scene.mesh.peerAuthentications) {
      if (policy.spec.mtls?.mode !== "PERMISSIVE") continue;
      const points = scene.boundTo(policy);
      yield {
        at: { resource: policy.key, path: ["spec", "mtls", "mode"] },
        message: "the mode PERMISSIVE takes plaintext, which shows no identity",
        hint: "STRICT, once every client has a proxy",
        evidence: () => {
          const [point] = points;
          if (point === undefined) return undefined;
          const http = { method: "GET", path: "/" };
          const plain = {
            from: "none",
            to: point.to(portOf(point), "http"),
            transport: "plaintext",
            http,
            token: "none",
          } as const;
          return (
            witnessed(scene.mesh, [{ request: plain, wants: allows }]) ?? {
              kind: "proof",
              because: "the listener has chains for plaintext",
            }
          );
        },
      };
    }
  },
};
