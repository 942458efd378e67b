import type { JourneyBranch, JourneyHop } from "./vector.ts";

/** What a recording tells and the comparison leaves out, each thing once. */
export function leftOut(
  branches: readonly JourneyBranch[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const hops = branches.flatMap((branch) => branch.hops ?? []);
  const some = (holds: (hop: JourneyHop) => boolean): boolean => hops.some(holds);
  const left: readonly (readonly [boolean, string])[] = [
    [
      some(({ view }) => view !== undefined),
      "headers between two proxies: those that arrive count",
    ],
    [some(({ flags }) => flags !== undefined), "response flags"],
    [some(({ failure }) => failure !== undefined), "text of a TLS failure"],
    [some(({ serverIdentity }) => serverIdentity !== undefined), "identity that the server shows"],
    [
      some(({ route }) => route?.weights !== undefined),
      "weights of a route: each of its branches counts",
    ],
    [some(isRefused), "route of a request that is refused before it is routed"],
    [branches.some(({ mirrored }) => mirrored !== undefined), "what a mirror receives"],
    [
      some(({ endpoint = "" }) => names.has(endpoint.replace(/:\d+$/, ""))),
      "address that DNS gave",
    ],
    [
      JSON.stringify(branches).includes("x-forwarded-client-cert"),
      "By= of x-forwarded-client-cert",
    ],
  ];
  return left.flatMap(([applies, what]) => (applies ? [what] : []));
}

function isRefused({ side, verdict, route }: JourneyHop): boolean {
  return side !== "inbound" && route !== undefined && ["deny", "jwt-fail"].includes(verdict);
}
