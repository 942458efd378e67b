import { trustDomain } from "../kubernetes/identity.ts";
import type { Mesh } from "../model/mesh.ts";
import type { PathNormalization } from "../model/mesh-config.ts";
import type { ExplainedCondition, NewSetting } from "./explanation.ts";
import type { Around } from "./proposals.ts";
import { type Turning, turns } from "./verify.ts";
import { identityParts } from "./written.ts";

/** What the mesh config, or the world around it, would have to say so that some conditions decide otherwise. */
export function settingsFor(
  failing: readonly ExplainedCondition[],
  turning: Turning,
): readonly NewSetting[] {
  return failing.flatMap((condition) => {
    const { kind } = condition.clause.attribute;
    if (kind === "path") return normalization(turning);
    return kind === "peer" ? aliases(condition, turning) : [];
  });
}

/** Stronger than the default, in their order. */
const stronger: readonly PathNormalization[] = ["MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"];

function normalization(turning: Turning): readonly NewSetting[] {
  const name = "pathNormalization.normalization";
  return stronger
    .flatMap((mode) => {
      const mesh = configured(turning.mesh, { pathNormalization: { normalization: mode } });
      return setting(`${name} of the mesh config`, mode, mesh, turning);
    })
    .slice(0, 1);
}

function aliases({ actual }: ExplainedCondition, turning: Turning): readonly NewSetting[] {
  const { mesh } = turning;
  const [seen] = actual.flatMap((text) => identityParts(text) ?? []);
  if (seen === undefined || seen.domain === trustDomain(mesh.config)) return [];
  const trustDomainAliases = [...(mesh.config.trustDomainAliases ?? []), seen.domain];
  const changed = configured(mesh, { trustDomainAliases });
  return setting("trustDomainAliases of the mesh config", seen.domain, changed, turning);
}

function configured(mesh: Mesh, config: Partial<Mesh["config"]>): Mesh {
  return { ...mesh, config: { ...mesh.config, ...config } };
}

/** A setting of the mesh, if it turns the decision. */
export function setting(
  name: string,
  value: string,
  mesh: Mesh,
  turning: Turning,
): readonly NewSetting[] {
  const verdict = turns(turning, { mesh });
  return verdict === undefined ? [] : [{ kind: "setting", name, value, changes: [], verdict }];
}

/** Keys that can be had, where they could not. */
export function reachableKeys({ providers }: Around, turning: Turning): readonly NewSetting[] {
  return providers.flatMap(({ issuer }) => {
    const { keys = {}, facts = {} } = turning.options;
    if (keys[issuer] !== "unavailable" && facts[`keys:${issuer}`] !== "unavailable") return [];
    const options = {
      ...turning.options,
      keys: { ...keys, [issuer]: "trusted" },
      facts: Object.fromEntries(Object.entries(facts).filter(([id]) => id !== `keys:${issuer}`)),
    };
    const verdict = turns({ ...turning, options }, {});
    if (verdict === undefined) return [];
    return [
      { kind: "setting", name: `the keys of ${issuer}`, value: "reachable", changes: [], verdict },
    ];
  });
}
