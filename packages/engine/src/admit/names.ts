import { parseAddress } from "../match/address.ts";
import type { Remark } from "../parse/remark.ts";
import type { Value } from "./read.ts";
import { isDnsLabel, isWildcardDomain, routeFault } from "./route-words.ts";

/** The protocols that Istio knows, in lower case. istio/istio:pkg/config/protocol/instance.go, Parse */
const protocols = ["tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls"];
const known: ReadonlySet<string> = new Set([...protocols, "mongo", "redis", "mysql"]);
const http: ReadonlySet<string> = new Set(["http", "http2", "http_proxy", "grpc", "grpc-web"]);

export function isProtocol(text: string): boolean {
  return known.has(text.toLowerCase());
}

/** `protocol/instance.go`, IsHTTP. */
export function isHttp(text: string): boolean {
  return http.has(text.toLowerCase());
}

/** `protocol/instance.go`, IsTLS. */
export function isTls(text: string): boolean {
  return ["https", "tls"].includes(text.toLowerCase());
}

export const protocolHint = "one of HTTP, HTTP2, GRPC, HTTPS, TLS, TCP, MONGO, REDIS, MYSQL";

const unix = "unix://";

export function isUnix(address: string): boolean {
  return address.startsWith(unix);
}

/** The path of a socket, or its abstract name. istio/istio:pkg/config/validation/validation.go, ValidateUnixAddress */
export function isUnixAddress(address: string): boolean {
  const path = address.slice(unix.length);
  return path.startsWith("@") || (path.startsWith("/") && !path.endsWith("/"));
}

/** A host of a Gateway's server or of a Sidecar's egress. istio/istio:pkg/config/validation/agent, ValidateNamespaceSlashWildcardHostname */
export function scopedHostFaults(
  { path, text }: Value,
  options: { readonly isGateway: boolean; readonly mayExclude: boolean },
): readonly Remark[] {
  const { isGateway, mayExclude } = options;
  const slash = text.indexOf("/");
  const namespace = slash < 0 ? undefined : text.slice(0, slash);
  const host = text.slice(slash + 1);
  if (namespace === undefined && !isGateway)
    return [
      routeFault(
        path,
        `\`${text}\` has no namespace`,
        "write `NAMESPACE/HOST`, `./HOST` or `*/HOST`",
      ),
    ];
  const isNamespace =
    namespace === undefined ||
    ["*", "."].includes(namespace) ||
    isDnsLabel(namespace) ||
    (!isGateway && isExclusion(namespace, mayExclude));
  return [
    ...(isNamespace
      ? []
      : [routeFault(path, `\`${namespace}\` in \`${text}\` cannot be a namespace`)]),
    ...hostPartFaults(path, host, isGateway),
  ];
}

/** `~` alone, and in newer releases before the namespace that is left out. */
function isExclusion(namespace: string, mayExclude: boolean): boolean {
  if (namespace === "~") return true;
  const rest = namespace.slice(1);
  return mayExclude && namespace.startsWith("~") && (["*", "."].includes(rest) || isDnsLabel(rest));
}

function hostPartFaults(path: Value["path"], host: string, isGateway: boolean): readonly Remark[] {
  const isShort = host !== "*" && !host.includes(".");
  const isPartial = host.includes("*") && host !== "*" && !host.startsWith("*.");
  const isName = isWildcardDomain(host) || (isGateway && parseAddress(host) !== undefined);
  if (isShort)
    return [
      routeFault(
        path,
        `\`${host}\` is a short name`,
        "write the whole name: `orders.shop.svc.cluster.local`",
      ),
    ];
  if (isPartial)
    return [
      routeFault(
        path,
        `\`${host}\`: a \`*\` stands for whole labels`,
        "write `*` alone, or `*.` before a name",
      ),
    ];
  return isName ? [] : [routeFault(path, `\`${host}\` cannot be a host`)];
}
