import { parseCidr } from "../match/address.ts";
import type { Remark } from "../parse/remark.ts";
import {
  bothSides,
  emptyValues,
  faultsIn,
  isAnySet,
  isPresent,
  isSet,
  type Layer,
  type Part,
  type Value,
  when,
} from "./read.ts";
import { serviceAccountFaults } from "./service-account.ts";
import { trustDomainFaults } from "./trust-domain.ts";

const accounts = bothSides(["serviceAccounts"]);
const notBesideAccounts = bothSides(["principals", "namespaces"]);
const addresses = bothSides(["ipBlocks", "remoteIpBlocks"]);
const texts = bothSides(["principals", "requestPrincipals", "namespaces"]);
const trustDomains = bothSides(["trustDomains"]);
const known = [...accounts, ...addresses, ...texts];

/** The fields that istiod counts as holding on TCP too; `trustDomains` is not among them (az:VAL-W2). */
export const tcpSourceFields: readonly string[] = [
  ...bothSides(["principals", "namespaces", "serviceAccounts"]),
  ...addresses,
];

/** The CRD's rule: service accounts stand alone, even empty lists of them. */
export function crdSource(source: Part): readonly Remark[] {
  const isThere = (name: string): boolean => isPresent(source, name);
  return accounts.some(isThere) ? beside("schema", source, notBesideAccounts.find(isThere)) : [];
}

/** What istiod's webhook says of `from.source` (istio/istio:pkg/config/validation/validation.go, az:VAL-10 to VAL-15). */
export function webhookSource(source: Part, readsTrustDomains: boolean): readonly Remark[] {
  const domains = readsTrustDomains ? trustDomains : [];
  const isEmpty = !isAnySet(source, known) && !isAnySet(source, domains);
  return [
    ...when(isEmpty, {
      code: "webhook/empty-source",
      path: source.path,
      message: "an empty `source`",
      hint: "leave out `from` to match any source",
    }),
    ...(isAnySet(source, accounts)
      ? beside(
          "webhook",
          source,
          notBesideAccounts.find((name) => isSet(source, name)),
        )
      : []),
    ...faultsIn(source, accounts, serviceAccountFaults),
    ...faultsIn(source, addresses, addressFaults),
    ...faultsIn(source, texts, emptyValues),
    ...faultsIn(source, domains, (list) => trustDomainFaults(list, "whole")),
  ];
}

function beside(layer: Layer, { path }: Part, name: string | undefined): readonly Remark[] {
  if (name === undefined) return [];
  return [
    {
      code: `${layer}/service-accounts-alone`,
      path: [...path, name],
      at: "key",
      message: `\`serviceAccounts\` cannot stand beside \`${name}\``,
      hint: "write a `source` of its own for it",
    },
  ];
}

/** Addresses and CIDR blocks as Go's netip reads them (az:VAL-12). */
export function addressFaults(list: readonly Value[]): readonly Remark[] {
  const wrong = list.filter(({ text }) => text !== "" && parseCidr(text) === undefined);
  return [
    ...emptyValues(list),
    ...wrong.map(
      ({ path, text }): Remark => ({
        code: "webhook/bad-address",
        path,
        message: `\`${text}\` is no IP address or CIDR block`,
        hint: addressHint(text),
      }),
    ),
  ];
}

function addressHint(text: string): string {
  if (/(?:^|\.)0\d/.test(text)) return "no leading zeros: Go would not know whether they are octal";
  if (/^[a-z]/i.test(text) && !text.includes(":"))
    return "a name is not looked up: write addresses";
  return "like `10.1.2.3`, `10.1.0.0/16` or `2001:db8::/32`";
}
