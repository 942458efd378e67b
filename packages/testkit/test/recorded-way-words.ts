import type { Condition, JwtProvider } from "@meshproof/engine";
import type { Requests } from "../../engine/src/analyse/api.ts";
import type {
  JourneyBranch,
  JourneyHop,
  JourneyRequest,
} from "../src/conformance/journey/vector.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import { type SentToken, tokenIn } from "./recorded-tokens.ts";
import type { Looked } from "./recorded-way-looked.ts";

/** A request in the words of an invariant. */
export interface WayWords {
  readonly requests: Requests;
  readonly exact: boolean; // no other request is meant, as far as anybody on the way can tell
}

/** A request as the first proxy on its way sees it. */
export function wayWords(
  looked: Looked,
  request: JourneyRequest,
  branches: readonly JourneyBranch[],
): WayWords | LeftOut {
  const hops = branches.flatMap((branch) => branch.hops ?? []);
  const [first] = hops;
  const { connection, http } = request;
  if (!first) return { leftOut: "no proxy on the way" };
  if (connection.certificate?.untrusted) return { leftOut: "a certificate that nobody trusts" };
  if (connection.certificate && first.tls && first.identity === undefined)
    return { leftOut: "a certificate without an identity" };
  if (hops.some(isUnverified)) return { leftOut: "a token that does not verify, or is none" };
  if (first.protocol === "tcp") return bytesWords(request, hops, first);
  return http
    ? httpWords(looked, { ...request, http }, branches, first)
    : { leftOut: "bytes where HTTP is served" };
}

/** The analysis takes tokens to be well signed, and in time. */
function isUnverified({ details = "" }: JourneyHop): boolean {
  return (
    details.startsWith("jwt_authn") && !/issuer_is_not_configured|Audiences_in_Jwt/.test(details)
  );
}

function bytesWords(
  request: JourneyRequest,
  hops: readonly JourneyHop[],
  first: JourneyHop,
): WayWords | LeftOut {
  const { connection, http } = request;
  const isRead =
    connection.transport === "plaintext" || hops.some(({ protocol }) => protocol === "http");
  if (http && isRead) return { leftOut: "HTTP that is passed on as bytes" };
  const { source, when: names, port } = connectionWords(first, request);
  const when = names.length > 0 ? names : [{ key: "connection.sni", notValues: ["*"] }]; // others may come with one
  const isUsual = connection.certificate === undefined && !connection.alpn?.includes("istio");
  const to = [{ operation: { ports: [port] } }];
  const requests = { protocol: "tcp", from: [{ source }], to, ...conditions(when) } as const;
  return { requests, exact: isUsual };
}

function conditions(when: readonly Condition[]): Pick<Requests, "when"> {
  return when.length > 0 ? { when } : {};
}

type WithHttp = JourneyRequest & Required<Pick<JourneyRequest, "http">>;

function httpWords(
  looked: Looked,
  request: WithHttp,
  branches: readonly JourneyBranch[],
  first: JourneyHop,
): WayWords | LeftOut {
  const { http } = request;
  const readers = branches.map(({ hops = [] }) =>
    hops
      .filter(({ side }) => side !== "outbound")
      .flatMap(({ hop }) => looked.providers.get(hop) ?? []),
  );
  const providers = readers.flat();
  const token = tokenOf(providers, http);
  if (token && "leftOut" in token) return token;
  if (token && readers.some((each) => tokenOf(each, http) === undefined))
    return { leftOut: "a token that is looked for on some of the ways" };
  const headers = headerWords(looked, providers, http);
  if ("leftOut" in headers) return headers;
  const operation = operationOf(first, http);
  if ("leftOut" in operation) return operation;
  const { source, when, port } = connectionWords(first, request);
  const isUsual = !http.headers.some(([name]) => special.test(name)) && http.body === undefined;
  const isPlain = !http.path.includes("?") && !looked.readsMore;
  return {
    requests: {
      protocol: "http",
      ...(token ? {} : { token: "none" }),
      from: [{ source }],
      to: [{ operation: { ...operation, ports: [port] } }],
      ...conditions([...when, ...headers, ...(token ? tokenWords(looked, token) : [])]),
    },
    exact: !token && isUsual && isPlain && !headers.some(({ values }) => values),
  };
}

