import type { Pattern, Text } from "../model/rule.ts";
import { parseAddress } from "./address.ts";
import { splitPrincipal } from "./principal.ts";
import { matchesRe2 } from "./re2.ts";
import { type Alphabet, matchesSequence } from "./sequence.ts";

/** Whether one value of an attribute matches one pattern of a rule. `alphabet`: claims are characters, everything else bytes. */
export function matches(pattern: Pattern, value: string, alphabet: Alphabet = "bytes"): boolean {
  switch (pattern.kind) {
    case "cidr":
      return inBlock(pattern, value);
    case "port":
      return Number(value) === pattern.port;
    case "principal": {
      const { issuer, subject } = splitPrincipal(value);
      return (
        matchesText(pattern.issuer, issuer, alphabet) &&
        matchesText(pattern.subject, subject, alphabet)
      );
    }
    case "list":
      return matchesText(pattern.element, value, alphabet);
    default:
      return matchesText(pattern, value, alphabet);
  }
}

/** Whether a value matches a text pattern; comparisons are byte-wise unless `fold` asks for ASCII case folding (az:STR-4). */
export function matchesText(text: Text, value: string, alphabet: Alphabet = "bytes"): boolean {
  switch (text.kind) {
    case "exact":
      return text.fold
        ? value.length === text.text.length && equalsFolded(value, 0, text.text)
        : value === text.text;
    case "prefix":
      return text.fold ? equalsFolded(value, 0, text.text) : value.startsWith(text.text);
    case "suffix":
      return text.fold
        ? equalsFolded(value, value.length - text.text.length, text.text)
        : value.endsWith(text.text);
    case "present":
      return true;
    case "sequence":
      return matchesSequence(text.pieces, value, text.latin1 ? "latin1" : alphabet);
    case "re2":
      return matchesRe2(text.source, value, alphabet);
  }
}

/** Whether `part` stands at `start` of the value, in any ASCII case. */
function equalsFolded(value: string, start: number, part: string): boolean {
  if (start < 0 || start + part.length > value.length) return false;
  for (let index = 0; index < part.length; index += 1)
    if (folded(value.charCodeAt(start + index)) !== folded(part.charCodeAt(index))) return false;
  return true;
}

function folded(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

type Address = ReturnType<typeof parseAddress>;

/** Addresses seen before: one request meets many blocks with the same address. Emptied when full. */
const addresses = new Map<string, Address>();

function inBlock(block: Extract<Pattern, { kind: "cidr" }>, value: string): boolean {
  const address = addressOf(value);
  if (address?.family !== block.family) return false;
  return block.low <= address.value && address.value <= block.high;
}

/** Longer than any address: what a stranger sends is not kept. */
const longest = 64;

function addressOf(value: string): Address {
  if (value.length > longest) return parseAddress(value);
  if (addresses.has(value)) return addresses.get(value);
  if (addresses.size >= 1024) addresses.clear();
  const address = parseAddress(value);
  addresses.set(value, address);
  return address;
}
