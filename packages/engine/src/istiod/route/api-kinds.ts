import type { Mesh } from "../../model/mesh.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";

/** The kinds of routes of the Gateway API that istiod reads: before a release some by feature only. */
export function readKinds(mesh: Mesh): readonly string[] {
  const { release } = mesh;
  const alpha = flagOf(mesh, "PILOT_ENABLE_ALPHA_GATEWAY_API") === true;
  return [
    ...["HTTPRoute", "GRPCRoute"],
    ...(alpha || behaves(release, "tls-routes") ? ["TLSRoute"] : []),
    ...(alpha || behaves(release, "tcp-routes") ? ["TCPRoute"] : []),
  ];
}