/** Headers that say how to read the message, or that proxies write. */
const special =
  /^(?:content-length|transfer-encoding|expect|upgrade|connection|grpc-timeout|origin|access-control-.*|x-envoy-.*|x-forwarded-.*|@.*)$/i;

type Http = WithHttp["http"];

function tokenOf(
  providers: readonly JwtProvider[],
  { path, headers }: Http,
): SentToken | LeftOut | undefined {
  return tokenIn(providers, (attribute) => {
    const name = "name" in attribute ? attribute.name : "";
    return name === ":path" ? [path] : valuesOf(headers, name);
  });
}

function valuesOf(headers: Http["headers"], name: string): readonly string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** What is sent of what somebody looks at, and that nothing else is. */
function headerWords(
  { headers }: Looked,
  providers: readonly JwtProvider[],
  http: Http,
): readonly Condition[] | LeftOut {
  const tokens = providers.flatMap((each) => each.headers.map(({ name }) => name.toLowerCase()));
  const found: Condition[] = [];
  for (const name of headers.filter((each) => !(/^[:@]/.test(each) || tokens.includes(each)))) {
    const [value, ...more] = valuesOf(http.headers, name);
    if (/^x-(?:envoy|forwarded)/.test(name)) return { leftOut: "a header that proxies write" };
    if (more.length > 0) return { leftOut: "a header that is sent twice" };
    if (value !== undefined && !/^[!-)+-~]+$/.test(value))
      return { leftOut: "a header that is not plain" };
    const key = `request.headers[${name}]`;
    found.push(value === undefined ? { key, notValues: ["*"] } : { key, values: [value] });
  }
  return found;
}

function tokenWords({ claims }: Looked, token: SentToken): readonly Condition[] {
  return ["iss", "sub", ...claims].flatMap((name): readonly Condition[] => {
    const key = `request.auth.claims[${name}]`;
    const values = [token.claims[name]].flat().filter((each) => typeof each === "string");
    const none = claims.includes(name) ? [{ key, notValues: ["*"] }] : [];
    return values.length === 0 ? none : values.map((each) => ({ key, values: [each] }));
  });
}

interface ConnectionWords {
  readonly source: object;
  readonly when: readonly Condition[];
  readonly port: string;
}

function connectionWords(
  { sourceIp = "", remoteIp = sourceIp, identity, at = "", sni }: JourneyHop,
  { connection }: JourneyRequest,
): ConnectionWords {
  const shown = connection.certificate ? identity?.replace("spiffe://", "") : undefined;
  const peer = shown === undefined ? { notPrincipals: ["*"] } : { principals: [shown] };
  return {
    source: { ...peer, ipBlocks: [sourceIp], remoteIpBlocks: [remoteIp] },
    when: sni === undefined ? [] : [{ key: "connection.sni", values: [sni] }],
    port: at.replace(/^.*:/, ""),
  };
}

/** As the proxy reads them: of a request that it refused before, as they were sent, if no two proxies could differ about that. */
function operationOf({ view }: JourneyHop, http: Http): object | LeftOut {
  const { path = http.path, method = http.method, host = http.host ?? "" } = view ?? {};
  const plain = path.replace(/[?#].*$/, "");
  const isRead = view !== undefined || !/\/\/|\/\./.test(plain);
  if (!isRead || !/^\/[A-Za-z0-9._~/-]*$/.test(plain))
    return { leftOut: "a path that is not plain" };
  if (host === "" || host.includes("*")) return { leftOut: "a host that is not plain" };
  return { paths: [plain], methods: [method], hosts: [host] };
}
