import { parseJwks } from "../../parse/jwks.ts";
import { nativeJson } from "../../parse/native-json.ts";
import type { Check } from "../check.ts";

/** An Ed25519 key without `alg` stops the search for other keys (an:T-111). */
export const jwtMixedKeys: Check = {
  code: "jwt/mixed-keys",
  title: "an Ed25519 key without `alg` beside other keys",
  why: "Envoy tries the keys that fit the token's `kid`. An Ed25519 key without `alg` and `kid` fits every token, and the first one whose signature has another length ends the search: tokens signed with the other keys are refused. Give each key its `alg`.",
  *find({ mesh }) {
    for (const policy of mesh.requestAuthentications)
      for (const [index, rule] of (policy.spec.jwtRules ?? []).entries()) {
        const text = rule?.jwks;
        if (text === undefined || !isMixed(text)) continue;
        yield {
          at: { resource: policy.key, path: ["spec", "jwtRules", index, "jwks"] },
          message:
            "an Ed25519 key without `alg` and `kid` stands before other keys: tokens signed with those are refused",
          evidence: {
            kind: "proof",
            because: "Envoy's verification ends at an Ed25519 key whose signature length differs",
          },
        };
      }
  },
};

function isMixed(text: string): boolean {
  if (parseJwks(text).unusable !== undefined) return false;
  const keys = keysOf(text);
  const at = keys.findIndex(
    ({ kty, alg, kid }) => kty === "OKP" && alg === undefined && kid === undefined,
  );
  return at >= 0 && keys.slice(at + 1).some(({ kty }) => kty !== "OKP");
}

interface Key {
  readonly kty?: unknown;
  readonly alg?: unknown;
  readonly kid?: unknown;
}

function keysOf(text: string): readonly Key[] {
  try {
    const parsed = nativeJson(text);
    if (typeof parsed !== "object" || parsed === null || !("keys" in parsed)) return [];
    return Array.isArray(parsed.keys)
      ? parsed.keys.filter((key) => typeof key === "object" && key !== null)
      : [];
  } catch {
    return [];
  }
}
