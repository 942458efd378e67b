/** A value of ASN.1 in its distinguished encoding (X.690). */
export type Der = Uint8Array;

export function sequence(...parts: readonly Der[]): Der {
  return tagged(0x30, ...parts);
}

export function set(...parts: readonly Der[]): Der {
  return tagged(0x31, ...parts);
}

/** Something with a tag and a length around it. */
export function tagged(tag: number, ...parts: readonly Der[]): Der {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** A whole number that is not negative, from its bytes. */
export function integer(bytes: Uint8Array): Der {
  const first = bytes[0] ?? 0;
  return tagged(0x02, first >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** "2.5.29.17" */
export function objectId(text: string): Der {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(128 + (rest % 128));
  return bytes;
}

export function bits(bytes: Uint8Array, unused = 0): Der {
  return tagged(0x03, Buffer.from([unused]), bytes);
}

export function octets(...parts: readonly Der[]): Der {
  return tagged(0x04, ...parts);
}

export function utf8(text: string): Der {
  return tagged(0x0c, Buffer.from(text));
}

export const yes: Der = Buffer.from([0x01, 0x01, 0xff]);

/** A time to the second, as certificates have it until the end of 2049. */
export function utcTime(time: number): Der {
  const digits = new Date(time).toISOString().replace(/[-:T]|\.\d+/g, "");
  return tagged(0x17, Buffer.from(digits.slice(2)));
}
