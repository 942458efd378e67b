import { modeOfPort, peerModes } from "../istiod/peer-authentication.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { Hop } from "../model/verdict.ts";
import type { ChainReason, PortMode } from "./explanation.ts";
import { chainOf } from "./layers.ts";

/** Why the connection of a hop met its chain, or none: the port as it is declared, and the mTLS mode of a sidecar there. */
export function chainReason(mesh: Mesh, hop: Hop): ChainReason | undefined {
  const chain = chainOf(hop);
  const { told, point } = hop;
  if (told === undefined) return undefined;
  const { proxy } = told.program;
  const { destinationPort } = told.connection;
  const port = proxy.ports.find((each) => each.port === destinationPort);
  return {
    ...(chain === undefined ? {} : { chain }),
    ...(port === undefined ? {} : { port }),
    ...(point === "sidecar" ? { mode: portMode(mesh, proxy, destinationPort) } : {}),
  };
}

/** The mTLS mode of a sidecar's port, and where the PeerAuthentication says it that decides. */
export function portMode(mesh: Mesh, proxy: Proxy, port: number): PortMode {
  const modes = peerModes(mesh, proxy);
  const mode = modeOfPort(modes, port);
  const narrow = modes.policies.at(-1);
  const own = narrow?.spec.portLevelMtls?.[String(port)]?.mode ?? "UNSET";
  if (narrow !== undefined && modes.ports.has(port) && own !== "UNSET")
    return {
      mode,
      by: { resource: narrow.key, path: ["spec", "portLevelMtls", String(port), "mode"] },
    };
  const deciding = modes.policies.findLast(({ spec }) => (spec.mtls?.mode ?? "UNSET") !== "UNSET");
  if (deciding === undefined) return { mode };
  return { mode, by: { resource: deciding.key, path: ["spec", "mtls", "mode"] } };
}
