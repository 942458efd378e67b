import { lowerAscii } from "../match/bytes.ts";
import type { Program } from "../model/program.ts";
import type { Certificate } from "../model/request.ts";
import type { Seen } from "../model/verdict.ts";
import type { Sight } from "./attributes.ts";
import { destinationSeen, proxiedClient } from "./proxy-header.ts";
import type { Visit } from "./visit.ts";

/** What the filters of a chain can see of a connection, before anything is known of a request. */
export function connectionSight(visit: Omit<Visit, "sight">): Sight {
  const { connection, questions } = visit;
  const sourceIp = (): readonly string[] => [connection.sourceIp ?? questions.sourceIp()];
  return {
    identities: () => identitiesOf(visit),
    sourceIp: connection.transport === "hbone" ? () => [] : sourceIp,
    remoteIp: () => {
      const client = proxiedClient(connection);
      return client === undefined ? sourceIp() : [client];
    },
    destinationIp: () => [destinationOf(visit) ?? questions.destinationIp()],
    destinationPort: () => portOf(visit) ?? questions.destinationPort(),
    sni: serverName(visit),
  };
}

/** The server name is only known where TLS was looked for, whichever chain asked for that: one for bytes beside one for TLS sees it, too (az:SNI-3). */
function serverName({ connection, handshake, looked }: Omit<Visit, "sight">): string {
  if (handshake.kind === "plaintext" || connection.transport === "hbone") return "";
  return looked ? lowerAscii(connection.sni ?? "") : "";
}

function destinationOf({ connection, program, proxied }: Omit<Visit, "sight">): string | undefined {
  const { ip } = destinationSeen(connection);
  if (proxied) return connection.proxyProtocol === undefined ? undefined : ip;
  const own = connection.service === undefined ? program.proxy.addresses[0] : undefined;
  return ip ?? own;
}

/** Undefined: a PROXY header states it, and nobody said what. */
function portOf({ connection, proxied }: Omit<Visit, "sight">): number | undefined {
  if (proxied && connection.proxyProtocol === undefined) return undefined;
  return destinationSeen(connection).port;
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
  const remoteIp = proxiedClient(connection) ?? sourceIp;
  const destinationIp = destinationOf(visit);
  const port = questions.answered("destination.port");
  return {
    identities: known ? sight.identities() : asked === undefined ? [] : [asked],
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(remoteIp === undefined ? {} : { remoteIp }),
    ...(destinationIp === undefined ? {} : { destinationIp }),
    destinationPort:
      portOf(visit) ?? (port === undefined ? connection.destinationPort : Number(port)),
    ...(sight.sni === "" ? {} : { sni: sight.sni }),
  };
}

/** The name under which callers know a port. */
export function ordinaryHost({ proxy }: Program, port: number): string {
  const known = proxy.ports.find((other) => other.port === port);
  return known?.service?.host ?? `${proxy.name}.${proxy.namespace}`;
}
