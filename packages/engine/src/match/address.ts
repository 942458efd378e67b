import type { Pattern } from "../model/rule.ts";

/** An IP address in hex of fixed width (8 or 32 digits): text order is address order. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: string;
}

export type Block = Extract<Pattern, { kind: "cidr" }>;

/**
 * An address as Go's `netip.ParseAddr` reads it: no leading zeros in IPv4, no brackets, no port. A zone is read and left out.
 * IPv4-mapped IPv6 stays IPv6. Undefined: not an address.
 */
export function parseAddress(text: string): Address | undefined {
  const separator = /[.:%]/.exec(text)?.[0];
  if (separator === ".") return parseIpv4(text);
  if (separator !== ":") return undefined;
  const zone = text.indexOf("%");
  if (zone < 0) return parseIpv6(text);
  return zone === text.length - 1 ? undefined : parseIpv6(text.slice(0, zone));
}

/**
 * A block as istiod reads it: `netip.ParsePrefix` of what contains a slash, else a single address. Bits of the host may be set.
 * Undefined: neither (istio/istio:pilot/pkg/networking/util/util.go AddrStrToPrefix, az:SRC-2).
 */
export function parseCidr(text: string): Block | undefined {
  const slash = text.lastIndexOf("/");
  const base = slash < 0 ? text : text.slice(0, slash);
  const address = parseAddress(base);
  if (address === undefined) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  if (slash < 0) return blockOf(address, bits);
  const length = text.slice(slash + 1);
  if (base.includes("%") || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  return Number(length) > bits ? undefined : blockOf(address, Number(length));
}

/** A port as Go's `strconv.ParseUint` reads it: digits, leading zeros allowed, at most 65535 (az:OP-1). */
export function parsePort(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const port = Number(text);
  return port > 65535 ? undefined : port;
}

function blockOf({ family, value }: Address, length: number): Block {
  const whole = Math.floor(length / 4);
  const digit = value.charAt(whole);
  const rest = value.length - whole;
  if (rest === 0) return { kind: "cidr", family, low: value, high: value };
  const mask = 0xf >> (length % 4);
  const first = Number.parseInt(digit, 16) & ~mask & 0xf;
  const kept = value.slice(0, whole);
  return {
    kind: "cidr",
    family,
    low: `${kept}${first.toString(16)}${"0".repeat(rest - 1)}`,
    high: `${kept}${(first | mask).toString(16)}${"f".repeat(rest - 1)}`,
  };
}

function parseIpv4(text: string): Address | undefined {
  const fields = text.split(".");
  if (fields.length !== 4 || !fields.every(isOctet)) return undefined;
  return { family: 4, value: fields.map((field) => hex(Number(field), 2)).join("") };
}

function isOctet(field: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(field) && Number(field) <= 255;
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = "", tail] = halves;
  if (tail === undefined) {
    const groups = groupsOf(head, true);
    return groups?.length === 8 ? { family: 6, value: groups.join("") } : undefined;
  }
  const before = head === "" ? [] : groupsOf(head, false);
  const after = tail === "" ? [] : groupsOf(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (missing < 1) return undefined;
  const zeros = Array.from({ length: missing }, () => "0000");
  return { family: 6, value: [...before, ...zeros, ...after].join("") };
}

/** Groups of four hex digits; the last may be an IPv4 address, which makes two. */
function groupsOf(text: string, last: boolean): readonly string[] | undefined {
  const fields = text.split(":");
  const end = fields.at(-1) ?? "";
  const ipv4 = last && end.includes(".") ? parseIpv4(end) : undefined;
  const plain = ipv4 ? fields.slice(0, -1) : fields;
  if (!plain.every((field) => /^[0-9A-Fa-f]{1,4}$/.test(field))) return undefined;
  const groups = plain.map((field) => field.toLowerCase().padStart(4, "0"));
  return ipv4 ? [...groups, ipv4.value.slice(0, 4), ipv4.value.slice(4)] : groups;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** An address as `inet_ntop` writes it: lower case, the longest run of zero groups left out, and what holds an IPv4 address with its dots. */
export function addressText(address: Address): string {
  const { family, value } = address;
  if (family === 4) return ipv4Text(value);
  if (!/^0{20}(?:ffff|0000(?!0000))/.test(value)) return withoutZeros(value);
  const dotted = ipv4Text(value.slice(24));
  return value.startsWith("f", 20) ? `::ffff:${dotted}` : `::${dotted}`;
}

/** As Go writes it, which is the same but for dots: only what is mapped, `::ffff:a.b.c.d`, has them. */
export function goAddressText(address: Address): string {
  const { family, value } = address;
  const isMapped = /^0{20}ffff/.test(value);
  return family === 4 || isMapped ? addressText(address) : withoutZeros(value);
}

/** Groups of hex digits, with `::` for the longest run of zeros, the first of equal ones (RFC 5952). */
function withoutZeros(value: string): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number.parseInt(value.slice(index * 4, index * 4 + 4), 16).toString(16),
  );
  const text = groups.join(":");
  const [longest] = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].toSorted(
    (a, b) => b[0].length - a[0].length || a.index - b.index,
  );
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, "");
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}

/** An address as all who connect to it take it, however it is spelled: an IPv4 address within IPv6 is that address. What is none stays as it is. */
export function plainAddress(text: string): string {
  const address = text.includes(":") && !text.includes("%") ? parseAddress(text) : undefined;
  if (address === undefined) return text;
  return /^0{20}ffff/.test(address.value)
    ? ipv4Text(address.value.slice(24))
    : addressText(address);
}

function ipv4Text(value: string): string {
  return [0, 2, 4, 6].map((at) => Number.parseInt(value.slice(at, at + 2), 16)).join(".");
}

/** An address as it stands in a URL and in a host header: IPv6 in brackets. */
export function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
