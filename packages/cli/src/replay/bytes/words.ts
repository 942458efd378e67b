/** Bytes of which four are read at once. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** `viewOf`; that of the bytes which were asked for last is kept. */
export function wordsOfLast(): (bytes: Uint8Array) => DataView {
  let last: Uint8Array = new Uint8Array(0);
  let words = viewOf(last);
  return (bytes) => {
    if (bytes === last) return words;
    last = bytes;
    words = viewOf(bytes);
    return words;
  };
}

/**
 * Where the first of a run of bytes is that cannot stand in a JSON text as it is, or ends it: a quote, a backslash, a control
 * character (and DEL), what is not ASCII. The end, if there is none.
 */
export function plainEnd(words: DataView, from: number): number {
  const last = words.byteLength - 4;
  let at = from;
  for (; at <= last; at += 4) {
    const odd = oddIn(words.getInt32(at, true));
    if (odd !== 0) return at + firstByte(odd);
  }
  while (at < words.byteLength && (oddIn(words.getUint8(at) | letters) & 0xff) === 0) at += 1;
  return at;
}

/**
 * The first place of a stretch whose byte is another one so much further on; the end of the stretch, if there is none. What is not there
 * is another byte.
 */
export function differsAt(words: DataView, from: number, to: number, ahead: number): number {
  const end = Math.min(to, words.byteLength - Math.max(ahead, 0));
  let at = from;
  for (; at <= end - 4; at += 4) {
    const odd = words.getInt32(at, true) ^ words.getInt32(at + ahead, true);
    if (odd !== 0) return at + firstByte(odd);
  }
  while (at < end && words.getUint8(at) === words.getUint8(at + ahead)) at += 1;
  return at;
}

const letters = 0x61616100;

/**
 * The highest bit of the first byte of four that is not plain, and perhaps of later ones; 0: all are plain. `x - 1 & ~x` has the highest
 * bit of a byte that is 0 (or above 0x80), `x - 0x20` of one below 0x20, `x + 1` of 0x7f: borrows and carries only reach what comes later.
 */
function oddIn(word: number): number {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  const escaped = ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
  return (escaped | (word - 0x20202020) | (word + 0x01010101) | word) & 0x80808080;
}

/** Which byte of four has the lowest bit that is set. */
function firstByte(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}
