import { parseAddress, parsePort } from "../match/address.ts";
import type { Connection } from "../model/request.ts";

/** What a PROXY header states: who called, and where. */
export interface ProxyHeader {
  readonly client: string;
  readonly called?: { readonly ip: string; readonly port: number }; // absent: nobody said
}

const between = " to ";

/** A header as it is written in a request: `203.0.113.9`, or `203.0.113.9 to 198.51.100.1:443`, addresses of one family. Undefined: neither. */
export function readProxyHeader(text: string): ProxyHeader | undefined {
  const at = text.indexOf(between);
  const client = at < 0 ? text : text.slice(0, at);
  const caller = parseAddress(client);
  if (caller === undefined || at < 0) return caller && { client };
  const called = endOf(text.slice(at + between.length));
  return called && parseAddress(called.ip)?.family === caller.family
    ? { client, called }
    : undefined;
}

/** `198.51.100.1:443`, `[2001:db8::1]:443`. */
function endOf(text: string): ProxyHeader["called"] {
  const [, inner, plain, digits = ""] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(text) ?? [];
  const ip = inner ?? plain;
  const port = parsePort(digits);
  if (ip === undefined || port === undefined || parseAddress(ip) === undefined) return undefined;
  return { ip, port };
}

/** The address of the client, if a PROXY header states one. */
export function proxiedClient({ proxyProtocol }: Connection): string | undefined {
  return proxyProtocol === undefined ? undefined : readProxyHeader(proxyProtocol)?.client;
}

/**
 * Where a connection leads as filters see it, as far as it was stated: behind a PROXY header what that says, not the listener's own
 * address and port. envoyproxy/envoy:source/extensions/filters/listener/proxy_protocol/proxy_protocol.cc restoreLocalAddress (az:IP-8)
 */
export function destinationSeen({ proxyProtocol, destinationIp, destinationPort }: Connection): {
  readonly ip?: string | undefined;
  readonly port?: number | undefined;
} {
  if (proxyProtocol === undefined) return { ip: destinationIp, port: destinationPort };
  return readProxyHeader(proxyProtocol)?.called ?? {};
}
