import type { Path } from "../model/place.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { goRegexError } from "./go-regex.ts";
import { type Part, part } from "./read.ts";

/** Something that a VirtualService, or another kind of networking.istio.io, may not say. */
export function routeFault(path: Path, message: string, hint?: string): Remark {
  return { code: "webhook/bad-route", path, message, ...(hint === undefined ? {} : { hint }) };
}

const dnsLabel = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;

/** istio/istio:pkg/config/labels/instance.go, IsDNS1123Label. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text);
}

/** A name of labels; a dot may follow the last one, which is no number. istio/istio:pkg/config/validation/agent, ValidateFQDN. */
export function isDomain(text: string): boolean {
  return isOfLength(text) && areLabels(text.split("."));
}

/** The first label may be `*`, or begin with it. `agent`, ValidateWildcardDomain */
export function isWildcardDomain(text: string): boolean {
  const [first = "", ...others] = text.split(".");
  const isFirst = first.length <= 63 && wildcardLabel.test(first);
  return isOfLength(text) && isFirst && (others.length === 0 || areLabels(others));
}

function isOfLength(text: string): boolean {
  return text !== "" && new TextEncoder().encode(text).length <= 255;
}

function areLabels(labels: readonly string[]): boolean {
  const last = labels.at(-1) ?? "";
  if (/^[+-]?\d+$/.test(last) && Math.abs(Number(last)) < 2 ** 63) return false;
  return labels.every(
    (label, index) => isDnsLabel(label) || (label === "" && index === labels.length - 1),
  );
}

/** The names of gateways: `mesh`, `name`, `namespace/name`. The first without a slash ends the look. `validation.go`, validateGatewayNames */
export function gatewayFaults(
  list: readonly { readonly path: Path; readonly text: string }[],
): readonly Remark[] {
  const end = list.findIndex(({ text }) => !text.includes("/"));
  const looked = end < 0 ? list : list.slice(0, end + 1);
  return looked
    .filter(({ text }) => !isGatewayName(text))
    .map(({ path, text }) => {
      return routeFault(path, `\`${text}\` cannot be the name of a gateway`);
    });
}

function isGatewayName(text: string): boolean {
  const slash = text.indexOf("/");
  if (slash < 0) return isDomain(text);
  return isDnsLabel(text.slice(0, slash)) && isDnsLabel(text.slice(slash + 1));
}

const labelKey =
  /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*\/)?(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** `labels/instance.go`, Instance.Validate. */
export function labelFaults(of: Part, name: string): readonly Remark[] {
  const { path, fields } = part(of, name);
  return Object.entries(fields).flatMap(([key, value]) => {
    const [prefix = "", own] = key.split("/");
    const short = own === undefined || prefix.length <= 253;
    const isKey = labelKey.test(key) && short && (own ?? prefix).length <= 63;
    if (isKey && labelValue.test(textOf(value) ?? "")) return [];
    return [routeFault([...path, key], `\`${key}: ${textOf(value) ?? ""}\` is no label`)];
  });
}

/** `validation.go`, validateStringMatch: an empty prefix matches nothing that Envoy takes. */
export function textFaults(of: Part, name: string): readonly Remark[] {
  const { path, fields } = of;
  if (kindOf(fields[name]) !== "prefix") return regexFaults(of, name);
  if (textOf(fieldsOf(fields[name])["prefix"]) !== "") return [];
  return [routeFault([...path, name, "prefix"], "an empty `prefix`")];
}

/** `validation.go`, validateStringMatchRegexp. */
export function regexFaults({ path, fields }: Part, name: string): readonly Remark[] {
  if (kindOf(fields[name]) !== "regex") return [];
  const regex = textOf(fieldsOf(fields[name])["regex"]) ?? "";
  const fault = regex === "" ? "it is empty" : regexFault(regex);
  return fault === undefined ? [] : [routeFault([...path, name, "regex"], `not a regex: ${fault}`)];
}

/** What is wrong with a regex, which may have 1024 bytes. `validation.go`, validateStringRegexp */
export function regexFault(regex: string): string | undefined {
  const isLong = new TextEncoder().encode(regex).length > 1024;
  return isLong ? "it has more than 1024 bytes" : goRegexError(regex);
}

/** Which of `exact`, `prefix` and `regex` is there. */
export function kindOf(match: unknown): string | undefined {
  const fields = fieldsOf(match);
  return ["exact", "prefix", "regex"].find(
    (name) => fields[name] !== undefined && fields[name] !== null,
  );
}

const claim = /^@request\.auth\.claims(?:\..+|\[.+\])$/is;

/** A header that stands for a claim. istio/istio:pkg/jwt/routing.go, ToRoutingClaim */
export function isClaim(header: string): boolean {
  return claim.test(header);
}
