import { parseCidr, parsePort } from "../../match/address.ts";
import { utf8Bytes } from "../../match/bytes.ts";
import {
  type Literal,
  ofBytes,
  parseHeaderText,
  parseHost,
  parseNamespace,
  parsePrincipal,
  parseRequestPrincipal,
  parseServiceAccount,
  parseText,
  parseTrustDomain,
} from "../../match/parse-text.ts";
import { isPathTemplate, parsePathTemplate } from "../../match/path-template.ts";
import { re2Error } from "../../match/re2.ts";
import type { NoteCode } from "../../model/note.ts";
import type { Refusal } from "../../model/program.ts";
import type { Attribute, Pattern, Text } from "../../model/rule.ts";
import { expandPrincipal, expandTrustDomain } from "./trust-domain.ts";

/** How Envoy fails at something that istiod wrote. `early`: it is found before any matcher is built. */
export interface Failure extends Pick<Refusal, "effect" | "cause"> {
  readonly early?: true;
}

/** What one value of a policy comes to. */
export type Parsed =
  | { readonly patterns: readonly Pattern[]; readonly rewritten?: true }
  | { readonly invalid: NoteCode }
  | { readonly fails: Failure };

/** One field of a source or an operation, or one key of a `when`: what it looks at and how its values are read. */
export interface Term {
  readonly attribute: Attribute;
  readonly http?: true; // cannot be seen on a TCP chain
  readonly malformed?: true; // a key that istiod cannot read: it has no side
  readonly fails?: Failure; // a key that Envoy does not take
  readonly parse: (value: string) => Parsed;
}

/** What reading a policy depends on besides the policy. */
export interface Reading {
  readonly namespace: string; // of the policy
  readonly trustDomains: readonly string[]; // of the mesh
  readonly literal: Literal;
  readonly knowsTrustDomains: boolean; // by release
  readonly latin1: boolean; // by release: expressions take each byte for a character
}

const peer: Attribute = { kind: "peer" };

/** Text that is looked for in what the reading proxy sees as bytes. */
function bytes(parse: (value: string) => Text): Term["parse"] {
  return (value) => ofText(ofBytes(parse)(value), value);
}

function ofText(text: Text, value: string): Parsed {
  const error = text.kind === "re2" ? re2Error(text.source) : undefined;
  if (error === undefined) return { patterns: [text] };
  const cause = `\`${value}\` becomes a regular expression that Envoy does not take: ${error}`;
  return { fails: { effect: "update-refused", cause } };
}

export const address: Term["parse"] = (value) => {
  const block = parseCidr(value);
  return block ? { patterns: [block] } : { invalid: "invalid-address" };
};

export const port: Term["parse"] = (value) => {
  const number = parsePort(value);
  return number === undefined
    ? { invalid: "invalid-port" }
    : { patterns: [{ kind: "port", port: number }] };
};

const path: Term["parse"] = (value) => {
  if (!isPathTemplate(value)) return { patterns: [parseText(utf8Bytes(value))] };
  const template = parsePathTemplate(value);
  return "text" in template ? { patterns: [template.text] } : { fails: template };
};

export const text: Term["parse"] = bytes(parseText);
export const headerText: Term["parse"] = bytes(parseHeaderText);

/** Claims are compared as characters. */
export const claimText: Term["parse"] = (value) => ({ patterns: [parseText(value)] });
export const requestPrincipal: Term = {
  attribute: { kind: "request.principal" },
  http: true,
  parse: (value) => ({ patterns: [parseRequestPrincipal(value)] }),
};

export function principal({ literal, trustDomains }: Reading): Term {
  const parse: Term["parse"] = (value) => {
    const expanded = expandPrincipal(value, trustDomains);
    const texts = expanded.map((each) => parsePrincipal(utf8Bytes(each), literal));
    const broken = texts.map((each) => ofText(each, value)).find((each) => "fails" in each);
    if (broken) return broken;
    const rewritten = expanded.length > 1 || expanded[0] !== value;
    return { patterns: texts, ...(rewritten ? { rewritten } : {}) };
  };
  return { attribute: peer, parse };
}

export function namespace({ literal }: Reading): Term {
  return { attribute: peer, parse: bytes((value) => parseNamespace(value, literal)) };
}

export function serviceAccount(reading: Reading): Term {
  const of = utf8Bytes(reading.namespace);
  const parse: Term["parse"] = (value) => {
    const texts = parseServiceAccount(utf8Bytes(value), of, reading.literal);
    const broken = texts.map((each) => ofText(each, value)).find((each) => "fails" in each);
    return broken ?? { patterns: texts };
  };
  return { attribute: peer, parse };
}

export function trustDomain({ trustDomains }: Reading): Term {
  const parse: Term["parse"] = (value) => {
    const patterns = expandTrustDomain(value, trustDomains).map((each) =>
      parseTrustDomain(utf8Bytes(each)),
    );
    return { patterns };
  };
  return { attribute: peer, parse };
}

const sourceIp: Term = { attribute: { kind: "source.ip" }, parse: address };
const remoteIp: Term = { attribute: { kind: "remote.ip" }, parse: address };

/** The fields of a source, by the key of their positive side, in the order in which a config dump lists them. */
export function sourceTerms(reading: Reading): Readonly<Record<string, Term>> {
  return {
    principals: principal(reading),
    requestPrincipals: requestPrincipal,
    serviceAccounts: serviceAccount(reading),
    ...(reading.knowsTrustDomains ? { trustDomains: trustDomain(reading) } : {}),
    namespaces: namespace(reading),
    remoteIpBlocks: remoteIp,
    ipBlocks: sourceIp,
  };
}

/** The fields of an operation. */
export const operationTerms: Readonly<Record<string, Term>> = {
  hosts: { attribute: { kind: "host" }, http: true, parse: bytes(parseHost) },
  methods: { attribute: { kind: "method" }, http: true, parse: headerText },
  paths: { attribute: { kind: "path" }, http: true, parse: path },
  ports: { attribute: { kind: "destination.port" }, parse: port },
};
