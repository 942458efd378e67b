import type { EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { meantBy } from "./addressed.ts";
import { mapping, text } from "./body.ts";
import { clientOf } from "./client.ts";
import { type Endpoint, endpointOf, type Nobody, workloadText } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Understood } from "./request.ts";
import { entryHost } from "./service-entry.ts";
import { type EntryService, hasEntries, type Named, ztunnelEntry } from "./ztunnel-entry.ts";

/**
 * The workload in the mesh that ztunnel picks behind a host of a ServiceEntry, as behind a Service. Undefined: the connection goes where its
 * name leads. Follows istio/ztunnel:src/state.rs find_upstream.
 */
export function ztunnelEndpoint(
  mesh: Mesh,
  { caller, target: addressed }: Pick<Understood, "caller" | "target">,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Endpoint | Nobody | undefined {
  const target = ofEntries(mesh, addressed);
  if (target === undefined || caller.kind === "unknown") return undefined;
  const client = clientOf(mesh, caller, options, inquiry);
  if (client.plane !== "ambient") return undefined;
  const service = ztunnelEntry(mesh, client, target, inquiry);
  if (service?.declared === false && !isPassthrough(service))
    return { subject: textOf(service), nobody: `the ServiceEntry has no port ${service.port}` };
  const found = service && entryHost(mesh, service.host, service.port, service.namespace);
  if (found === undefined || found.original) return undefined;
  const { members, key } = found;
  const subject = `se/${key.namespace}/${key.name}`;
  const candidates = members.map(({ workload }) => workloadText(workload));
  const [first] = candidates;
  if (first === undefined) return { subject, nobody: "no endpoints" };
  const picked =
    candidates.length === 1 ? first : inquiry.ask({ id: `destination:${subject}`, candidates });
  const member = members[candidates.indexOf(picked)];
  if (member === undefined) return undefined;
  const isOutside = member.workload.key.kind === "Outside";
  if (isOutside && target.kind === "host") return undefined;
  return endpointOf(mesh, member.workload, member.port, "service", service);
}

/** What may be a ServiceEntry's: no address that means something else before. */
function ofEntries(mesh: Mesh, target: Understood["target"]): Named | undefined {
  if ((target.kind !== "host" && target.kind !== "address") || !hasEntries(mesh)) return undefined;
  return target.kind === "address" && meantBy(mesh, target) !== undefined ? undefined : target;
}

/** Resolution NONE: whatever is not known of it goes where the client meant it to. */
function isPassthrough({ entry }: EntryService): boolean {
  return (text(mapping(entry.body, "spec"), "resolution") ?? "NONE") === "NONE";
}

function textOf({ entry: { key } }: EntryService): string {
  return `se/${key.namespace}/${key.name}`;
}
