import type { FilterChain } from "../../model/program.ts";

/** What Envoy says of two chains for the same connections. `envoy:source/common/listener_manager/filter_chain_manager_impl.cc` */
export const overlap = "multiple filter chains with overlapping matching rules are defined";

/** The first chain that is there for connections of another one, too: Envoy does not take a listener with both. */
export function overlapping(chains: readonly FilterChain[]): FilterChain | undefined {
  const known = new Set<string>();
  return chains.find(({ match }) =>
    matchKeys(match).some((key) => {
      const isKnown = known.has(key);
      known.add(key);
      return isKnown;
    }),
  );
}

/** What Envoy looks a chain up by: each name with each protocol. */
function matchKeys({
  port = 0,
  serverNames = ["*"],
  transport,
  alpn = [""],
}: FilterChain["match"]): readonly string[] {
  return serverNames.flatMap((name) =>
    alpn.map((each) => `${port} ${name} ${transport ?? ""} ${each}`),
  );
}
