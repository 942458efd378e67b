import { parseCidr, parsePort } from "../match/address.ts";
import { utf8Bytes } from "../match/bytes.ts";
import type { NoteCode } from "../model/note.ts";
import type { Path } from "../model/place.ts";
import type { Attribute, Clause, Matcher, Pattern, Text } from "../model/rule.ts";

/** The lists of one source, operation or condition, by their key. */
export type Values = Readonly<Record<string, readonly string[] | undefined>>;

/** Something that ztunnel is not told or cannot match. `holds`: how often the match holds without it, if anything is left of it. */
export interface Dropped {
  readonly because: NoteCode;
  readonly name: string; // the key, as istiod reports it
  readonly path: Path;
  readonly holds: "more" | "fewer" | "same";
  readonly value?: true;
}

interface Field {
  readonly attribute: Attribute;
  readonly field: string;
  readonly negated: string;
  readonly parse: (value: string) => Pattern | undefined;
  readonly invalid?: NoteCode;
}

/** What istiod cannot put into a match for ztunnel, and reports. */
export const httpOperationFields: readonly string[] = [
  ...["hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"],
];
export const httpSourceFields: readonly string[] = [
  ...["remoteIpBlocks", "notRemoteIpBlocks", "requestPrincipals", "notRequestPrincipals"],
];
/** What istiod neither copies nor reports (az:ZT-7). */
export const trustDomainFields: readonly string[] = ["trustDomains", "notTrustDomains"];

const text = { parse: parseText };
const address = { parse: parseCidr, invalid: "ztunnel-invalid-address" } as const;
const port = { parse: parsePortPattern, invalid: "ztunnel-invalid-port" } as const;

const peer: Attribute = { kind: "peer" };
const peerNamespace: Attribute = { kind: "peer.namespace" };
const sourceIp: Attribute = { kind: "source.ip" };
const destinationPort: Attribute = { kind: "destination.port" };

export const operationFields: readonly Field[] = [
  { attribute: destinationPort, field: "ports", negated: "notPorts", ...port },
];

/** A service account without a namespace is one of the policy's own. */
export function sourceFields(namespace: string): readonly Field[] {
  const account = (value: string): Pattern => ({
    kind: "exact",
    text: utf8Bytes(value.includes("/") ? value : `${namespace}/${value}`),
  });
  return [
    { attribute: sourceIp, field: "ipBlocks", negated: "notIpBlocks", ...address },
    { attribute: peerNamespace, field: "namespaces", negated: "notNamespaces", ...text },
    {
      attribute: { kind: "peer.account" },
      field: "serviceAccounts",
      negated: "notServiceAccounts",
      parse: account,
    },
    { attribute: peer, field: "principals", negated: "notPrincipals", ...text },
  ];
}

const values = { field: "values", negated: "notValues" };

/** The keys of a `when` that count as L4; every other one counts as HTTP, even `source.serviceAccount` (az:ZT-6). */
export const conditionFields: ReadonlyMap<string, Field> = new Map(
  Object.entries<Field>({
    "source.ip": { attribute: sourceIp, ...values, ...address },
    "source.namespace": { attribute: peerNamespace, ...values, ...text },
    "source.principal": { attribute: peer, ...values, ...text },
    "destination.ip": { attribute: { kind: "destination.ip" }, ...values, ...address },
    "destination.port": { attribute: destinationPort, ...values, ...port },
  }),
);

/** The clauses of one match, and what could not be put into it. */
export function readFields(
  written: Values,
  path: Path,
  fields: readonly Field[],
  http: readonly string[],
): { readonly clauses: readonly Clause[]; readonly dropped: readonly Dropped[] } {
  const unsupported = http
    .filter((name) => emptyOr(written[name]).length > 0)
    .map(
      (name): Dropped => ({
        because: "ztunnel-http-attribute",
        name,
        path: [...path, name],
        holds: "more",
      }),
    );
  const read = fields.map((field) => readField(written, path, field));
  return {
    clauses: read.flatMap(({ clause }) => clause ?? []),
    dropped: [...unsupported, ...read.flatMap(({ dropped }) => dropped)],
  };
}

function readField(
  written: Values,
  path: Path,
  field: Field,
): { clause?: Clause; dropped: readonly Dropped[] } {
  const any = readList(emptyOr(written[field.field]), [...path, field.field], field);
  const none = readList(emptyOr(written[field.negated]), [...path, field.negated], field);
  const emptied = any.matchers.length === 0;
  const dropped = [
    ...any.dropped.map((each) => unmatched(each, emptied ? "more" : "same", "fewer")),
    ...none.dropped.map((each) => unmatched(each, "same", "more")),
  ];
  if (any.matchers.length + none.matchers.length === 0) return { dropped };
  const clause: Clause = {
    attribute: field.attribute,
    field: field.field,
    ...(any.matchers.length > 0 ? { any: any.matchers } : {}),
    ...(none.matchers.length > 0 ? { none: none.matchers } : {}),
  };
  return { clause, dropped };
}

/** A value that was left out, or one that stays and never matches. */
function unmatched(dropped: Dropped, invalid: Dropped["holds"], mapped: Dropped["holds"]): Dropped {
  return { ...dropped, holds: dropped.because === "ztunnel-mapped-address" ? mapped : invalid };
}

function readList(list: readonly string[], path: Path, { parse, field, invalid }: Field) {
  const matchers: Matcher[] = [];
  const dropped: Dropped[] = [];
  list.forEach((value, of) => {
    const pattern = parse(value);
    const because = pattern ? mappedAddress(pattern) : invalid;
    if (pattern) matchers.push({ ...pattern, of });
    if (because)
      dropped.push({ because, name: field, path: [...path, of], holds: "same", value: true });
  });
  return { matchers, dropped };
}

/** ztunnel compares IPv4 after it has turned IPv4-mapped addresses into it. `ztunnel:src/socket.rs#to_canonical` */
function mappedAddress(pattern: Pattern): NoteCode | undefined {
  if (pattern.kind !== "cidr" || pattern.family === 4) return undefined;
  return pattern.low.startsWith(mappedPrefix) ? "ztunnel-mapped-address" : undefined;
}

const mappedPrefix = "00000000000000000000ffff";

function parsePortPattern(value: string): Pattern | undefined {
  const parsed = parsePort(value);
  return parsed === undefined ? undefined : { kind: "port", port: parsed };
}

/** One `*` at either end, or alone for anything but "" (`#stringToMatch`); anywhere else it is an ordinary character. */
function parseText(value: string): Text {
  if (value === "*") return { kind: "sequence", pieces: [{ run: "any", min: 1 }] };
  if (value.startsWith("*")) return { kind: "suffix", text: utf8Bytes(value.slice(1)) };
  if (value.endsWith("*")) return { kind: "prefix", text: utf8Bytes(value.slice(0, -1)) };
  return { kind: "exact", text: utf8Bytes(value) };
}

/** An absent list and an empty one are the same here. A `null` that admission would refuse counts as absent. */
export function emptyOr<T>(list: readonly T[] | null | undefined): readonly T[] {
  return list ?? [];
}
