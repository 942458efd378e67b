import { parseCidr, plainAddress } from "../match/address.ts";
import { matches } from "../match/matches.ts";
import type { JwtKeys } from "../model/jwt-keys.ts";
import type { Release } from "../model/mesh.ts";
import type { JwtRule } from "../model/policy.ts";
import type { Pattern } from "../model/rule.ts";
import { behaves } from "../release.ts";
import { publishedKey } from "./published-key.ts";

/** Who fetches the keys of a URI, and what istiod makes of those that it is to fetch. */
export interface Fetching {
  readonly by: "istiod" | "either" | "envoy"; // either: Envoy for hosts of the mesh, istiod for the others
  readonly blocked: readonly Pattern[]; // addresses that istiod does not connect to
  readonly fallback?: string;
  readonly looksFirst?: true;
}

type Features = Readonly<Record<string, string>>;

/** What istiod's environment and its release say: PILOT_JWT_ENABLE_REMOTE_JWKS, BLOCKED_CIDRS_IN_JWKS_URIS. */
export function fetchingOf(features: Features, release: Release): Fetching {
  const mode = features["PILOT_JWT_ENABLE_REMOTE_JWKS"];
  const remote = mode === "true" || mode === "hybrid" ? "either" : "istiod";
  const isLater = behaves(release, "fetched-keys-looked-at");
  return {
    by: mode === "envoy" ? mode : remote,
    blocked: [...blockedBy(features, release), ...(isLater ? alwaysBlocked : [])],
    ...(behaves(release, "private-jwks-fallback") ? {} : { fallback: publishedKey }),
    ...(isLater ? { looksFirst: true } : {}),
  };
}

/** Blocks as Go's `net.ParseCIDR` reads them; what is none is left out. */
function blockedBy(features: Features, release: Release): readonly Pattern[] {
  if (!behaves(release, "blocked-key-addresses")) return [];
  const texts = (features["BLOCKED_CIDRS_IN_JWKS_URIS"] ?? "")
    .split(",")
    .map((text) => text.trim());
  return texts.flatMap((text) => (text.includes("/") ? (parseCidr(text) ?? []) : []));
}

/** Follows istio/istio:pkg/security/dial.go: link-local addresses, and those where clouds tell what a machine is. */
const alwaysBlocked: readonly Pattern[] = [
  ...["169.254.0.0/16", "224.0.0.0/24", "fe80::/10", "ff02::/16"],
  ...["100.100.100.200/32", "fd00:ec2::/32"],
].flatMap((text) => parseCidr(text) ?? []);

/** Inline keys win, unless Envoy may fetch. */
export function keysOf(rule: JwtRule, { by, blocked, ...fetched }: Fetching): JwtKeys {
  const { issuer = "", jwks = "", jwksUri: uri = "" } = rule;
  if (jwks !== "" && (by === "istiod" || uri === "")) return { kind: "inline", jwks };
  if (uri !== "" && by === "envoy") return { kind: "uri", uri, fetcher: by };
  const source = uri === "" ? issuer : uri;
  const more = { ...fetched, ...(isBlocked(source, blocked) ? ({ blocked: true } as const) : {}) };
  if (uri === "") return { kind: "discovery", ...more };
  return { kind: "uri", uri, ...(by === "either" ? { fetcher: by } : {}), ...more };
}

/** Whether istiod would have to connect to such an address. Where a name leads nobody knows here. */
function isBlocked(url: string, blocked: readonly Pattern[]): boolean {
  const host = /^https?:\/\/(?:[^/?#@]*@)?(?:\[([^\]]+)\]|([^/?#:]+))/i.exec(url);
  const address = plainAddress(host?.[1] ?? host?.[2] ?? "");
  return blocked.some((block) => matches(block, address));
}
