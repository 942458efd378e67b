import { type Header, nativeJson } from "@meshproof/engine";
import { testJwks, testToken } from "./test-token.ts";
import type {
  KubernetesObject,
  Scenario,
  ScenarioConnection,
  ScenarioHttp,
  ScenarioRequest,
  ScenarioWorkload,
  Vector,
} from "./vector.ts";

/** A scenario as people write it: what is left out has a usual value. */
export interface ShortScenario extends Partial<Omit<Scenario, "workload" | "requests">> {
  readonly workload?: Partial<ScenarioWorkload>;
  readonly requests?: readonly (ShortRequest | ScenarioRequest)[];
}

/** A request as people write it. */
export interface ShortRequest {
  readonly id?: string;
  readonly expect?: string | number;
  readonly from?: string | null; // "": no identity; null: plaintext
  readonly transport?: ScenarioConnection["transport"];
  readonly sourceIp?: string;
  readonly destinationIp?: string;
  readonly port?: number;
  readonly alpn?: readonly string[];
  readonly sni?: string;
  readonly certificate?: ScenarioConnection["certificate"];
  readonly untrusted?: boolean;
  readonly silent?: boolean;
  readonly proxyProtocol?: string;
  readonly tcp?: boolean;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string | null; // null: none
  readonly headers?: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[];
  readonly token?: unknown; // claims
  readonly tokenHeader?: Readonly<Record<string, unknown>>;
  readonly version?: string | number;
  readonly body?: string;
}

/** A line of vectors stays what it is; a scenario of either form becomes one without results. */
export function completeVector(line: Vector | ShortScenario, file: string): Vector {
  if ("scenario" in line) return { ...line, scenario: complete(line.scenario, file) };
  return { scenario: complete(line, file) };
}

const usualWorkload: ScenarioWorkload = {
  kind: "sidecar",
  namespace: "foo",
  name: "reviews-1",
  labels: { app: "reviews", version: "v1" },
  serviceAccount: "reviews",
};

function complete(scenario: ShortScenario | Scenario, file: string): Scenario {
  const { id = file, mesh = {}, objects = [], requests = [{}] } = scenario;
  const workload = { ...usualWorkload, ...scenario.workload };
  return {
    ...scenario,
    id,
    mesh,
    objects: objects.map(withTestKeys),
    workload,
    requests: requests.map((request, index) => completeRequest(request, index, workload)),
  };
}

/** `jwks: test` in a jwtRule stands for the keys that sign a request's `token`. */
function withTestKeys(object: KubernetesObject): KubernetesObject {
  const text = JSON.stringify(object);
  if (!text.includes('"jwks":"test"')) return object;
  const keys = `"jwks":${JSON.stringify(testJwks)}`;
  return nativeJson(text.replaceAll('"jwks":"test"', () => keys)) as KubernetesObject;
}

function completeRequest(
  request: ShortRequest | ScenarioRequest,
  index: number,
  { kind }: ScenarioWorkload,
): ScenarioRequest {
  if ("connection" in request) return { ...request, id: request.id ?? `r${index}` };
  const { id = `r${index}`, expect, tcp, silent } = request;
  const bytes = tcp === true || silent === true;
  return {
    id,
    ...(expect === undefined ? {} : { expect: String(expect) }),
    connection: completeConnection(request, kind, bytes),
    ...(bytes ? {} : { http: completeHttp(request) }),
  };
}

const addresses = { sidecar: "10.9.9.9", gateway: "10.9.9.10", waypoint: "10.96.0.9" };
const meshAlpn = {
  http2: ["istio-h2", "istio", "h2"],
  http: ["istio-http/1.1", "istio", "http/1.1"],
  tcp: ["istio-peer-exchange", "istio"],
};

function completeConnection(
  request: ShortRequest,
  kind: ScenarioWorkload["kind"],
  bytes: boolean,
): ScenarioConnection {
  const usual = kind === "waypoint" ? "hbone" : request.from === null ? "plaintext" : "mtls";
  const transport = request.transport ?? usual;
  const { certificate, untrusted, silent, proxyProtocol } = request;
  return {
    transport,
    sourceIp: request.sourceIp ?? "10.1.2.3",
    destinationIp: request.destinationIp ?? addresses[kind],
    destinationPort: request.port ?? (kind === "waypoint" ? 80 : 8080),
    ...handshakeOf(request, transport, bytes),
    ...(certificate ? { certificate } : {}),
    ...(untrusted ? { untrusted } : {}),
    ...(silent ? { silent } : {}),
    ...(proxyProtocol === undefined ? {} : { proxyProtocol }),
  };
}

function handshakeOf(
  { from, alpn, sni = "outbound_.80_._.reviews.foo.svc.cluster.local", version }: ShortRequest,
  transport: ScenarioConnection["transport"],
  bytes: boolean,
): Pick<ScenarioConnection, "identity" | "alpn" | "sni"> {
  const http2 = String(version) === "2";
  const identity = identityOf(from ?? "cluster.local/ns/bar/sa/client");
  const known = identity === undefined ? {} : { identity };
  if (transport === "plaintext") return {};
  if (transport === "hbone") return known;
  if (transport === "tls") return { sni, alpn: alpn ?? [http2 ? "h2" : "http/1.1"] };
  const usual = bytes ? meshAlpn.tcp : http2 ? meshAlpn.http2 : meshAlpn.http;
  return { ...known, sni, alpn: alpn ?? usual };
}

function identityOf(from: string): string | undefined {
  if (from === "") return undefined;
  return from.includes("://") ? from : `spiffe://${from}`;
}

function completeHttp(request: ShortRequest): ScenarioHttp {
  const { method = "GET", path = "/", host = "reviews", version, body, token } = request;
  const { headers = {} } = request;
  const lines = Array.isArray(headers) ? headers : Object.entries(headers);
  const bearer = token ? [`Bearer ${testToken(token, request.tokenHeader)}`] : [];
  return {
    method,
    path: withTokens(path),
    headers: [
      ...lines.map(([name, value]): Header => [name, withTokens(String(value))]),
      ...bearer.map((value): Header => ["authorization", value]),
    ],
    host,
    ...(version ? { version: String(version) } : {}),
    ...(body ? { body } : {}),
  };
}

/** `${token {"iss":...}}` is a signed token. */
function withTokens(text: string): string {
  return text.replaceAll(/\$\{token (\{.*?\})\}/g, (_, claims: string) =>
    testToken(nativeJson(claims)),
  );
}
