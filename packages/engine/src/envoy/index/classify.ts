import { matches } from "../../match/matches.ts";
import type { Attribute } from "../../model/rule.ts";
import type { KnownRequest } from "./known-request.ts";
import { missing, ordinary } from "./ranks.ts";
import { type Flag, firstFlag, matched, slots, unmatched } from "./slots.ts";
import { lowerCase } from "./sorted-pattern.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Turns the attributes of requests into ranks. */
export interface Classifier {
  readonly ranks: Int32Array; // of the last request, where they were wanted
  /** The ranks of some slots; `needs` has their bits. False: the identity is one whose patterns have to be walked. */
  readonly classify: (request: KnownRequest, needs: number) => boolean;
  /** The rank of a pattern that is tested by itself. */
  readonly test: (request: KnownRequest, slot: number) => void;
}

/** The bits of the slots that an identity fills. */
export const peerBits: number =
  (1 << slots.peer) | (1 << slots.peerB) | (1 << slots.namespace) | (1 << slots.namespaceB);

const bits = {
  host: 1 << slots.host,
  hostB: 1 << slots.hostB,
  method: 1 << slots.method,
  methodB: 1 << slots.methodB,
  path: 1 << slots.path,
  pathB: 1 << slots.pathB,
  sni: 1 << slots.sni,
  sniB: 1 << slots.sniB,
  sourceIp: 1 << slots["source.ip"],
  remoteIp: 1 << slots["remote.ip"],
  destinationIp: 1 << slots["destination.ip"],
  port: 1 << slots["destination.port"],
} as const;
const rare =
  bits.host |
  bits.hostB |
  bits.methodB |
  bits.sni |
  bits.sniB |
  bits.remoteIp |
  bits.destinationIp |
  bits.port;

/** Holds the one array of ranks: not to be entered again before it has come back. */
export function classifier(vocabulary: Vocabulary): Classifier {
  const { flags } = vocabulary;
  const ranks = new Int32Array(firstFlag + flags.length);
  return {
    ranks,
    classify: (request, needs) => {
      if ((needs & peerBits) !== 0 && !classifyPeer(vocabulary, request, ranks)) return false;
      classifyCommon(vocabulary, request, needs, ranks);
      if ((needs & rare) !== 0) classifyRare(vocabulary, request, needs, ranks);
      return true;
    },
    test: (request, slot) => {
      const flag = flags[slot - firstFlag];
      ranks[slot] = flag ? testFlag(flag, request) : missing;
    },
  };
}

function classifyPeer({ peer }: Vocabulary, request: KnownRequest, ranks: Int32Array): boolean {
  if (request.peer !== undefined) return peer.rank(request.peer, ranks);
  ranks.fill(missing, slots.peer, slots.namespaceB + 1);
  return true;
}

/** What most policies look at. Written out: each of these calls has one target. */
function classifyCommon(
  { texts, addresses }: Vocabulary,
  { method, path, sourceIp }: KnownRequest,
  needs: number,
  ranks: Int32Array,
): void {
  if ((needs & bits.method) !== 0)
    ranks[slots.method] = method === undefined ? missing : texts.method.forward(method);
  if ((needs & bits.path) !== 0)
    ranks[slots.path] = path === undefined ? missing : texts.path.forward(path);
  if ((needs & bits.pathB) !== 0)
    ranks[slots.pathB] = path === undefined ? missing : texts.path.backward(path);
  if ((needs & bits.sourceIp) !== 0)
    ranks[slots["source.ip"]] =
      sourceIp === undefined ? missing : addresses["source.ip"].rank(sourceIp);
}

/** What few policies look at. */
function classifyRare(
  { texts, addresses, ports }: Vocabulary,
  request: KnownRequest,
  needs: number,
  ranks: Int32Array,
): void {
  const { host, method, sni, remoteIp, destinationIp, destinationPort } = request;
  const put = (
    bit: number,
    slot: number,
    value: string | undefined,
    rank: (value: string) => number,
  ): void => {
    if ((needs & bit) !== 0) ranks[slot] = value === undefined ? missing : rank(value);
  };
  const folded = host === undefined ? undefined : lowerCase(host);
  put(bits.host, slots.host, folded, texts.host.forward);
  put(bits.hostB, slots.hostB, folded, texts.host.backward);
  put(bits.methodB, slots.methodB, method, texts.method.backward);
  put(bits.sni, slots.sni, sni, texts.sni.forward);
  put(bits.sniB, slots.sniB, sni, texts.sni.backward);
  put(bits.remoteIp, slots["remote.ip"], remoteIp, addresses["remote.ip"].rank);
  put(bits.destinationIp, slots["destination.ip"], destinationIp, addresses["destination.ip"].rank);
  if ((needs & bits.port) !== 0)
    ranks[slots["destination.port"]] = ports.get(destinationPort) ?? ordinary;
}

function testFlag({ attribute, pattern }: Flag, request: KnownRequest): number {
  const values = valuesOf(request, attribute);
  if (values === undefined || values.length === 0) return missing;
  const alphabet =
    attribute.kind === "claim" || attribute.kind === "request.principal" ? "characters" : "bytes";
  return values.some((value) => matches(pattern, value, alphabet)) ? matched : unmatched;
}

/** What a filter reads: one value, or several. Metadata and the parts of an identity are never there. */
function valuesOf(request: KnownRequest, attribute: Attribute): readonly string[] | undefined {
  switch (attribute.kind) {
    case "header":
      return request.header?.(attribute.name);
    case "claim":
      return request.claim?.(attribute.path);
    case "peer":
      return one(request.peer);
    case "host":
      return one(request.host);
    case "method":
      return one(request.method);
    case "path":
      return one(request.path);
    case "sni":
      return one(request.sni);
    case "request.principal":
      return one(request.principal);
    case "source.ip":
      return one(request.sourceIp);
    case "remote.ip":
      return one(request.remoteIp);
    case "destination.ip":
      return one(request.destinationIp);
    case "destination.port":
      return one(String(request.destinationPort));
    case "peer.namespace":
    case "peer.account":
    case "metadata":
      return undefined;
  }
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}
