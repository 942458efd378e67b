import {
  type ChainReason,
  type ExplainedHop,
  type ExplainedLayer,
  type Note,
  noteTexts,
  type PortMode,
  type ProxyPort,
} from "@meshproof/engine";
import { policyName, ruleName } from "@meshproof/testkit";
import { jwtLines } from "./explain-jwt.ts";
import { type Places, placeIn, policyLines } from "./explain-policy.ts";
import { type Line, placed, wrapped } from "./trace-lines.ts";

/** One proxy on the way: what it saw, why this chain, its layers in their order, and what does not apply there. */
export function hopLines(
  hop: ExplainedHop,
  places: Places,
  { verbose }: { readonly verbose: boolean },
): readonly Line[] {
  const { point, proxy, enforced, why, side } = hop.hop;
  if (side === "outbound") return outboundLines(hop, places);
  const title = point === "none" ? proxy : `${point} ${proxy}`;
  const nothing = enforced
    ? ""
    : `: nothing is enforced here${why === undefined ? "" : ` (${why})`}`;
  return [
    ...wrapped("", `${title}${nothing}`),
    ...seenLines(hop),
    ...(hop.chain === undefined ? [] : chainLines(hop.chain, hop, places)),
    ...leavingLines(hop),
    "",
    ...hop.layers.flatMap((layer) => layerLines(layer, places)),
    ...unboundLines(hop.unbound, places, verbose),
  ];
}

/** The caller's own sidecar: where it sends the request; its layers only where one of them keeps it in. */
function outboundLines(hop: ExplainedHop, places: Places): readonly Line[] {
  const { point, proxy, told } = hop.hop;
  const refusing = hop.layers.filter(({ result }) => result === "refuse");
  const isBytes =
    told?.http === undefined || hop.hop.saw === undefined || hop.chain?.chain?.kind === "tcp";
  return [
    ...wrapped(
      "",
      `${point} ${proxy}, on the way out: it enforces nothing on what its own workload sends`,
    ),
    ...(isBytes ? [] : wrapped("  request     ", requestText(hop.hop))),
    ...leavingLines(hop),
    ...refusing.flatMap((layer) => layerLines(layer, places)),
  ];
}

/** How a proxy sends on what it let through. */
function leavingLines({ hop }: ExplainedHop): readonly Line[] {
  const { leaves } = hop;
  if (leaves === undefined) return [];
  const { to, at, port, transport, sni, cluster, failed } = leaves;
  const where = to === undefined ? "to nothing: there is no endpoint" : `to ${to}`;
  const address = at === undefined ? "" : ` at ${at}`;
  const parts = [
    `${where}${address}${port === undefined ? "" : `, port ${port}`}`,
    ...(transport === undefined ? [] : [transports[transport] ?? transport]),
    ...(sni === undefined ? [] : [`SNI ${sni}`]),
    ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ...(failed === undefined ? [] : [failed]),
  ];
  return wrapped("  goes on     ", parts.join(", "));
}

function seenLines({ hop, unknown, chain }: ExplainedHop): readonly Line[] {
  const { told } = hop;
  const isBytes = hop.point === "ztunnel" || chain?.chain?.kind === "tcp";
  const saw = hop.saw ?? unseen(hop);
  if (saw === undefined) return [];
  const { identities, sourceIp, remoteIp, destinationIp, destinationPort, sni } = saw;
  const transport = transports[told?.connection.transport ?? "plaintext"] ?? "";
  const nobody = unknown.has("source.principal") ? "not known" : "none";
  const who = identities.length === 0 ? nobody : identities.map(withoutScheme).join(", ");
  const addresses = [
    `from ${sourceIp ?? "an unknown address"}`,
    ...(remoteIp === undefined || remoteIp === sourceIp ? [] : [`client ${remoteIp}`]),
    `to ${destinationIp ?? ""}${destinationIp === undefined ? "port " : ":"}${destinationPort}`,
    ...(sni === undefined ? [] : [`SNI ${sni}`]),
  ];
  return [
    ...wrapped("  identity    ", `${who} (${transport})`),
    ...wrapped("  connection  ", addresses.join(", ")),
    ...(told?.http === undefined || hop.saw === undefined || isBytes
      ? []
      : wrapped("  request     ", requestText(hop))),
  ];
}

/** What is known of a connection that no chain took. */
function unseen({ told }: ExplainedHop["hop"]): ExplainedHop["hop"]["saw"] {
  if (told === undefined) return undefined;
  const { sourceIp, destinationPort } = told.connection;
  return { identities: [], destinationPort, ...(sourceIp === undefined ? {} : { sourceIp }) };
}

function requestText(hop: ExplainedHop["hop"]): string {
  const { method = "any method", host = "any host", path } = hop.saw ?? {};
  return `${method} ${host}${path ?? ", any path"}${written(hop)}`;
}

const transports: Readonly<Record<string, string>> = {
  mtls: "mutual TLS",
  hbone: "HBONE",
  tls: "TLS without a client certificate",
  plaintext: "plaintext",
};

