import { matches } from "../../match/matches.ts";
import type { Attribute } from "../../model/rule.ts";
import type { AddressRanks } from "./address-ranks.ts";
import type { KnownRequest } from "./known-request.ts";
import { matchesBackward, matchesForward, matchesIn } from "./pattern-texts.ts";
import type { PeerRanks } from "./peer-ranks.ts";
import { missing, ordinary } from "./ranks.ts";
import { type Flag, firstFlag, matched, slots, unmatched } from "./slots.ts";
import { lowerCase } from "./sorted-pattern.ts";
import { backwardRank, forwardRank } from "./text-ranks.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Turns the attributes of requests into ranks. */
export interface Classifier {
  readonly ranks: Int32Array; // of the last request, where they were wanted
  /** Fills a slot; of an identity, all four. False: it is an identity whose patterns have to be walked. */
  readonly classify: (request: KnownRequest, slot: number) => boolean;
  /** Whether the path matches a pattern: the first rank of its range << 1, | 1 if that is one of ends. */
  readonly matchesPath: (request: KnownRequest, single: number) => boolean;
}

/** Holds the one array of ranks: not to be entered again before it has come back. What most policies look at comes first. */
export function classifier(vocabulary: Vocabulary): Classifier {
  const { peer, texts, addresses, ports } = vocabulary;
  const { method: methods, path: paths } = texts;
  const sourceIps = addresses["source.ip"];
  const ranks = new Int32Array(firstFlag + vocabulary.flags.length);

  const rankOf = (request: KnownRequest, slot: number): number => {
    switch (slot) {
      case slots["source.ip"]:
        return addressRank(sourceIps, request.sourceIp);
      case slots.method:
        return forwardRank(methods, request.method);
      case slots.path:
        return forwardRank(paths, request.path);
      case slots.pathB:
        return backwardRank(paths, request.path);
      case slots["destination.port"]:
        return ports.get(request.destinationPort) ?? ordinary;
      default:
        return rareRank(vocabulary, request, slot);
    }
  };
  const classify = (request: KnownRequest, slot: number): boolean => {
    if (slot <= slots.namespaceB) return classifyPeer(peer, request.peer, ranks);
    ranks[slot] = rankOf(request, slot);
    return true;
  };
  const matchesPath = (request: KnownRequest, single: number): boolean => {
    const { pathIn } = request;
    if (pathIn) return matchesIn(vocabulary.paths, single >> 1, (single & 1) !== 0, pathIn);
    const { path } = request;
    if (path === undefined) return false;
    return (single & 1) === 0
      ? matchesForward(vocabulary.paths, single >> 1, path)
      : matchesBackward(vocabulary.paths, single >> 1, path);
  };
  return { ranks, classify, matchesPath };
}

/** Of what few policies look at. */
function rareRank(
  { texts, addresses, flags }: Vocabulary,
  request: KnownRequest,
  slot: number,
): number {
  switch (slot) {
    case slots.host:
      return forwardRank(texts.host, folded(request.host));
    case slots.hostB:
      return backwardRank(texts.host, folded(request.host));
    case slots.methodB:
      return backwardRank(texts.method, request.method);
    case slots.sni:
      return forwardRank(texts.sni, request.sni);
    case slots.sniB:
      return backwardRank(texts.sni, request.sni);
    case slots["remote.ip"]:
      return addressRank(addresses["remote.ip"], request.remoteIp);
    case slots["destination.ip"]:
      return addressRank(addresses["destination.ip"], request.destinationIp);
    default:
      return flagRank(flags[slot - firstFlag], request);
  }
}

function classifyPeer(peers: PeerRanks, peer: string | undefined, ranks: Int32Array): boolean {
  if (peer !== undefined) return peers.rank(peer, ranks);
  ranks.fill(missing, slots.peer, slots.namespaceB + 1);
  return true;
}

function folded(host: string | undefined): string | undefined {
  return host === undefined ? undefined : lowerCase(host);
}

function addressRank({ rank }: AddressRanks, address: string | undefined): number {
  return address === undefined ? missing : rank(address);
}

/** The rank of a pattern that is tested by itself. */
function flagRank(flag: Flag | undefined, request: KnownRequest): number {
  if (flag === undefined) return missing;
  const { attribute, pattern } = flag;
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
