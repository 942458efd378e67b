import type { ResourceKey } from "../model/place.ts";
import type { Client } from "./client.ts";
import type { RuleClient } from "./destination-rule.ts";
import type { Inquiry } from "./inquiry.ts";

/** A client as the choice of a DestinationRule sees it: where its labels are not known, whether a rule selects it is asked. */
export function ruleClient({ namespace, labels, plane }: Client, inquiry: Inquiry): RuleClient {
  if (plane === "waypoint") return { namespace: namespace ?? "", appliesTo: () => false }; // no rule selects one
  return {
    namespace: namespace ?? "",
    ...(labels === undefined ? {} : { labels }),
    appliesTo: (rule) => selectsClient(rule, inquiry),
  };
}

function selectsClient({ namespace, name }: ResourceKey, { ask }: Inquiry): boolean {
  const id = `destination-rule:${namespace}/${name}`;
  const candidates = ["does not select the client", "selects the client"];
  return ask({ id, candidates }) === candidates[1];
}
