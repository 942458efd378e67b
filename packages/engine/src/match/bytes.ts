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
