import { chooseChain } from "../../envoy/filter-chain.ts";
import { listenerFor } from "../../envoy/serve.ts";
import { handshake } from "../../envoy/tls.ts";
import type { FilterChain, Listener, Program, Proxy } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { Protocol } from "../api.ts";
import type { Arrival } from "../space/arrivals.ts";
import { always } from "../space/formula.ts";
import { ordinary } from "../space/lanes.ts";
import type { Named } from "./follow.ts";

/** A connection that a proxy opened. */
export interface Opened {
  readonly connection: Connection;
  readonly named?: Named;
}

/** What a gateway makes of a connection of which everything is known that decides its chain; a text: why that is not followed. */
export function arrivalAt(
  program: Pick<Program, "listeners" | "proxy">,
  { connection, named }: Opened,
  protocol: Protocol,
): Arrival | string {
  const listener = listenerFor(program, connection);
  if (!listener) return closed;
  if (listener.proxyProtocol) return "a PROXY header that is expected there";
  if (named && hasNames(listener))
    return `a server name that ${named === "by host" ? "is the host which is asked for" : "the client gives"}`;
  const choice = chooseChain(listener, connection, protocol === "http" ? ordinary : undefined);
  if (choice.kind !== "chain" || !isShaken(choice.chain, connection)) return closed;
  const { chain } = choice;
  if (protocol === "http" && chain.kind === "tcp") return "HTTP that is sent on there as bytes";
  if (chain.kind !== protocol) return closed;
  const opaque = connection.transport !== "plaintext" && chain.tls === undefined;
  if (opaque && chain.kind === "http") return closed; // no codec reads that
  return { chain, here: always, hbone: false, proxied: false, opaque };
}

/** Whether the connection says which chain takes it: at a gateway, and at a sidecar where clients of the mesh would open another. */
export function isChainKnown(
  { kind }: Pick<Proxy, "kind">,
  { transport, alpn = [] }: Connection,
  protocol: Protocol,
): boolean {
  if (kind !== "sidecar") return kind === "gateway";
  const usual = protocol === "http" ? /^istio-h/ : /^istio/;
  return transport === "tls" || (transport === "mtls" && !alpn.some((each) => usual.test(each)));
}

const closed: Arrival = {
  chain: undefined,
  here: always,
  hbone: false,
  proxied: false,
  opaque: false,
};

function isShaken(chain: FilterChain, connection: Connection): boolean {
  return handshake(chain, connection).kind !== "failed";
}

/** Whether servers are told apart by name. */
function hasNames({ chains }: Listener): boolean {
  return chains.some(
    ({ match }) => match.serverNames !== undefined && !match.serverNames.includes("*"),
  );
}

/** A connection as the server knows it: who asks for no certificate sees none, as ztunnel does of all TLS but tunnels. */
export function seenThere(
  connection: Connection,
  { kind }: Pick<Proxy, "kind">,
  only?: Arrival,
): Connection {
  if (connection.transport !== "mtls") return connection;
  const isUnasked = only !== undefined && (only.chain?.tls?.clientCertificate ?? "none") === "none";
  if (kind !== "ztunnel" && !isUnasked) return connection;
  const { certificate: _, ...bare } = connection;
  return { ...bare, transport: "tls" };
}
