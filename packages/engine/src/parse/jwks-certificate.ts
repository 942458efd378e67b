import { decodeBase64Url } from "./base64.ts";
import { isModulus, type PublicKey, stripZeros } from "./jwks-key.ts";

const pem = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END /;
const rsaEncryption = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"; // 1.2.840.113549.1.1.1

/** The RSA key of a PEM certificate (key sets of the form `{kid: certificate}`). `other`: another kind of key. Undefined: no certificate. */
export function parseCertificate(kid: string, text: string): PublicKey | "other" | undefined {
  const base64 = pem.exec(text)?.[1]?.replace(/\+/g, "-").replace(/\//g, "_");
  const der = base64 === undefined ? undefined : decodeBase64Url(base64);
  const certificate = elementsOf(elementsOf(der)?.[0]?.content);
  const body = elementsOf(certificate?.[0]?.content);
  const versioned = body?.[0]?.tag === 0xa0 ? 1 : 0;
  const keyInfo = elementsOf(body?.[5 + versioned]?.content);
  const algorithm = elementsOf(keyInfo?.[0]?.content)?.[0]?.content;
  if (algorithm === undefined) return undefined;
  if (algorithm !== rsaEncryption) return "other";
  return rsaKey(kid, keyInfo?.[1]?.content.slice(1)); // after the count of unused bits
}

function rsaKey(kid: string, bits: string | undefined): PublicKey | undefined {
  const numbers = elementsOf(elementsOf(bits)?.[0]?.content);
  const [modulus, exponent] = (numbers ?? []).map(({ content }) => stripZeros(content));
  if (modulus === undefined || exponent === undefined || !isModulus(modulus)) return undefined;
  return { kid, alg: "", kind: "rsa", modulus, exponent };
}

interface Element {
  readonly tag: number;
  readonly content: string;
}

/** The DER elements that stand one after another. Undefined: not DER. */
function elementsOf(der: string | undefined): readonly Element[] | undefined {
  if (der === undefined) return undefined;
  const elements: Element[] = [];
  let at = 0;
  while (at < der.length) {
    const size = sizeAt(der, at + 1);
    if (size === undefined || size.end > der.length) return undefined;
    elements.push({ tag: der.charCodeAt(at), content: der.slice(size.start, size.end) });
    at = size.end;
  }
  return elements;
}

function sizeAt(
  der: string,
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const first = der.charCodeAt(at);
  if (Number.isNaN(first)) return undefined;
  if (first < 0x80) return { start: at + 1, end: at + 1 + first };
  const digits = first & 0x7f;
  if (digits === 0 || digits > 4) return undefined;
  let length = 0;
  for (let index = 1; index <= digits; index += 1)
    length = length * 256 + der.charCodeAt(at + index);
  const start = at + 1 + digits;
  return Number.isNaN(length) ? undefined : { start, end: start + length };
}
