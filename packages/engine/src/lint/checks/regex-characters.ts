import type { Mesh, Release } from "../../model/mesh.ts";
import { behaves, resolveRelease } from "../../release.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { requestOf } from "../request-of.ts";
import { type Sample, sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { type Value, valuesOn } from "../values.ts";
import { witnessed } from "../witness.ts";

/** Values that were regular expressions before the escaping fix (az:STR-5). */
export const regexCharacters: Check = {
  code: "version/regex-characters",
  title: "a value means something else before or after an upgrade",
  why: "Before 1.27.9, 1.28.6, 1.29.2 and 1.30.0 istiod put service accounts, and before 1.28.7, 1.29.3 and 1.30.0 namespaces and principals that begin with a star, into regular expressions as they stood: a dot matched any character, and an unbalanced bracket made Envoy refuse the listener. Later releases take them literally.",
  *find(scene) {
    const { mesh } = scene;
    const other = otherRelease(mesh.release);
    if (other === undefined) return;
    const isOld = !isLiteral(mesh.release);
    for (const value of valuesOn(mesh, "peer")) {
      const bare = value.text.replace(/^\*|\*$/g, "");
      if (!/[.+?()[\]{}^$|\\]/.test(bare.replaceAll("*", "")) || !isExpression(value)) continue;
      const { istio } = mesh.release;
      yield {
        at: value.at,
        message: isOld
          ? `Istio ${istio} takes \`${value.text}\` for a regular expression, and ${other.istio} does not: it matches more than it says`
          : `Istio ${istio} takes \`${value.text}\` literally, and ${other.istio} took it for a regular expression: it meant more before`,
        ...(isOld ? {} : { severity: "info" }),
        evidence: () => differs(scene, value, other),
      };
    }
  },
};

function isExpression({ field, text }: Value): boolean {
  if (field === "principals" || field === "source.principal") return text.startsWith("*");
  return ["namespaces", "source.namespace", "serviceAccounts", "source.serviceAccount"].includes(
    field,
  );
}

function isLiteral(release: Release): boolean {
  return behaves(release, "literal-namespaces") && behaves(release, "literal-service-accounts");
}

/** The newest release that reads them the other way. */
function otherRelease(release: Release): Release | undefined {
  const found = resolveRelease(isLiteral(release) ? "1.29.1" : "1.31");
  return "unknown" in found ? undefined : found;
}

function differs({ mesh, boundTo }: Scene, value: Value, other: Release): Evidence | undefined {
  const elsewhere: Mesh = { ...mesh, release: other };
  const rule = httpRules(mesh, value.policy).find(({ index }) => index === value.rule);
  const sample = rule && sampleOf(mesh, rule);
  if (sample?.from === undefined) return undefined;
  for (const point of boundTo(value.policy).slice(0, 2))
    for (const from of spellings(sample.from, value.text)) {
      const request = requestOf(mesh, point, { ...sample, from } satisfies Sample);
      if (request === undefined) continue;
      const seen: string[] = [];
      const found = witnessed(mesh, [
        {
          request,
          wants: ({ decision }) => seen.push(decision) > 0,
          without: `Istio ${mesh.release.istio}`,
        },
        {
          request,
          wants: ({ decision }) => decision !== seen[0] && decision !== "undetermined",
          mesh: elsewhere,
          without: `Istio ${other.istio}`,
        },
      ]);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** The same identity with another character where a dot is. */
function spellings(identity: string, text: string): readonly string[] {
  const bare = text.replace(/^\*|\*$/g, "");
  const at = identity.lastIndexOf(bare);
  const dot = bare.indexOf(".");
  if (at < 0 || dot < 0) return [identity];
  const changed = `${identity.slice(0, at + dot)}x${identity.slice(at + dot + 1)}`;
  return [changed, identity];
}
