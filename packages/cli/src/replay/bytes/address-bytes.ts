const [dot, zero] = [46, 48] as const;

/** Whether an IPv4 address stands there, as it is usually written; others have to be read. */
export function isAddress(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  for (let part = 0; part < 4; part += 1) {
    const end = octetEnd(bytes, at);
    if (end < 0 || (part < 3 && bytes[end] !== dot)) return false;
    at = part < 3 ? end + 1 : end;
  }
  return at === to;
}

/** Where a number up to 255 without zeros ahead ends. -1: there is none. */
function octetEnd(bytes: Buffer, from: number): number {
  let number = 0;
  let at = from;
  for (; isDigit(bytes[at] ?? 0) && at < from + 3; at += 1)
    number = number * 10 + (bytes[at] ?? 0) - zero;
  const isPlain = at === from + 1 || bytes[from] !== zero;
  return at > from && isPlain && number < 256 ? at : -1;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}
