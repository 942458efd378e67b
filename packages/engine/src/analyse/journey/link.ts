import { mutateHeaders } from "../../envoy/http/mutate-headers.ts";
import type { Program } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { HeaderChanges, Rewrite } from "../../model/route.ts";
import { filtersOf, jwtProvidersOf } from "../point-program.ts";
import { isRemoteOwn } from "../space/arrivals.ts";
import { claimUnwritten, claimWritten } from "../space/claim-headers.ts";
import { always, and, type Formula, type Looked, not, or, substitute } from "../space/formula.ts";
import { handedOn } from "../space/handed.ts";
import type { Reading } from "../space/reading.ts";
import { writtenHeader } from "../space/rewrites.ts";
import { claimImage } from "./claim-image.ts";
import { atValue } from "./constant.ts";
import { type Exchange, exchanged, headOf, type PathCases, type PathLook } from "./path-cases.ts";
import { casesOf } from "./regex-rewrite.ts";
import { beforeRewrite, isWord, wholePath } from "./rewritten-path.ts";
import { free, type Image, isWritten, type Stretch, same } from "./stretch.ts";
import { behind, isBehind } from "./substitute.ts";

/** What is asked of a request at the next proxy, as a question about it as it came to this one. */
export function askedBefore(formula: Formula, stretch: Stretch): Formula {
  return substitute(
    formula,
    (looked) => seenBefore(looked, stretch),
    (name) => answerBefore(name, stretch),
  );
}

/** A look of the next proxy at an attribute. */
function seenBefore(looked: Looked, stretch: Stretch): Formula {
  if (isBehind(looked.attribute)) return looked;
  const image = imageOf(looked.attribute, stretch);
  const unknown = behind(looked, stretch.from.name);
  if (image.kind === "free") return unknown;
  if (image.kind === "rewritten") return rewritten(looked, image, unknown);
  if (image.kind === "value") return atValue(looked, image.value, stretch.setting) ?? unknown;
  return looked.attribute === "remote.ip"
    ? { ...looked, attribute: clientAddress(stretch) }
    : written(looked, stretch.from.reading);
}

function rewritten(looked: Looked, { cases, open }: PathCases, unknown: Formula): Formula {
  const parts = cases.map(({ when, exchange }) =>
    and(when, exchange ? (earlier(looked, exchange) ?? unknown) : looked),
  );
  const rest = open ? [and(...cases.map(({ when }) => not(when)), unknown)] : [];
  return or(...parts, ...rest);
}

function earlier(looked: Looked, exchange: Exchange): Formula | undefined {
  const shape = looked.kind === "atom" ? beforeRewrite(looked.shape, exchange) : undefined;
  return shape && { kind: "atom", attribute: looked.attribute, shape };
}

/** Where this proxy reads the address of its client, which it passes on. */
function clientAddress({ from: { chain, proxied } }: Stretch): string {
  return isRemoteOwn(chain, proxied) ? "remote.ip" : "source.ip";
}

/** A header as the filters of this proxy left it. */
function written(looked: Looked, { rewrites }: Reading): Formula {
  const [, header] = /^header ([^@]+)$/.exec(looked.attribute) ?? [];
  if (header === undefined) return looked;
  return rewrites.reduce<Formula>((before, rewrite) => {
    const change = rewrite.of(header);
    if (change === undefined) return before;
    const after = asWritten(looked, change.attribute, header);
    if (change.when === always) return after;
    return or(and(change.when, after), and(not(change.when), before));
  }, looked);
}

function asWritten(looked: Looked, attribute: string, header: string): Formula {
  if (!attribute.startsWith("claim ")) return { ...looked, attribute };
  if (looked.kind === "absent") return claimUnwritten(attribute);
  const { texts } = looked.shape;
  return texts ? claimWritten(attribute, header, texts) : { ...looked, attribute };
}

function imageOf(attribute: string, stretch: Stretch): Image {
  const { connection } = stretch.to;
  const known = (value: string | undefined): Image =>
    value === undefined ? free : { kind: "value", value };
  switch (attribute) {
    case "peer":
      return peerImage(connection);
    case "source.ip":
      return known(connection.sourceIp);
    case "destination.ip":
      return known(connection.destinationIp);
    case "destination.port":
      return stretch.to.samePort ? same : known(String(connection.destinationPort));
    case "sni":
      return sniImage(stretch.to);
    case "transport":
      return known(connection.transport === "hbone" ? "hbone" : "direct");
    case "door":
      return known(stretch.to.door);
    case "remote.ip":
      return remoteImage(stretch);
    case "method":
      return same;
    case "host":
      return hostImage(stretch);
    case "path":
      return pathImage(stretch);
    default:
      return otherImage(attribute, stretch);
  }
}

function sniImage({ named, connection }: Stretch["to"]): Image {
  if (named === undefined) return { kind: "value", value: connection.sni ?? "" };
  return named === "by client" ? same : free;
}

/** Who opened the connection, as its certificate says. */
function peerImage({ transport, certificate }: Connection): Image {
  return transport === "mtls" && certificate === undefined
    ? free
    : { kind: "value", value: certificate?.uris?.[0] };
}

/**
 * A gateway that takes the address of its peer for that of the client adds it behind all others, and the next proxy takes the last. Whoever
 * makes a copy adds its own.
 */
