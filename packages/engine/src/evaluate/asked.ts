import { parseAddress } from "../match/address.ts";
import type { AccessRequest } from "../model/access-request.ts";
import { arePlainHeaders } from "./plain-header.ts";

/**
 * What of a request decides which way it goes, with an ordinary method and path in place of its own. Requests of which it is equal
 * differ in nothing that anybody looks at but rules: the address that one states stands for any, and headers that mean nothing to a
 * proxy are left out. Undefined: it says other things, or is none as it was written.
 */
export function askedOf({ http, source, ...rest }: AccessRequest): AccessRequest | undefined {
  if (typeof rest.to !== "string" || !saysOnly(rest, whole)) return undefined;
  const parts = typeof http === "object" ? partsOf(http) : {};
  const address = source === undefined ? {} : addressOf(source);
  return parts && address && { ...rest, ...address, http: { ...parts, method: "GET", path: "/" } };
}

const whole: ReadonlySet<string> = new Set(["from", "to", "transport"]);
const parts: ReadonlySet<string> = new Set(["method", "path", "host", "version", "headers"]);
const ip: ReadonlySet<string> = new Set(["ip"]);

/** Whether a mapping has no other members than these. What was read from JSON may be anything. */
export function saysOnly(value: unknown, names: ReadonlySet<string>): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  for (const name in value) if (!names.has(name)) return false;
  return true;
}

/** Longer hosts may be too much together with the rest of a request. */
const longestHost = 1024;

/** Host and version. */
function partsOf(http: object): object | undefined {
  if (!saysOnly(http, parts)) return undefined;
  const { headers, host, version }: Parts = http;
  if (headers !== undefined && !arePlainHeaders(headers)) return undefined;
  if (host !== undefined && (typeof host !== "string" || host.length > longestHost))
    return undefined;
  return { ...(host === undefined ? {} : { host }), ...(version === undefined ? {} : { version }) };
}

interface Parts {
  readonly headers?: unknown;
  readonly host?: unknown;
  readonly version?: unknown;
}

/** Of the block for documentation (RFC 5737): no rule of a lane looks at it. */
const anyAddress = "192.0.2.1";

function addressOf(source: object): object | undefined {
  if (!saysOnly(source, ip)) return undefined;
  const { ip: stated }: { readonly ip?: unknown } = source;
  if (stated === undefined) return { source };
  const isAddress = typeof stated === "string" && parseAddress(stated) !== undefined;
  return isAddress ? { source: { ip: anyAddress } } : undefined;
}
