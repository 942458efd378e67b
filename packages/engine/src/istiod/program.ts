import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";
import { boundAuthorizationPolicies, boundRequestAuthentications } from "./attach.ts";
import { lazily } from "./lazily.ts";
import { gatewayProgram } from "./listener/gateway-program.ts";
import { proxylessProgram } from "./listener/proxyless.ts";
import { detection, meshTls, type SidecarParts, sidecarListener } from "./listener/sidecar.ts";
import { chainFilters } from "./listener/sidecar-filters.ts";
import { tunnelListeners, tunnelReading } from "./listener/sidecar-tunnel.ts";
import { isLayered, waypointListeners } from "./listener/waypoint.ts";
import { peerModes } from "./peer-authentication.ts";

/**
 * What istiod tells one proxy. For a kind of proxy that is not worked out yet the program has no listeners and says so
 * (`unsupported`); what ztunnel is told is another function's.
 */
export function programFor(mesh: Mesh, proxy: Proxy): Program {
  if (proxy.kind === "gateway") return gatewayProgram(mesh, proxy);
  if (proxy.kind === "waypoint" && !isLayered(mesh)) {
    const parts = { mesh, proxy, tls: meshTls(mesh), ...detection(mesh) };
    return { proxy, ...waypointListeners(parts) };
  }
  if (proxy.kind === "proxyless") return proxylessProgram(mesh, proxy);
  if (proxy.kind !== "sidecar") return { proxy, listeners: [], notes: [], unsupported: true };
  const authorization = boundAuthorizationPolicies(mesh, proxy);
  const authentication = boundRequestAuthentications(mesh, proxy);
  const modes = peerModes(mesh, proxy);
  const bound = { authorization: authorization.bound, authentication: authentication.bound };
  const filters = chainFilters(mesh, bound, proxy.tunnel ? tunnelReading : { peer: "certificate" });
  const parts = { mesh, proxy, modes, filters };
  const { listeners, notes } = proxy.tunnel ? tunnelListeners(parts) : virtualListener(parts);
  const all = lazily(() => [
    ...authorization.notes,
    ...authentication.notes,
    ...modes.notes,
    ...filters.notes,
    ...notes,
  ]);
  return {
    proxy,
    listeners,
    get notes() {
      return all();
    },
  };
}

/** The one listener of what is redirected to a sidecar. */
function virtualListener(parts: SidecarParts): Pick<Program, "listeners" | "notes"> {
  const { listener, notes } = sidecarListener(parts);
  return { listeners: [listener], notes };
}
