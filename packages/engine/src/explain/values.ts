import { knownMethod } from "../envoy/http/http1-codec.ts";
import { clauseHolds } from "../envoy/rbac.ts";
import { addressSamples } from "../match/address-samples.ts";
import { textSamples } from "../match/samples.ts";
import { decodeUtf8 } from "../match/sequence.ts";
import type { Attribute, Clause, Matcher, Text } from "../model/rule.ts";
import type { ExplainedCondition } from "./explanation.ts";
import { isBlock } from "./traps/texts.ts";

/** So many values of one attribute are tried. */
const most = 3;

/**
 * Values of the attribute under which a condition holds (`wanted` true), or does not: those that the policy names first, then
 * ordinary ones.
 */
export function valuesFor({ clause }: ExplainedCondition, wanted: boolean): readonly string[] {
  const { attribute } = clause;
  const named = matchersOf(clause).flatMap((matcher) => samplesOf(matcher));
  const candidates = [...named, ...ordinaryOf(attribute)].flatMap(
    (value) => usable(attribute, value) ?? [],
  );
  const fitting = candidates.filter((value) => clauseHolds(clause, [value]) === wanted);
  return [...new Set(fitting)].slice(0, most);
}

/** Whether a condition also decides so where the request has no such thing at all. */
export function holdsWithout({ clause }: ExplainedCondition, wanted: boolean): boolean {
  return clauseHolds(clause, []) === wanted;
}

function matchersOf({ any = [], none = [] }: Clause): readonly Matcher[] {
  return [...any, ...none];
}

/** A value that matches, the plainest first. */
function samplesOf(matcher: Matcher): readonly string[] {
  if (matcher.kind === "cidr") return addressSamples([matcher]);
  if (matcher.kind === "port") return [String(matcher.port)];
  if (matcher.kind === "list") return samplesOfText(matcher.element);
  return matcher.kind === "principal" ? [] : samplesOfText(matcher);
}

function samplesOfText(text: Text): readonly string[] {
  const samples = textSamples([text]).map((sample) => decodeUtf8(sample) ?? sample);
  return text.kind === "suffix" ? samples.toReversed() : samples;
}

const ordinary: Partial<Readonly<Record<Attribute["kind"], readonly string[]>>> = {
  method: ["GET", "POST", "PUT", "DELETE"],
  path: ["/", "/x"],
  host: ["example.com"],
  header: ["x"],
  sni: ["example.com"],
  claim: ["x"],
};

function ordinaryOf({ kind }: Attribute): readonly string[] {
  return ordinary[kind] ?? [];
}

/** A value as a request can carry it, and somebody would send it: a star, or a block of addresses, is a mistake in the policy. */
function usable({ kind }: Attribute, value: string): string | undefined {
  switch (kind) {
    case "method":
      return knownMethod(value) ? value : undefined;
    case "path": {
      const path = value.startsWith("/") ? value : `/${value}`;
      return /^[!-~]+$/.test(path) && !/[?#*]/.test(path) ? path : undefined;
    }
    case "host":
    case "sni":
      return /^[A-Za-z0-9.-]+(?::\d+)?$/.test(value) ? value : undefined;
    case "header":
      return /^[\t -~]+$/.test(value) && value.trim() === value && !isBlock(value)
        ? value
        : undefined;
    default:
      return value === "" ? undefined : value;
  }
}
