import type { Note } from "../../model/note.ts";
import type { FilterChain, HttpSettings, Listener } from "../../model/program.ts";
import { sidecarHttpSettings } from "./http-settings.ts";
import {
  detection,
  meshTls,
  portChains,
  type SidecarParts,
  type SidecarShared,
} from "./sidecar.ts";
import type { PeerReading } from "./sidecar-filters.ts";

/** Inside a tunnel filters read whom the tunnel is of, but those of CUSTOM policies, which look for a certificate that is not there. */
export const tunnelReading: PeerReading = { peer: "tunnel", customPeer: "none" };

/**
 * The listeners of a sidecar that takes HBONE: the one that ends the tunnel, and the one inside it, with the chains that ports have
 * where mutual TLS is off, whatever their modes are. Filters see whom the tunnel is of.
 * Follows istio/istio:pilot/pkg/networking/core/listener_inbound.go buildInboundHBONEListeners.
 */
export function tunnelListeners(parts: SidecarParts): {
  readonly listeners: readonly Listener[];
  readonly notes: readonly Note[];
} {
  const { mesh, proxy, filters, modes } = parts;
  const tls = meshTls(mesh);
  const http: HttpSettings = { ...sidecarHttpSettings(mesh, proxy), clientCertHeader: "sanitize" };
  const open: SidecarShared = {
    ...parts,
    http,
    tls,
    modes: { ...modes, mode: "DISABLE", ports: new Map() },
  };
  const chains = portChains(open).map((chain): FilterChain => {
    const { port, alpn } = chain.match;
    return {
      ...chain,
      tls,
      match: {
        transport: "hbone",
        ...(port === undefined ? {} : { port }),
        ...(alpn === undefined ? {} : { alpn }),
        ...(proxy.addresses.length === 0 ? {} : { addresses: proxy.addresses }),
      },
    };
  });
  const terminate: FilterChain = {
    name: "default",
    match: { transport: "hbone" },
    tls,
    kind: "tcp",
    filters: [],
  };
  const internal: Listener = {
    name: "main_internal",
    ...detection(mesh),
    chains,
    ...(filters.refused ? { refused: filters.refused } : {}),
  };
  const tcp = new Set(chains.filter(({ kind }) => kind === "tcp").map(({ name }) => name));
  return {
    listeners: [{ name: "connect_terminate", port: 15008, chains: [terminate] }, internal],
    notes: filters.tcpNotes.map((note) => ({ ...note, chains: [...tcp] })),
  };
}
