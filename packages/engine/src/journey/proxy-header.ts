import type { Nowhere } from "./endpoint.ts";
import type { Understood } from "./request.ts";

/** Why a way that does not begin at a gateway has no answer: of all proxies only gateways are told to read a PROXY header (gatewayTopology). */
export function unreadHeader({ stated }: Understood): Nowhere | undefined {
  if (stated.source?.proxyProtocol === undefined) return undefined;
  return { subject: "from", missing: "nothing but a gateway expects a PROXY header" };
}