function remoteImage({ from, to, copied }: Stretch): Image {
  const http = to.program.listeners.flatMap(({ chains }) =>
    chains.flatMap((each) => each.http ?? []),
  );
  const isLast = http.every((each) => each.remoteAddress === "xff" && each.trustedHops === 0);
  const [address, ...more] = from.program.proxy.addresses;
  if (copied) {
    const isKnown = isLast && address !== undefined && more.length === 0;
    return isKnown ? { kind: "value", value: address } : free;
  }
  const { http: own } = from.chain;
  const isEdge = own?.remoteAddress === "peer" && own.trustedHops === 0;
  return isLast && isEdge ? same : free;
}

function hostImage({ action, destination }: Stretch): Image {
  const { authority, endpointHost } = action?.rewrite ?? {};
  if (endpointHost) return free;
  const value = authority || destination.authority;
  if (value !== undefined) return { kind: "value", value };
  return isWritten("host", [destination.headers, action?.headers]) ? free : same;
}

function pathImage({ action, destination, looked, from }: Stretch): Image {
  const { prefix, pattern } = action?.rewrite ?? {};
  const path = wholePath(action?.rewrite);
  if (isWritten(":path", [destination.headers, action?.headers])) return free;
  if (path !== undefined)
    return looked.queries || path === "" || !isWord(path) ? free : { kind: "value", value: path };
  const look = { ...unread, ...from.chain.http, queries: looked.queries };
  const cases = pattern ? casesOf(pattern, look) : prefix && replaced(prefix, look);
  if (cases) return { kind: "rewritten", ...cases };
  return pattern || prefix ? free : same;
}

const unread = { normalizePath: true, mergeSlashes: false, escapedSlashes: "keep" } as const;

/** The route has seen to it that the prefix is there. */
function replaced(
  { from, to, fold }: NonNullable<Rewrite["prefix"]>,
  look: PathLook,
): PathCases | undefined {
  return isWord(from) && isWord(to) && from !== "" && to !== ""
    ? exchanged(headOf(from, fold), to, look)
    : undefined;
}

function otherImage(attribute: string, stretch: Stretch): Image {
  if (handedOn(attribute)) return free;
  if (attribute.startsWith("claim ")) return claimImage(stretch);
  const { provider, claim } = writtenHeader(attribute) ?? {};
  if (claim !== undefined || attribute.endsWith("@ ")) return claimImage(stretch);
  if (provider !== undefined) return isAsked(provider, stretch.from.program) ? free : same;
  const [, name] = /^header (.*)$/.exec(attribute) ?? [];
  return name === undefined ? free : headerImage(name, stretch);
}

/** Whether a provider changes a header, as it says to the next proxy: where this one asks it, too, that is another answer. */
function answerBefore(name: string, { from }: Stretch): string {
  const [provider = "", header, ...more] = name.split("\n");
  const isOther = header !== undefined && more.length === 0 && isAsked(provider, from.program);
  return isOther ? `${name}\n${from.name}` : name;
}

function isAsked(name: string, program: Program): boolean {
  return filtersOf(program).some(
    (filter) => filter.kind === "ext-authz" && filter.provider === name,
  );
}

/** Headers that proxies themselves write, or that say how to read the message. */
const own =
  /^(?:x-forwarded-|x-envoy-|x-request-id$|x-b3-|b3$|traceparent$|tracestate$|grpc-timeout$|forwarded$|via$|te$|referer$|connection$|upgrade$|content-|expect$|transfer-encoding$|keep-alive$|proxy-|:)/;

function headerImage(name: string, stretch: Stretch): Image {
  if (own.test(name) || mayBeToken(name, stretch.from.program)) return free;
  if (isTouched(name, stretch.to.program)) return free;
  const { action, destination } = stretch;
  return [destination.headers, action?.headers].reduce<Image>(
    (image, changes) => changed(name, changes, image),
    same,
  );
}

function changed(name: string, changes: HeaderChanges = {}, before: Image): Image {
  const writes = (changes.write ?? []).filter((each) => each.name === name);
  const [only, ...more] = writes;
  if (only !== undefined)
    return more.length > 0 || only.append || only.value.includes("%")
      ? free
      : { kind: "value", value: only.value };
  return changes.remove?.includes(name) ? { kind: "value", value: undefined } : before;
}

/** A header that a token may have stood in. */
function mayBeToken(name: string, program: Program): boolean {
  return jwtProvidersOf(program).some(
    ({ headers, cookies }) =>
      headers.some((header) => header.name.toLowerCase() === name) ||
      (name === "cookie" && cookies.length > 0),
  );
}

const downstream = { encrypted: false, address: (): string => "10.0.0.1" };

/** Whether the next connection manager changes the header before anything looks at it. */
function isTouched(name: string, { listeners }: Program): boolean {
  const settings = listeners.flatMap(({ chains }) => chains.flatMap((chain) => chain.http ?? []));
  return settings.some((http) => {
    if (name.includes("_") && http.underscores !== "keep") return true;
    const values = mutateHeaders([[name, "x"]], http, downstream).filter(([each]) => each === name);
    return JSON.stringify(values) !== JSON.stringify([[name, "x"]]);
  });
}
