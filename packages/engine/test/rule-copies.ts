import type { Reading } from "../src/analyse/space/reading.ts";
import type { Clause, Rule } from "../src/model/rule.ts";

/** As a sidecar reads requests of HTTP. */
export const reading: Reading = {
  peer: "certificate",
  peers: true,
  serverNames: true,
  http: true,
  claims: true,
  queries: false,
  sources: true,
  remote: "remote.ip",
  rewrites: [],
};

/** A rule with another clause at one place: of a group, an alternative in it, a clause of that. */
export function replaced(
  rule: Rule,
  [g, a, c]: readonly [number, number, number],
  clause: Clause,
): Rule {
  const groups = rule.groups.map((group, at) => {
    if (at !== g) return group;
    const any = group.any.map((alternative, index) =>
      index === a ? { ...alternative, all: alternative.all.with(c, clause) } : alternative,
    );
    return { ...group, any };
  });
  return { ...rule, groups };
}
