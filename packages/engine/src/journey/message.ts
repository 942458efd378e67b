import { bracketed } from "../match/address.ts";
import type { HttpRequest } from "../model/request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Message } from "./http.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Understood } from "./request.ts";

type Protocol = "http" | "tcp" | "auto";

/** What a client sends: the port's protocol as far as anybody knows, and a request unless it is bytes. */
export interface Sent {
  readonly protocol: Protocol; // at the workload
  readonly outbound: Protocol; // at the client: of the Service that it addresses
  readonly http?: HttpRequest; // absent: bytes
}

/**
 * The request that reaches an endpoint's port. What was not stated is left open, or assumed where that is allowed; of a raw request
 * nothing is.
 */
export function send(
  endpoint: Endpoint,
  { message, bytes, stated }: Pick<Understood, "message" | "bytes" | "stated">,
  inquiry: Inquiry,
): Sent {
  const { service } = endpoint;
  const known = endpoint.protocol ?? (isPassedThrough(endpoint) ? "auto" : undefined);
  const protocol = known ?? unknownProtocol(endpoint, message, inquiry);
  const outbound = service?.protocol ?? protocol;
  if (bytes || (message === undefined && !speaksHttp(endpoint, outbound, inquiry)))
    return { protocol, outbound };
  return { protocol, outbound, http: stated.raw ?? request(endpoint, message, inquiry) };
}

/** A port that a loaded Service leads clients to, and that none declares at the pod: sniffed. */
function isPassedThrough({ service }: Endpoint): boolean {
  return service?.object !== undefined;
}

function unknownProtocol(
  { subject, port }: Endpoint,
  message: Message | undefined,
  { ask, assume }: Inquiry,
): Protocol {
  const of = subject.includes(":") ? subject : `${subject}:${port}`;
  const answer =
    message === undefined
      ? ask({ id: `protocol:${of}`, candidates: ["tcp", "http"] })
      : assume("protocol", of, ["http", "auto", "tcp"]);
  return answer === "http" || answer === "auto" ? answer : "tcp";
}

/** Without `http` in the request: an HTTP port is spoken to in HTTP, a TCP port in bytes, and on an undeclared one either may be. */
function speaksHttp({ subject, port }: Endpoint, protocol: Protocol, { ask }: Inquiry): boolean {
  if (protocol !== "auto") return protocol === "http";
  const candidates = ["http", "bytes"];
  return ask({ id: `application-protocol:${subject}:${port}`, candidates }) === "http";
}

function request(endpoint: Endpoint, message: Message | undefined, inquiry: Inquiry): HttpRequest {
  const host = message?.host ?? defaultHost(endpoint, inquiry);
  return {
    version: message?.version ?? version(inquiry),
    ...(message?.method === undefined ? {} : { method: message.method }),
    ...(message?.target === undefined ? {} : { target: message.target }),
    ...(host === undefined ? {} : { host }),
    headers: message?.headers ?? [],
    ...(message === undefined ? { otherHeaders: "unknown" as const } : {}),
    ...(message?.body === undefined ? {} : { body: message.body }),
  };
}

function version({ assume }: Inquiry): HttpRequest["version"] {
  return assume("http.version", "", ["1.1", "2"]) === "2" ? "2" : "1.1";
}

/** The Service's full name; a pod is called by its address; of a described workload nobody knows. */
function defaultHost(
  { service, by, port, workload }: Endpoint,
  { assume }: Inquiry,
): string | undefined {
  if (service !== undefined)
    return assume("host", "", [service.host, `${service.host}:${service.port}`]);
  if (workload.key.kind === "Outside") return assume("host", "", namesOf(workload.key.name, port));
  const [address, ...more] = workload.addresses;
  if (by !== "address" || address === undefined || more.length > 0) return undefined;
  const text = bracketed(address);
  return assume("host", "", [`${text}:${port}`, text]);
}

/** Clients leave the port of the scheme out. */
function namesOf(name: string, port: number): readonly [string, string] {
  const long = `${name}:${port}`;
  return port === 80 || port === 443 ? [name, long] : [long, name];
}
