import type { Place } from "../../model/place.ts";
import { analysisOf } from "../analysis.ts";
import type { Check } from "../check.ts";
import type { Scene } from "../scene.ts";
import { textAt } from "../text-at.ts";
import { type Value, valueAtPlace } from "../values.ts";

/** A value that no request has at that place. */
export const valueDead: Check = {
  code: "value/dead",
  title: "no request has this value",
  why: "Nothing that reaches the proxy has the value at this place: it can be left out without a change. Often it has a typing error.",
  find: (scene) =>
    analysisOf(scene)
      .values.filter(({ effects }) => effects.every((effect) => effect === "dead"))
      .filter(({ at }) => isKnown(scene, at))
      .map(({ at }) => ({
        at,
        message: `no request that reaches the proxy has \`${textAt(scene, at)}\` here`,
        ...meant(scene, at),
        evidence: {
          kind: "proof",
          because:
            "the set of values that can reach the proxy was worked out, and the pattern meets none",
        },
      })),
};

/** Who sets metadata nobody knows, nor which trust domains there are where no mesh config was loaded. */
function isKnown(scene: Scene, at: Place): boolean {
  const value = valueAtPlace(scene.mesh, at);
  if (value === undefined || value.attribute.kind === "metadata") return false;
  if (scene.mesh.configLoaded || value.attribute.kind !== "peer") return true;
  return !/trustDomain/.test(value.field) && !/^[^/]+\/ns\//.test(value.text);
}

/** What its author may have meant. */
function meant({ mesh }: Scene, at: Place): { readonly hint?: string } {
  const value = valueAtPlace(mesh, at);
  if (value?.attribute.kind === "path") return escaped(value);
  return value?.attribute.kind === "peer" ? meantPrincipal(value) : {};
}

/** A path has ASCII only, and the proxy leaves what is escaped as it is. */
function escaped({ text }: Value): { readonly hint?: string } {
  const hint = text.replace(/[\u0080-\ud7ff\ue000-\u{10ffff}]/gu, encodeURIComponent);
  return hint === text ? {} : { hint };
}

/** A principal is written whole: who leaves its trust domain out, or writes it as kubectl would, means that of the mesh. */
function meantPrincipal(value: Value): { readonly hint?: string } {
  if (!/^(not)?principals$|^source\.principal$/i.test(value.field)) return {};
  const [, namespace, name] =
    /^(?:ns\/)?([^/*]+)\/(?:sa\/)?([^/*]+)$/.exec(value.text.replace(/^\//, "")) ?? [];
  if (namespace !== undefined && name !== undefined)
    return { hint: `cluster.local/ns/${namespace}/sa/${name}` };
  return /\/ns\/.*\/sa\//.test(value.text)
    ? {}
    : { hint: "a principal is TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT" };
}
