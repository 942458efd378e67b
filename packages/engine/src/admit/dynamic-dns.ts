import type { Release } from "../model/mesh.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { behaves } from "../release.ts";
import { isSet, type Part, part, parts, values } from "./read.ts";
import { routeFault } from "./route-words.ts";

/** What a ServiceEntry with resolution DYNAMIC_DNS may say. istio/istio:pkg/config/validation/validation.go, ValidateServiceEntry */
export function dynamicDnsFaults(object: Part, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const protocols = protocolsOf(release);
  return [
    ...values(spec, "hosts")
      .filter(({ text }) => !text.startsWith("*"))
      .map(({ path, text }) =>
        routeFault(path, `\`${text}\` without a \`*\``, "write `resolution: DNS` for one name"),
      ),
    ...["addresses", "endpoints"]
      .filter((name) => isSet(spec, name))
      .map((name) => routeFault([...spec.path, name], `\`${name}\` with DYNAMIC_DNS`, "remove it")),
    ...parts(spec, "ports")
      .filter(({ fields }) => !protocols.includes((textOf(fields["protocol"]) ?? "").toLowerCase()))
      .map(({ path }) =>
        routeFault(
          path,
          "a port that DYNAMIC_DNS does not support",
          `one of ${protocols.join(", ")}`,
        ),
      ),
    ...locationFaults(object, release),
  ];
}

function protocolsOf(release: Release): readonly string[] {
  if (behaves(release, "dynamic-dns-inside")) return ["http", "tls", "grpc", "http2"];
  return behaves(release, "dynamic-dns-tls") ? ["http", "tls"] : ["http"];
}

/** Inside the mesh only in newer releases, and not with a waypoint. */
function locationFaults(object: Part, release: Release): readonly Remark[] {
  const spec = part(object, "spec");
  const isExternal = (textOf(spec.fields["location"]) ?? "MESH_EXTERNAL") === "MESH_EXTERNAL";
  const waypoint = textOf(part(part(object, "metadata"), "labels").fields["istio.io/use-waypoint"]);
  const hasWaypoint = waypoint !== undefined && !["", "none"].includes(waypoint.toLowerCase());
  if (isExternal || (behaves(release, "dynamic-dns-inside") && !hasWaypoint)) return [];
  const why = hasWaypoint ? "with a waypoint" : `in Istio ${release.istio}`;
  const path = [...spec.path, "location"];
  return [
    routeFault(path, `\`DYNAMIC_DNS\` inside the mesh ${why}`, "write `location: MESH_EXTERNAL`"),
  ];
}
