/** Bytes are strings of one character a byte (U+0000 to U+00FF), here and in all of the data plane. */
type Bytes = string;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const standard: string = `${alphabet}+/`;
/** The value of each character code; -1: none. */
const values: Int8Array = new Int8Array(128).fill(-1);
for (const [value, character] of [...`${alphabet}-_`].entries())
  values[character.charCodeAt(0)] = value;

/**
 * The bytes of a base64url text, as Envoy decodes tokens and keys: white space is skipped, padding is absent or exact, leftover
 * bits are ignored. Undefined: not base64url. Follows abseil/abseil-cpp:absl/strings/escaping.cc WebSafeBase64Unescape.
 */
export function decodeBase64Url(text: string): Bytes | undefined {
  const codes = base64UrlCodes(text);
  return codes && fromCodes(codes);
}

/** The same bytes by their values. */
export function base64UrlCodes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const dense = /\s/.test(text) ? text.replace(/[\t\n\v\f\r ]/g, "") : text;
  const length = unpadded(dense);
  if (length === undefined || length % 4 === 1) return undefined;
  const codes = new Uint8Array((length * 3) >> 2);
  let filled = 0;
  let wrong = 0; // below 0 once a character is none of the alphabet
  for (let at = 0; at < length; at += 4) {
    const first = valueAt(dense, at);
    const second = valueAt(dense, at + 1);
    const third = at + 2 < length ? valueAt(dense, at + 2) : 0;
    const fourth = at + 3 < length ? valueAt(dense, at + 3) : 0;
    wrong |= first | second | third | fourth;
    codes[filled] = (first << 2) | (second >> 4);
    codes[filled + 1] = (second << 4) | (third >> 2); // beyond the end: nothing
    codes[filled + 2] = (third << 6) | fourth;
    filled += 3;
  }
  return wrong < 0 ? undefined : codes;
}

function valueAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? -1;
}

/** How much of the text is not padding. Undefined: the padding is there and wrong. */
function unpadded(dense: string): number | undefined {
  let length = dense.length;
  while (length > 0 && dense.charAt(length - 1) === "=") length -= 1;
  const padding = dense.length - length;
  return padding === 0 || padding === (4 - (length % 4)) % 4 ? length : undefined;
}

/** Base64 with the standard alphabet and padding: how Envoy writes objects and lists into headers. */
export function encodeBase64(bytes: Bytes): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const rest = bytes.length - index;
    const group =
      (bytes.charCodeAt(index) << 16) |
      (rest > 1 ? bytes.charCodeAt(index + 1) << 8 : 0) |
      (rest > 2 ? bytes.charCodeAt(index + 2) : 0);
    for (let digit = 0; digit < 4; digit += 1)
      text += digit > rest ? "=" : standard.charAt((group >> (18 - 6 * digit)) & 63);
  }
  return text;
}

/** A byte string of byte values; long ones too. */
export function fromCodes(codes: Uint8Array): Bytes {
  let bytes = "";
  for (let start = 0; start < codes.length; start += 8192)
    bytes += Reflect.apply(String.fromCharCode, undefined, codes.subarray(start, start + 8192));
  return bytes;
}

/** The byte values of a byte string. */
export function toCodes(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) codes[index] = bytes.charCodeAt(index);
  return codes;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text that the bytes are in UTF-8. Undefined: they are not UTF-8. */
export function decodeUtf8(bytes: Bytes): string | undefined {
  return utf8Text(toCodes(bytes));
}

/** The same of bytes by their values. */
export function utf8Text(codes: Uint8Array): string | undefined {
  try {
    return decoder.decode(codes);
  } catch {
    return undefined;
  }
}

/** base64url of bytes, without padding. */
export function encodeBase64Url(bytes: string): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
