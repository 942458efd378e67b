import { lowerAscii } from "../match/bytes.ts";
import type { Program } from "../model/program.ts";
import type { Certificate } from "../model/request.ts";
import type { Seen } from "../model/verdict.ts";
import type { Sight } from "./attributes.ts";
import type { Visit } from "./visit.ts";

/** What the filters of a chain can see of a connection, before anything is known of a request. */
export function connectionSight(visit: Omit<Visit, "sight">): Sight {
  const { connection, questions } = visit;
  const sourceIp = (): readonly string[] => [connection.sourceIp ?? questions.sourceIp()];
  return {
    identities: () => identitiesOf(visit),
    sourceIp: connection.transport === "hbone" ? () => [] : sourceIp,
    remoteIp: () => (connection.proxyProtocol ? [connection.proxyProtocol] : sourceIp()),
    destinationIp: () => [destinationOf(visit) ?? questions.destinationIp()],
    destinationPort: connection.destinationPort,
    sni: serverName(visit),
  };
}

/** The server name is only known where TLS was looked for, whichever chain asked for that: one for bytes beside one for TLS sees it, too (az:SNI-3). */
function serverName({ connection, handshake, looked }: Omit<Visit, "sight">): string {
  if (handshake.kind === "plaintext" || connection.transport === "hbone") return "";
  return looked ? lowerAscii(connection.sni ?? "") : "";
}

function destinationOf({ connection, program }: Omit<Visit, "sight">): string | undefined {
  const own = connection.service === undefined ? program.proxy.addresses[0] : undefined;
  return connection.destinationIp ?? own;
}

/** URI names, DNS names, subject: RBAC tries each (az:ID-1). A tunnel hands on the URI names only (az:ID-3). */
function identitiesOf({
  connection,
  handshake,
  questions,
}: Omit<Visit, "sight">): readonly string[] {
  if (handshake.kind !== "established" || !handshake.certificate) return [];
  if (handshake.certificate === "unknown") return [questions.identity()];
  const { certificate } = handshake;
  return connection.transport === "hbone" ? certificate.uris : namesOf(certificate);
}

function namesOf({ uris, dns = [], subject }: Certificate): readonly string[] {
  return [...uris, ...dns, ...(subject ? [subject] : [])];
}

/** What is known for certain of what a visit saw; nothing is asked for it. */
export function seenBy(visit: Visit): Seen {
  const { connection, handshake, questions, sight } = visit;
  const known = handshake.kind === "established" && handshake.certificate !== "unknown";
  const asked = questions.answered("source.principal");
  const sourceIp = connection.sourceIp ?? questions.answered("source.ip");
  const remoteIp = connection.proxyProtocol ?? sourceIp;
  const destinationIp = destinationOf(visit);
  return {
    identities: known ? sight.identities() : asked === undefined ? [] : [asked],
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(remoteIp === undefined ? {} : { remoteIp }),
    ...(destinationIp === undefined ? {} : { destinationIp }),
    destinationPort: connection.destinationPort,
    ...(sight.sni === "" ? {} : { sni: sight.sni }),
  };
}

/** The name under which callers know a port. */
export function ordinaryHost({ proxy }: Program, port: number): string {
  const known = proxy.ports.find((other) => other.port === port);
  return known?.service?.host ?? `${proxy.name}.${proxy.namespace}`;
}
