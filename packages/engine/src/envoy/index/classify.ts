import { matches } from "../../match/matches.ts";
import type { Attribute } from "../../model/rule.ts";
import type { AddressRanks } from "./address-ranks.ts";
import type { KnownRequest } from "./known-request.ts";
import { missing, ordinary } from "./ranks.ts";
import { type Flag, firstFlag, matched, slots, unmatched } from "./slots.ts";
import { lowerCase } from "./sorted-pattern.ts";
import { backwardRank, forwardRank } from "./text-ranks.ts";
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
  bits.host | bits.hostB | bits.methodB | bits.sni | bits.sniB | bits.remoteIp | bits.destinationIp;

/** Holds the one array of ranks: not to be entered again before it has come back. What most policies look at comes first. */
export function classifier(vocabulary: Vocabulary): Classifier {
  const { peer: peers, texts, addresses, ports, flags } = vocabulary;
  const { method: methods, path: paths } = texts;
  const sourceIps = addresses["source.ip"];
  const ranks = new Int32Array(firstFlag + flags.length);

  const classifyPeer = (peer: string | undefined): boolean => {
    if (peer !== undefined) return peers.rank(peer, ranks);
    ranks.fill(missing, slots.peer, slots.namespaceB + 1);
    return true;
  };
  const portRank = (port: number): number => ports.get(port) ?? ordinary;
  const classify = (request: KnownRequest, needs: number): boolean => {
    const { peer, method, path, sourceIp, destinationPort } = request;
    if ((needs & peerBits) !== 0 && !classifyPeer(peer)) return false;
    if ((needs & bits.method) !== 0) ranks[slots.method] = forwardRank(methods, method);
    if ((needs & bits.path) !== 0) ranks[slots.path] = forwardRank(paths, path);
    if ((needs & bits.pathB) !== 0) ranks[slots.pathB] = backwardRank(paths, path);
    if ((needs & bits.sourceIp) !== 0) ranks[slots["source.ip"]] = rankOf(sourceIps, sourceIp);
    if ((needs & bits.port) !== 0) ranks[slots["destination.port"]] = portRank(destinationPort);
    if ((needs & rare) !== 0) classifyRare(vocabulary, request, needs, ranks);
    return true;
  };
  const test = (request: KnownRequest, slot: number): void => {
    const flag = flags[slot - firstFlag];
    ranks[slot] = flag ? testFlag(flag, request) : missing;
  };
  return { ranks, classify, test };
}

/** What few policies look at. */
function classifyRare(
  { texts, addresses }: Vocabulary,
  request: KnownRequest,
  needs: number,
  ranks: Int32Array,
): void {
  const { host, method, sni, remoteIp, destinationIp } = request;
  if ((needs & (bits.host | bits.hostB)) !== 0) {
    const folded = host === undefined ? undefined : lowerCase(host);
    ranks[slots.host] = forwardRank(texts.host, folded);
    ranks[slots.hostB] = backwardRank(texts.host, folded);
  }
  if ((needs & bits.methodB) !== 0) ranks[slots.methodB] = backwardRank(texts.method, method);
  if ((needs & (bits.sni | bits.sniB)) !== 0) {
    ranks[slots.sni] = forwardRank(texts.sni, sni);
    ranks[slots.sniB] = backwardRank(texts.sni, sni);
  }
  if ((needs & bits.remoteIp) !== 0)
    ranks[slots["remote.ip"]] = rankOf(addresses["remote.ip"], remoteIp);
  if ((needs & bits.destinationIp) !== 0)
    ranks[slots["destination.ip"]] = rankOf(addresses["destination.ip"], destinationIp);
}

function rankOf({ rank }: AddressRanks, address: string | undefined): number {
  return address === undefined ? missing : rank(address);
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
