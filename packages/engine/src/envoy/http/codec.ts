import type { HttpSettings } from "../../model/program.ts";
import type { Header, HttpRequest } from "../../model/request.ts";
import type { LocalReply } from "../proxy-request.ts";

/** A request as a codec hands it on: names in lower case, inline headers joined, nothing removed or added yet. */
export interface DecodedRequest {
  readonly kind: "decoded";
  readonly version: HttpRequest["version"];
  readonly method: string;
  readonly path?: string; // absent for a classic CONNECT
  readonly authority?: string;
  readonly scheme?: string; // of an absolute-form target
  readonly headers: readonly Header[];
  readonly body?: string; // what follows, even if it is empty; absent: the request ends with its headers
}

/** A codec refuses the bytes. Without a status the client gets a reset stream or a closed connection. */
export interface CodecError {
  readonly kind: "codec-error";
  readonly status?: number;
  readonly body?: string;
  readonly details?: string;
}

/** The codec answers by itself, as a proper reply. */
export interface CodecReply {
  readonly kind: "reply";
  readonly reply: LocalReply;
  readonly unseen?: true; // before anybody looks at the headers: gRPC gets no form of its own
}

export type Decoded = DecodedRequest | CodecError | CodecReply;

/** A request whose parts are all known. */
export interface RawRequest {
  readonly version: HttpRequest["version"];
  readonly method: string;
  readonly target: string;
  readonly host: string | null;
  readonly headers: readonly Header[]; // names in lower case
  readonly body?: string;
}

export interface CodecSettings
  extends Pick<HttpSettings, "underscores" | "queryMethod" | "http10"> {
  readonly plaintextEdge?: true; // nobody stands before this proxy, and the connection is not encrypted: no URL may say that it is
}

/** How large the headers of a request may be, and how many: Envoy's defaults, which istiod leaves alone. */
export const limits: { readonly bytes: number; readonly count: number } = {
  bytes: 60 * 1024,
  count: 100,
};

/** Characters that no authority may hold stop a request in either codec; HTTP/2 also refuses `@` and an empty one. */
export function validAuthority(authority: string): boolean {
  return /^[A-Za-z0-9\-._~%!$&'()*+,;=:[\]@]*$/.test(authority);
}

/** Control characters but the tab, and DEL. */
export function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are looked for
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(text);
}

/** What a header name is made of, in either codec. */
export function validName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name);
}

/** The header lines without the blanks around their values. */
export function trimValues(headers: readonly Header[]): readonly Header[] {
  if (!headers.some(([, value]) => /^[ \t]|[ \t]$/.test(value))) return headers;
  return headers.map(([name, value]) => [name, trimBlanks(value)]);
}

/** A pattern would begin anew at each of many blanks in the middle. */
function trimBlanks(value: string): string {
  let [start, end] = [0, value.length];
  while (isBlank(value[start])) start += 1;
  while (end > start && isBlank(value[end - 1])) end -= 1;
  return value.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/** Without the headers that a codec drops for their underscores. */
export function keptLines(
  headers: readonly Header[],
  { underscores }: CodecSettings,
): readonly Header[] {
  return underscores === "drop" ? headers.filter(([name]) => !name.includes("_")) : headers;
}
