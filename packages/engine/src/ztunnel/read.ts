import type { Read } from "../envoy/rbac.ts";
import { plainAddress } from "../match/address.ts";
import { utf8Bytes } from "../match/bytes.ts";
import type { Facts } from "../model/fact.ts";
import type { Program } from "../model/program.ts";
import type { Connection } from "../model/request.ts";
import type { Attribute } from "../model/rule.ts";
import { addressCandidates } from "./address-candidates.ts";
import type { Identity } from "./identity.ts";

/**
 * How ztunnel reads an attribute: the parts of a parsed SPIFFE id, and addresses with IPv4-mapped ones turned into IPv4
 * (ctx:1.7). Without an identity the namespace is there and empty (az:ZT-14). An address that nobody stated is asked for when a rule looks at it.
 */
export function reader(
  program: Program,
  connection: Connection,
  identity: Identity | undefined,
  facts: Facts,
): Read {
  const { sourceIp, destinationIp, destinationPort } = connection;
  const address = (
    kind: "source.ip" | "destination.ip",
    stated: string | undefined,
  ): readonly string[] => {
    const known = stated ?? facts.ask({ id: kind, candidates: addressCandidates(program, kind) });
    return [plainAddress(known)];
  };
  return (attribute: Attribute): readonly string[] => {
    switch (attribute.kind) {
      case "peer":
        return identity ? [utf8Bytes(identity.uri.slice("spiffe://".length))] : [];
      case "peer.namespace":
        return [utf8Bytes(identity?.namespace ?? "")];
      case "peer.account":
        return identity ? [utf8Bytes(`${identity.namespace}/${identity.account}`)] : [];
      case "source.ip":
        return address("source.ip", sourceIp);
      case "destination.ip":
        return address("destination.ip", destinationIp ?? onlyAddress(program));
      case "destination.port":
        return [String(destinationPort)];
      default:
        return [];
    }
  };
}

/** The pod's own address, if it has just one. */
function onlyAddress({ proxy }: Program): string | undefined {
  return proxy.addresses.length === 1 ? proxy.addresses[0] : undefined;
}
