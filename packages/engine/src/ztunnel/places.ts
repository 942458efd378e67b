import type { Path } from "../model/place.ts";
import type { Rule } from "../model/rule.ts";
import type { RuleRef } from "../model/verdict.ts";

/** The rule as a verdict refers to it: where it was written, also when istiod made it from a PeerAuthentication. */
export function ruleRef(rule: Rule): RuleRef {
  const { policy, index } = rule;
  return { policy, rule: index, at: { resource: policy, path: ["spec", ...pathOf(rule)] } };
}

function pathOf(rule: Rule): Path {
  const { policy, index, name } = rule;
  if (policy.kind !== "PeerAuthentication") return index < 0 ? [] : ["rules", index];
  if (name.includes("/istio_converted_static_strict[")) return ["mtls", "mode"];
  const port = strictPort(rule);
  return port === undefined ? ["portLevelMtls"] : ["portLevelMtls", String(port)];
}

/** The port of a rule that makes just one port STRICT. */
function strictPort({ groups }: Rule): number | undefined {
  const [matcher] = groups
    .flatMap(({ any }) => any.flatMap(({ all }) => all))
    .flatMap((clause) => clause.any ?? []);
  return matcher?.kind === "port" ? matcher.port : undefined;
}
