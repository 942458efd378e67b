import type { AccessRequest } from "../../model/access-request.ts";
import type { Certificate, Connection } from "../../model/request.ts";
import type { Lane } from "../space/lanes.ts";
import { asksStrangers } from "../space/strangers.ts";

const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/** A certificate with one name, where such a name stands in one; or without any. */
export function certificateOf(name: string | undefined): Certificate {
  if (name === undefined) return { uris: [] };
  if (scheme.test(name)) return { uris: [name] };
  return name.includes("=") ? { uris: [], subject: name } : { uris: [], dns: [name] };
}

/** Who calls: as Istio names workloads, or with a certificate of another authority that has no such name. */
export function callerOf(
  peer: string | undefined,
  connection: Connection,
  lane: Lane | undefined,
): Pick<AccessRequest, "from" | "connection"> {
  const isNamed = peer?.startsWith("spiffe://") === true;
  if (isNamed || connection.certificate === undefined || !asksStrangers(lane?.chain?.tls))
    return { from: peer ?? "none" };
  return { from: "none", connection };
}
