import { parseAddress } from "../../match/address.ts";
import type { Header } from "../../model/request.ts";
import { decodePercent } from "./percent.ts";

/** Whether a request asks for a tunnel of UDP. That Connection says nothing of an upgrade changes nothing. `header_utility.cc`, isConnectUdpRequest */
export function asksForUdp(headers: readonly Header[]): boolean {
  const [, value] = headers.find(([name]) => name === "upgrade") ?? [];
  return value?.toLowerCase() === "connect-udp";
}

const place = /^\/\.well-known\/masque\/udp\/([^/]+)\/([^/]+)\/$/;

/**
 * Where UDP is to go stands in the path, and becomes the authority: that is the host which policies and routes see. Undefined: the path
 * does not say it. Read as the client wrote it, before it is normalized. Follows
 * envoyproxy/envoy:source/common/http/header_utility.cc, rewriteAuthorityForConnectUdp.
 */
export function udpAuthority(path = ""): string | undefined {
  const [, host, port] = (/^[!-~]*$/.test(path) && place.exec(path)) || [];
  if (host === undefined || port === undefined) return undefined;
  const name = decodePercent(host);
  if (name.includes("%")) return undefined;
  const bracketed = parseAddress(name)?.family === 6 ? `[${name}]` : name;
  return `${bracketed}:${decodePercent(port)}`;
}
