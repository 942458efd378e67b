import type { Mesh } from "../../model/mesh.ts";
import type { Program, Proxy } from "../../model/program.ts";
import { boundAuthorizationPolicies, boundRequestAuthentications } from "../attach.ts";
import { gatewayListeners } from "./gateway.ts";
import { chainFilters } from "./sidecar-filters.ts";

/** What istiod tells a gateway. PeerAuthentications say nothing about it: its servers say what they take (an:PA-59). */
export function gatewayProgram(mesh: Mesh, proxy: Proxy): Program {
  const authorization = boundAuthorizationPolicies(mesh, proxy);
  const authentication = boundRequestAuthentications(mesh, proxy);
  const bound = { authorization: authorization.bound, authentication: authentication.bound };
  const filters = chainFilters(mesh, bound, { peer: "certificate" });
  const { listeners, notes } = gatewayListeners({ mesh, proxy, filters });
  return {
    proxy,
    listeners,
    notes: [...authorization.notes, ...authentication.notes, ...filters.notes, ...notes],
  };
}
