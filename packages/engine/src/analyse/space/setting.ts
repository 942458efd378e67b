import type { HttpSettings } from "../../model/program.ts";
import type { Limits } from "../budget.ts";
import type { Kind } from "../partition/domain.ts";
import { everything } from "../partition/expression.ts";
import {
  characters,
  choice,
  type Expression,
  literal,
  loop,
  sequence,
} from "../partition/regular.ts";
import { byItsAddress, type CalledAt } from "./called-at.ts";
import { subjectsWithoutControl } from "./claim-headers.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { handedOn } from "./handed.ts";
import { headerKind } from "./header-kinds.ts";
import {
  hosts,
  identities,
  methods,
  names,
  paths,
  plainEscapes,
  serverNames,
  targets,
  texts,
} from "./languages.ts";
import { preflight, preflightAttributes } from "./rewrites.ts";
import { sentAt } from "./sent-at.ts";
import type { Setting } from "./space.ts";
import { inTunnel, toAddresses, ways } from "./tunnel.ts";

/** What is known of the requests that reach a point, besides its policies. */
export interface Surroundings {
  readonly http?: HttpSettings;
  readonly queries: boolean; // paths are looked at with their query
  readonly plainDots?: true; // but for those with a segment like `..;x`
  readonly sentOn?: true; // and as HTTP/1.1 has them, like the values of headers: for several proxies in a row
  readonly ports?: readonly number[]; // all there are; absent: any
  readonly domains?: readonly string[]; // the trust domains of peers; absent: any
  readonly strangers?: true; // peers with certificates of other authorities, in which any name may stand
  readonly subjectsSent?: readonly string[]; // issuers whose subjects are written to headers
  readonly doors: readonly string[]; // of a gateway or a waypoint
  readonly calledAt: CalledAt; // the doors of which all addresses are known
  readonly addresses: readonly string[]; // of the point itself
  readonly isCalled?: true; // by these addresses and no others
  readonly seeds: ReadonlyMap<string, readonly string[]>; // believable values
  readonly limits: Limits;
}

/** How the attributes of a point are read. */
export function settingOf(surroundings: Surroundings): Setting {
  const { limits } = surroundings;
  const known = new Map<string, Kind>();
  const kindOf = (attribute: string): Kind => {
    const before = known.get(attribute);
    if (before) return before;
    const seeds = surroundings.seeds.get(attribute);
    const bare = handedOn(attribute)?.attribute ?? attribute;
    const made = { ...ordinary(bare, surroundings), ...(seeds ? { seeds } : {}) };
    known.set(attribute, made);
    return made;
  };
  const isDecoded = surroundings.http !== undefined && surroundings.http.escapedSlashes !== "keep";
  const isNormalised = surroundings.http?.normalizePath === true;
  return {
    limits,
    kindOf,
    consistency: (attributes, spells) => {
      const parts = [consistency(attributes, surroundings)];
      if (isNormalised && spells?.("path", "%")) parts.push(not(plainEscape));
      if (isDecoded && attributes.includes("path")) parts.push(not(escapedSlash));
      if (attributes.includes("transport")) parts.push(identified);
      if (surroundings.isCalled && attributes.includes("destination.ip"))
        parts.push(toAddresses(surroundings.addresses));
      if (surroundings.calledAt.size > 0 && attributes.includes("destination.ip"))
        parts.push(byItsAddress(surroundings.calledAt));
      return and(...parts);
    },
  };
}

/** Whoever comes through a tunnel has an identity. */
const identified: Formula = or(not(inTunnel), not({ kind: "absent", attribute: "peer" }));

const beforeQuery = loop(characters((code) => code !== 0x3f && code !== 0x23));

function pathWith(shown: string, inside: Expression): Formula {
  const expression = sequence(beforeQuery, inside, loop(everything));
  const shape = { key: `with ${shown}`, shown: `*${shown}*`, expression, samples: [], head: "" };
  return { kind: "atom", attribute: "path", shape };
}

