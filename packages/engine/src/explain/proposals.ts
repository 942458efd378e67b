import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { JwtProvider } from "../model/program.ts";
import type { Attribute } from "../model/rule.ts";
import { callersFor } from "./callers.ts";
import type { ExplainedCondition, RequestChange } from "./explanation.ts";
import { headerOf, httpParts, withHeader, withHttp } from "./http-parts.ts";
import { presentClaims, withClaim, withClaims } from "./token-edit.ts";
import { holdsWithout, valuesFor } from "./values.ts";

/** A request on its way to another one, and the tokens in it that nobody has signed yet. */
export interface Draft {
  readonly request: AccessRequest;
  readonly tokens: readonly string[];
}

/** One way to make a condition hold, or not. */
export interface Proposal {
  readonly change: RequestChange;
  readonly apply: (draft: Draft) => Draft;
}

/** What requests are changed with. */
export interface Around {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly providers: readonly JwtProvider[];
  readonly self: string; // the workload that is called: "shop/orders"
}

/** The ways to change a request so that a condition holds (`wanted` true), or does not. */
export function proposalsFor(
  condition: ExplainedCondition,
  wanted: boolean,
  around: Around,
): readonly Proposal[] {
  const { attribute } = condition.clause;
  switch (attribute.kind) {
    case "peer":
    case "peer.namespace":
    case "peer.account":
      return identities(condition, wanted, around);
    case "claim":
    case "request.principal":
      return tokens(condition, wanted, around);
    case "metadata":
    case "destination.ip":
    case "destination.port":
      return [];
    default:
      return texts(condition, attribute, wanted, around);
  }
}

function identities(
  condition: ExplainedCondition,
  wanted: boolean,
  around: Around,
): readonly Proposal[] {
  const was = around.request.from;
  const proxied = callersFor(condition, wanted, around).map((from): Proposal => {
    const change = { part: "from", ...(was === undefined ? {} : { was }), becomes: from };
    return { change, apply: (draft) => ({ ...draft, request: fromCaller(draft.request, from) }) };
  });
  if (!holdsWithout(condition, wanted)) return proxied;
  const apply = (draft: Draft): Draft => ({
    ...draft,
    request: { ...draft.request, transport: "plaintext" },
  });
  return [...proxied, { change: { part: "transport", becomes: "plaintext" }, apply }];
}

/** A caller with an identity shows it: what said otherwise goes. */
function fromCaller({ transport, ...request }: AccessRequest, from: string): AccessRequest {
  const shows = transport === "mtls" || transport === "hbone";
  return { ...request, from, ...(shows ? { transport } : {}) };
}

function tokens(
  condition: ExplainedCondition,
  wanted: boolean,
  around: Around,
): readonly Proposal[] {
  const [first] = around.providers;
  const { attribute, any } = condition.clause;
  if (first === undefined || !wanted || any === undefined) return [];
  if (attribute.kind === "claim")
    return valuesFor(condition, true).map((value) =>
      claim(first, attribute.path, value, around.request),
    );
  return principals(condition, around);
}

function claim(
  provider: JwtProvider,
  path: readonly string[],
  value: string,
  request: AccessRequest,
): Proposal {
  const has = presentClaims(request, provider) !== undefined;
  const becomes = `${path.join(".")}: ${value}`;
  const part = has ? "token.claims" : "token";
  return {
    change: { part, becomes: has ? becomes : `of ${provider.issuer}, with ${becomes}` },
    apply: (draft) => sign(draft, provider, (claims) => withClaim(claims, path, value)),
  };
}

function principals({ expected }: ExplainedCondition, around: Around): readonly Proposal[] {
  return around.providers.slice(0, 3).flatMap((provider) => {
    const own = expected.filter(
      (text) => text === "*" || text.startsWith(`${provider.issuer}/`) || !text.includes("/"),
    );
    return own.slice(0, 1).map((text): Proposal => {
      const named = text.slice(text.lastIndexOf("/") + 1);
      const sub = named === "*" || named === "" ? "someone" : named.replace(/^\*|\*$/g, "x");
      return {
        change: { part: "token", becomes: `of ${provider.issuer}, subject ${sub}` },
        apply: (draft) =>
          sign(draft, provider, (claims) => ({ ...claims, iss: provider.issuer, sub })),
      };
    });
  });
}

function sign(
  { request, tokens: before }: Draft,
  provider: JwtProvider,
  change: Parameters<typeof withClaims>[2],
): Draft {
  const { request: changed, token } = withClaims(request, provider, change);
  return { request: changed, tokens: [...before, token] };
}

type Put = (request: AccessRequest, value: string | undefined) => AccessRequest;
interface Part {
  readonly name: string;
  readonly was: string | undefined;
  readonly put: Put;
}

function texts(
  condition: ExplainedCondition,
  attribute: Attribute,
  wanted: boolean,
  { request }: Around,
): readonly Proposal[] {
  const part = partOf(attribute, request);
  if (part === undefined) return [];
  const { name, was, put } = part;
  const propose = (value: string | undefined): Proposal => ({
    change: { part: name, ...(was === undefined ? {} : { was }), becomes: value ?? "none" },
    apply: (draft) => ({ ...draft, request: put(draft.request, value) }),
  });
  const removable = attribute.kind === "header" && was !== undefined;
  const removed = removable && holdsWithout(condition, wanted) ? [propose(undefined)] : [];
  return [...removed, ...valuesFor(condition, wanted).map(propose)];
}

/** The part of a request that an attribute is read from. */
function partOf(attribute: Attribute, request: AccessRequest): Part | undefined {
  const { method, path, host } = httpParts(request);
  switch (attribute.kind) {
    case "method":
      return { name: "http.method", was: method, put: http("method") };
    case "path":
      return { name: "http.path", was: path, put: http("path") };
    case "host":
      return { name: "http.host", was: host, put: http("host") };
    case "sni":
      return { name: "sni", was: request.sni, put: (r, sni = "") => ({ ...r, sni }) };
    case "source.ip":
      return { name: "source.ip", was: request.source?.ip, put: address };
    case "remote.ip":
      return client(request);
    case "header":
      return header(attribute.name, request);
    default:
      return undefined;
  }
}

function http(part: "method" | "path" | "host"): Put {
  return (request, value = "") => withHttp(request, { [part]: value });
}

function address(request: AccessRequest, ip = ""): AccessRequest {
  return { ...request, source: { ...request.source, ip } };
}

/** Where the address of the client is taken from: the header if there is one. */
function client(request: AccessRequest): Part {
  const name = "x-forwarded-for";
  const forwarded = headerOf(request, name);
  if (forwarded === undefined) return { name: "source.ip", was: request.source?.ip, put: address };
  return {
    name: `http.headers.${name}`,
    was: forwarded,
    put: (r, value) => withHeader(r, name, value),
  };
}

function header(name: string, request: AccessRequest): Part | undefined {
  const aliases: Readonly<Record<string, Attribute["kind"]>> = {
    ":method": "method",
    ":path": "path",
    ":authority": "host",
    host: "host",
  };
  const kind = aliases[name];
  if (kind === "method" || kind === "path" || kind === "host") return partOf({ kind }, request);
  if (name.startsWith(":")) return undefined;
  return {
    name: `http.headers.${name}`,
    was: headerOf(request, name),
    put: (r, value) => withHeader(r, name, value),
  };
}
