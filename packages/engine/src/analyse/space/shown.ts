import { decodeUtf8 } from "../../match/sequence.ts";
import type { Piece, Text } from "../../model/rule.ts";

/** A path with its query, where others are asked for paths alone. */
export const targetField = ":path";

/** A pattern as a policy writes it, as far as one can tell; `field` says what stands around it. */
export function shownText(field: string, pattern: Text): string {
  if (field === targetField) return shownTarget(pattern);
  switch (pattern.kind) {
    case "exact":
      return readable(field, pattern.text);
    case "prefix":
      return shownPrefix(field, pattern.text);
    case "suffix":
      return `*${readable("", pattern.text)}`;
    case "present":
      return "*";
    case "re2":
      return shownSource(field, pattern.source);
    case "sequence":
      return shownSequence(field, pattern.pieces);
  }
}

/** What `paths` would ask for in these words is said apart: there any query may follow. */
function shownTarget(pattern: Text): string {
  const said = shownText("", pattern);
  if (said.includes("?")) return said;
  if (pattern.kind === "exact") return `${said} without a query`;
  return pattern.kind === "suffix" ? `${said} with its query` : said;
}

const scheme = "spiffe://";

function readable(field: string, text: string): string {
  const decoded = decodeUtf8(text) ?? text;
  return isPeer(field) && decoded.startsWith(scheme) ? decoded.slice(scheme.length) : decoded;
}

const peerFields = ["principal", "serviceaccount", "namespace", "trustdomain"];

function isPeer(field: string): boolean {
  if (field === "peer") return true;
  const lower = field.toLowerCase();
  return peerFields.some((each) => lower.includes(each)) && !lower.includes("request");
}

function shownPrefix(field: string, text: string): string {
  const domain = isPeer(field) ? /^spiffe:\/\/([^/]*)\/$/.exec(text)?.[1] : undefined;
  if (domain !== undefined) return `trust domain ${domain}`;
  return isPeer(field) && text === scheme ? "any SPIFFE identity" : `${readable(field, text)}*`;
}

const namespaceForm = /^\*\/ns\/(.*)\/\*$/;
const accountForm = /^spiffe:\/\/\*\/ns\/([^/]*)\/(?:\*\/)?sa\/([^/]*)/;
const domainForm = /^spiffe:\/\/([^/]*)\/\*$/;

function shownSequence(field: string, pieces: readonly Piece[]): string {
  const whole = pieces.map(pieceText).join("");
  const text = decodeUtf8(whole) ?? whole;
  if (!isPeer(field)) return text;
  const namespace = namespaceForm.exec(text)?.[1];
  if (namespace !== undefined) return `namespace ${namespace}`;
  const [, of, account] = accountForm.exec(text) ?? [];
  if (account !== undefined) return `service account ${of}/${account}`;
  const domain = domainForm.exec(text)?.[1];
  if (domain !== undefined) return `trust domain ${domain}`;
  return text.startsWith(scheme) ? text.slice(scheme.length) : text;
}

/** What releases that did not quote values put around them (az:ENV-9). */
const frames: readonly (readonly [RegExp, (value: string) => string])[] = [
  [/^\.\*\/ns\/(.*)\/\.\*$/, (value): string => `namespace ${value.replaceAll(".*", "*")}`],
  [
    /^spiffe:\/\/\.\+\/ns\/([^/]*)\/\(\.\+\/\|\)sa\/(.*)\(\/\.\+\)\?$/,
    (value): string => `service account ${value}`,
  ],
  [/^spiffe:\/\/\.\*(.*)$/, (value): string => `*${value}`],
];

/** The value that became an expression; where that reads it otherwise than as it is written, this is said. */
function shownSource(field: string, source: string): string {
  if (!isPeer(field)) return source;
  for (const [frame, named] of frames) {
    const found = frame.exec(source)?.slice(1);
    if (!found) continue;
    const value = found.join("/");
    const isPlain = !/[\\^$.|?*+()[\]{}]/.test(value.replaceAll(".*", ""));
    return isPlain ? named(value) : `${named(value)} as an expression`;
  }
  return source;
}

function pieceText(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if (piece.run === "template") return "{*}";
  return piece.run === "template-or-slash" ? "{**}" : "*";
}
