import { decodeUtf8 } from "./sequence.ts";

const encoder = new TextEncoder();

/** A text as the byte string of its UTF-8: one character a byte (U+0000 to U+00FF). Envoy and ztunnel compare bytes. */
export function utf8Bytes(text: string): string {
  if (isAscii(text)) return text;
  let bytes = "";
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** The text of a byte string, or the bytes themselves where they are no UTF-8. */
export function textOfBytes(bytes: string): string {
  return decodeUtf8(bytes) ?? bytes;
}

/** A byte string with the capitals of ASCII made small: other bytes stay. */
export function lowerAscii(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
