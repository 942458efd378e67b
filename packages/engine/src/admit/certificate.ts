/** An element of DER: its tag and where its contents stand. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const sequence = 0x30;
const bitString = 0x03;

/**
 * Whether bytes have the shape of an X.509 certificate: a sequence of what is signed, an algorithm and a signature, and nothing after it.
 * What is signed is not looked into. Go's parser (crypto/x509) calls anything else a malformed certificate.
 */
export function isCertificateShaped(bytes: Uint8Array): boolean {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== sequence || outer.end !== bytes.length) return false;
  const signed = elementAt(bytes, outer.start, outer.end);
  if (signed?.tag !== sequence) return false;
  const algorithm = elementAt(bytes, signed.end, outer.end);
  if (algorithm?.tag !== sequence) return false;
  const signature = elementAt(bytes, algorithm.end, outer.end);
  return signature?.tag === bitString && signature.end === outer.end;
}

/** The element that begins at an offset, if it ends within `limit`. Lengths are as short as can be. */
function elementAt(bytes: Uint8Array, at: number, limit: number): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first - 0x80;
  if (count > 4 || first === 0x80) return undefined;
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index += 1)
    length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + count;
  const isShort = count === 0 || (length >= 0x80 && bytes[at + 2] !== 0);
  return isShort && start + length <= limit ? { tag, start, end: start + length } : undefined;
}
