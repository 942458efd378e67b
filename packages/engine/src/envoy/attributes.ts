import { joinPrincipal } from "../match/principal.ts";
import type { HttpSettings, PeerSource } from "../model/program.ts";
import type { Attribute } from "../model/rule.ts";
import type { Payload, ProxyRequest } from "./proxy-request.ts";
import type { Read } from "./rbac.ts";

/** What the filters of one connection can look at. Functions: only worked out, or asked, when somebody looks. */
export interface Sight {
  readonly identities: () => readonly string[]; // URI names, DNS names, subject: each is tried
  readonly sourceIp: () => readonly string[];
  readonly remoteIp: () => readonly string[];
  readonly destinationIp: () => readonly string[];
  readonly destinationPort: () => number;
  readonly sni: string;
  readonly http?: HttpSight; // absent: bytes
}

export interface HttpSight {
  readonly request: ProxyRequest;
  readonly payload?: Payload;
  readonly headerLines: HttpSettings["headerLines"];
  readonly unknown: UnknownParts;
}

/** Parts of the request that nobody stated: asked when they are looked at. Absent: the part is known. */
export interface UnknownParts {
  readonly method?: () => string;
  readonly target?: () => string; // normalised, with its query
  readonly host?: () => string;
  readonly header?: (name: string) => string | undefined; // of headers that are not listed
  readonly headers?: readonly string[]; // only these are not known; absent: any
}

/** Reads attributes as the filters of a chain do; each is worked out once. `peer`: where this filter takes identities from. */
export function attributeReader(sight: Sight, peer: PeerSource): Read {
  const simple: Partial<Record<Attribute["kind"], readonly string[]>> = {};
  const headers = new Map<string, readonly string[]>();
  const claims = new Map<Attribute, readonly string[]>();
  return (attribute) => {
    if (attribute.kind === "header") {
      const { name } = attribute;
      return headers.get(name) ?? remember(headers, name, readHeader(sight.http, name));
    }
    if (attribute.kind === "claim")
      return (
        claims.get(attribute) ?? remember(claims, attribute, readClaim(sight.http, attribute.path))
      );
    const known = simple[attribute.kind];
    if (known) return known;
    const values = readSimple(sight, attribute.kind, peer);
    simple[attribute.kind] = values;
    return values;
  };
}

function remember<Key>(
  map: Map<Key, readonly string[]>,
  key: Key,
  values: readonly string[],
): readonly string[] {
  map.set(key, values);
  return values;
}

const none: readonly string[] = [];

type Simple = Exclude<Attribute["kind"], "header" | "claim">;

/** Metadata of other filters is never there: none of them runs before (az:EXP-3). */
function readSimple(sight: Sight, kind: Simple, peer: PeerSource): readonly string[] {
  switch (kind) {
    case "peer":
      return peer === "none" ? none : readPeer(sight.identities(), peer);
    case "source.ip":
      return sight.sourceIp();
    case "remote.ip":
      return sight.remoteIp();
    case "destination.ip":
      return sight.destinationIp();
    case "destination.port":
      return [String(sight.destinationPort())];
    case "sni":
      return [sight.sni];
    case "host":
      return readHeader(sight.http, ":authority");
    case "method":
      return readHeader(sight.http, ":method");
    case "path":
      return readHeader(sight.http, ":path").map(withoutQuery);
    case "request.principal":
      return readPrincipal(sight.http?.payload);
    case "peer.namespace":
    case "peer.account":
    case "metadata":
      return none;
  }
}

/** A tunnel hands on the URI names as one text (az:ID-3). */
function readPeer(identities: readonly string[], peer: PeerSource): readonly string[] {
  if (peer !== "tunnel" || identities.length < 2) return identities;
  return [identities.join(",")];
}

/** A path as policies compare it: up to the query, or the fragment. */
export function withoutQuery(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

function readHeader(http: HttpSight | undefined, name: string): readonly string[] {
  if (!http) return none;
  const { request, unknown } = http;
  switch (name) {
    case ":method":
      return [unknown.method?.() ?? request.method];
    case ":authority":
    case "host":
      return optional(unknown.host?.() ?? request.authority);
    case ":scheme":
      return [request.scheme];
    case ":path":
      return optional(unknown.target?.() ?? request.path);
    default:
      return readLines(http, name);
  }
}

function optional(value: string | undefined): readonly string[] {
  return value === undefined ? none : [value];
}

/** Several lines: each on its own, or in older releases joined by commas and compared once. */
function readLines({ request, headerLines, unknown }: HttpSight, name: string): readonly string[] {
  const values: string[] = [];
  for (const [other, value] of request.headers) if (other === name) values.push(value);
  if (values.length === 0) {
    const asked = unknown.header?.(name);
    return asked === undefined ? none : [asked];
  }
  return headerLines === "joined" && values.length > 1 ? [values.join(",")] : values;
}

/** Both claims must be texts (az:RP-2). */
function readPrincipal(payload: Payload | undefined): readonly string[] {
  const issuer = payload?.["iss"];
  const subject = payload?.["sub"];
  return typeof issuer === "string" && typeof subject === "string"
    ? [joinPrincipal({ issuer, subject })]
    : none;
}

/** A text, or the texts of a list. The path only leads through objects (az:CL-2, az:CL-3). */
function readClaim(http: HttpSight | undefined, path: readonly string[]): readonly string[] {
  let value: unknown = http?.payload;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return none;
    value = value[key];
  }
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : none;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
