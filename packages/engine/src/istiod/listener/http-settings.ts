import type { Mesh } from "../../model/mesh.ts";
import type { PathNormalization } from "../../model/mesh-config.ts";
import type { HttpSettings, Proxy } from "../../model/program.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { proxyConfig, proxyHeaders, sidecarCertHeader } from "./proxy-headers.ts";

type Path = Pick<HttpSettings, "normalizePath" | "mergeSlashes" | "escapedSlashes">;

const base: Path = { normalizePath: true, mergeSlashes: false, escapedSlashes: "keep" };
const paths: Readonly<Record<PathNormalization, Path>> = {
  NONE: { ...base, normalizePath: false },
  BASE: base,
  DEFAULT: base,
  MERGE_SLASHES: { ...base, mergeSlashes: true },
  DECODE_AND_MERGE_SLASHES: { ...base, mergeSlashes: true, escapedSlashes: "decode" },
};

/** What the connection managers of a sidecar do to a request. Follows istio/istio:pilot/pkg/networking/core/listener_builder.go. */
export function sidecarHttpSettings(mesh: Mesh, proxy: Proxy): HttpSettings {
  return {
    ...httpSettings(mesh, proxy),
    remoteAddress: "xff",
    trustedHops: 0,
    ...sidecarCertHeader(proxyConfig(mesh, proxy)),
  };
}

/** The settings that are the same for every kind of proxy. */
export function httpSettings(
  mesh: Mesh,
  proxy: Proxy,
): Omit<HttpSettings, "remoteAddress" | "trustedHops" | "clientCertHeader" | "clientCertFields"> {
  const { config, release } = mesh;
  const normalization = config.pathNormalization?.normalization ?? "DEFAULT";
  return {
    ...paths[normalization],
    underscores: "keep",
    headerLines: behaves(release, "header-lines-each") ? "each" : "joined",
    ...(behaves(release, "dot-segment-parameters") ? {} : { dotSegmentParameters: "keep" }),
    ...(flagOf(mesh, "PILOT_HTTP10") === true ? { http10: true } : {}),
    ...(behaves(release, "latin1-expressions") ? { latin1: true } : {}),
    ...(behaves(release, "query-method") ? { queryMethod: true } : {}),
    ...(config["enableTracing"] === false ? { untraced: true as const } : {}),
    ...proxyHeaders(proxyConfig(mesh, proxy)),
    ...connectionSettings(mesh, proxy),
  };
}

const escaped: ReadonlyMap<unknown, HttpSettings["escapedSlashes"]> = new Map([
  ["KEEP_UNCHANGED", "keep"],
  ["REJECT_REQUEST", "reject"],
  ["UNESCAPE_AND_REDIRECT", "redirect"],
  ["UNESCAPE_AND_FORWARD", "decode"],
]);
const underscores: ReadonlyMap<unknown, HttpSettings["underscores"]> = new Map([
  ["HEADERS_WITH_UNDERSCORES_ALLOW", "keep"],
  ["HEADERS_WITH_UNDERSCORES_REJECT_REQUEST", "reject"],
  ["HEADERS_WITH_UNDERSCORES_DROP_HEADER", "drop"],
]);

/** What ProxyConfig says of connections overrides the mesh's path normalisation. */
function connectionSettings(mesh: Mesh, proxy: Proxy): Partial<HttpSettings> {
  const stated = proxyConfig(mesh, proxy).connectionSettings;
  if (stated === undefined || !behaves(mesh.release, "connection-settings")) return {};
  const mergeSlashes = stated["httpMergeSlashes"];
  const escapedSlashes = escaped.get(stated["httpPathWithEscapedSlashesAction"]);
  const action = underscores.get(stated["httpHeadersWithUnderscoresAction"]);
  return {
    ...(typeof mergeSlashes === "boolean" ? { mergeSlashes } : {}),
    ...(escapedSlashes ? { escapedSlashes } : {}),
    ...(action ? { underscores: action } : {}),
  };
}