/** A slash or a backslash in an escape: where these are decoded, refused or sent back, no path has one. */
const escapedSlash = pathWith("%2f", choice(...["%2f", "%5c"].map((text) => literal(text, true))));

/** What normalisation writes without an escape, or refuses. Where no pattern has one, it is like any other path. */
const plainEscape = pathWith("%41", plainEscapes);

function ordinary(attribute: string, around: Surroundings): Kind {
  switch (attribute) {
    case "peer":
      return {
        of: "text",
        optional: true,
        language: around.strangers ? names : identities(around.domains),
      };
    case "path":
      return { of: "text", language: pathLanguage(around) };
    case "host":
      return { of: "text", language: hosts };
    case "method":
      return { of: "text", language: methods };
    case "scheme":
      return { of: "text", language: choice(literal("http"), literal("https")) };
    case "sni":
      return { of: "text", language: serverNames };
    case sentAt:
      return { of: "text", language: names };
    case "claim iss":
      return { of: "text", optional: true, language: names };
    case "claim sub":
      return { of: "text", optional: true, language: texts };
    case "source.ip":
    case "remote.ip":
      return { of: "address" };
    case "destination.ip":
      return around.addresses.length === 1
        ? { of: "address", seeds: around.addresses }
        : { of: "address" };
    case "transport":
      return { of: "choice", choices: ways };
    case "door":
      return { of: "choice", choices: around.doors };
    case "destination.port":
      return around.ports ? { of: "port", choices: around.ports.map(String) } : { of: "port" };
    default:
      return listed(attribute, around);
  }
}

function pathLanguage({ http, queries, ...narrowed }: Surroundings): Kind["language"] & object {
  const settings = http ?? { normalizePath: true, mergeSlashes: false, escapedSlashes: "keep" };
  return (queries ? targets : paths)(settings, narrowed);
}

function listed(attribute: string, around: Surroundings): Kind {
  if (!attribute.startsWith("header ")) return { of: "text", list: true, language: texts };
  return headerKind(attribute.slice("header ".length), around);
}

/** What is true of the request's own token, and of each that an authorizer hands on. */
function consistency(attributes: readonly string[], { subjectsSent = [] }: Surroundings): Formula {
  const tokens = new Map([["", [] as string[]]]);
  for (const attribute of attributes) {
    const { attribute: bare = attribute, provider } = handedOn(attribute) ?? {};
    const mark = provider === undefined ? "" : ` (from ${provider})`;
    tokens.set(mark, [...(tokens.get(mark) ?? []), bare]);
  }
  const others = tokens.get("") ?? [];
  return and(
    ...[...tokens].flatMap(([mark, own]) => [
      tokenConsistency(mark === "" ? own : [...own, ...others.filter(isNoToken)], mark),
      ...(own.includes("claim sub") ? [subjectsWithoutControl(subjectsSent, mark)] : []),
    ]),
  );
}

function isNoToken(attribute: string): boolean {
  return preflightAttributes.includes(attribute);
}

/** No token: no claims. A token has an issuer. What is written of a token is there with it only. */
function tokenConsistency(attributes: readonly string[], mark: string): Formula {
  const claims = attributes.filter((each) => each.startsWith("claim "));
  const parts: Formula[] = [];
  const none = (attribute: string): Formula => ({
    kind: "absent",
    attribute: isNoToken(attribute) ? attribute : attribute + mark,
  });
  for (const claim of claims)
    if (claim !== "claim iss") parts.push(or(not(none("claim iss")), none(claim)));
  for (const outer of claims)
    for (const inner of claims)
      if (inner.startsWith(`${outer}.`)) parts.push(or(none(outer), none(inner)));
  for (const written of attributes.filter((each) => each.includes("@ ")))
    parts.push(or(not(none("claim iss")), none(written)));
  if (claims.length > 0 && preflightAttributes.every((each) => attributes.includes(each)))
    parts.push(or(not(preflight), none("claim iss")));
  return parts.length === 0 ? always : and(...parts);
}