function withoutScheme(identity: string): string {
  return identity.replace(/^spiffe:\/\//, "");
}

/** The path as the client wrote it, where normalisation made another of it. */
function written({ saw, told }: ExplainedHop["hop"]): string {
  const target = told?.http?.target;
  return target === undefined || target === saw?.path ? "" : ` (written ${target})`;
}

function chainLines(
  { chain, port, mode }: ChainReason,
  { hop }: ExplainedHop,
  places: Places,
): readonly Line[] {
  const number = hop.told?.connection.destinationPort ?? "";
  const own = hop.point === "sidecar" || hop.point === "ztunnel";
  const text = `${chainText(chain)}${own ? `; ${declaredBy(port, number)}` : ""}`;
  const lines = wrapped("  chain       ", text);
  return mode === undefined ? lines : [...lines, ...modeLines(mode, places)];
}

function chainText(chain: ChainReason["chain"]): string {
  if (chain === undefined) return "none takes this connection";
  return `${chain.name}, ${chain.kind === "http" ? "HTTP" : "TCP: nothing of HTTP can be seen here"}`;
}

const protocols: Readonly<Record<ProxyPort["protocol"], string>> = {
  http: "speaks HTTP",
  tcp: "speaks TCP",
  auto: "is looked at to detect its protocol",
};

function declaredBy(port: ChainReason["port"], number: number | string): string {
  if (port === undefined) return `no Service declares port ${number}: its protocol is detected`;
  const { service, protocol } = port;
  if (service === undefined)
    return `no Service declares port ${number}, which is said to be ${protocol}`;
  const [name = "", namespace = ""] = service.host.split(".");
  return `port ${service.port} of Service ${namespace}/${name} leads to port ${number}, which ${protocols[protocol]}`;
}

const modes: Readonly<Record<PortMode["mode"], string>> = {
  PERMISSIVE: "PERMISSIVE (mutual TLS and plaintext)",
  STRICT: "STRICT (mutual TLS only)",
  DISABLE: "DISABLE (plaintext only)",
};

function modeLines(mode: PortMode, places: Places): readonly Line[] {
  return placed("  mTLS mode   ", modeText(mode), mode.by && placeIn(places, mode.by));
}

/** The mode of a port, and who says so. */
export function modeText({ mode, by }: PortMode): string {
  const why =
    by === undefined
      ? "no PeerAuthentication says otherwise"
      : `PeerAuthentication ${policyName(by.resource)}`;
  return `${modes[mode]}: ${why}`;
}

const results: Readonly<Record<ExplainedLayer["result"], string>> = {
  pass: "pass",
  refuse: "refuse",
  skip: "skip",
  "not-reached": "-",
  "no-policy": "-",
};

function layerLines(layer: ExplainedLayer, places: Places): readonly Line[] {
  const { policies, jwt } = layer;
  const lead = `  ${layer.layer.padEnd(7)} ${results[layer.result].padEnd(7)} `;
  return [
    ...wrapped(lead, layerText(layer)),
    ...(jwt === undefined ? [] : jwtLines(jwt, places)),
    ...policies.flatMap((policy) => policyLines(policy, places)),
  ];
}

const nothing: Partial<Readonly<Record<ExplainedLayer["layer"], string>>> = {
  jwt: "no RequestAuthentication applies: no token is looked at",
  deny: "no DENY policy applies",
  allow: "no ALLOW policy applies: what is not denied is allowed",
};

function layerText(layer: ExplainedLayer): string {
  const { result, by, text, provider } = layer;
  if (result === "no-policy") return nothing[layer.layer] ?? "no policy";
  if (result === "not-reached") return "not reached";
  const asked = provider === undefined ? [] : [`provider ${provider}`];
  const rules = by.map(ruleName).join(", ");
  const said = text ?? ruleText(layer, rules);
  return [...asked, ...(said === "" ? [] : [said]), ...(text && rules ? [rules] : [])].join("; ");
}

function ruleText({ layer, result }: ExplainedLayer, rules: string): string {
  if (rules !== "") return `${rules} ${rules.includes(",") ? "match" : "matches"}`;
  if (layer === "allow") return result === "skip" ? "nothing enforced" : "no rule matches";
  if (layer === "deny" || layer === "audit" || layer === "custom") return "no rule matches";
  return layer === "jwt" ? "a CORS preflight is let through" : "";
}

const most = 6;

function unboundLines(notes: readonly Note[], places: Places, verbose: boolean): readonly Line[] {
  if (notes.length === 0) return [];
  const told = verbose || notes.length <= most + 1 ? notes : notes.slice(0, most);
  const rest = notes.length - told.length;
  return [
    "",
    "  does not apply here",
    ...told.flatMap(({ at, because }) =>
      placed(
        "    ",
        `${at.resource.kind} ${policyName(at.resource)}: ${noteTexts[because]}`,
        placeIn(places, at),
      ),
    ),
    ...(rest > 0 ? [`    and ${rest} more: -v`] : []),
  ];
}
