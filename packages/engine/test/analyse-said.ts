import type { Protocol, Region, Requests, Term } from "../src/analyse/api.ts";
import { and, type Formula, not, or } from "../src/analyse/space/formula.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { from, to, when } from "./analyse-spoken.ts";
import { requested } from "./analyse-world.ts";

/** Where something was said. */
interface Place {
  readonly mesh: Mesh;
  readonly protocol: Protocol;
}

/** The sentences of regions as requests again. Undefined: what they name no policy can ask for, such as "any other value". */
export function saidRequests(regions: readonly Region[], place: Place): Formula | undefined {
  const parts = regions.map(({ terms }) => allOf(terms.map((term) => termFormula(term, place))));
  return someOf(parts);
}

type Said = Formula | undefined;

function allOf(parts: readonly Said[]): Said {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? and(...known) : undefined;
}

function someOf(parts: readonly Said[]): Said {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? or(...known) : undefined;
}

function opposite(part: Said): Said {
  return part && not(part);
}

function termFormula({ attribute, text }: Term, place: Place): Said {
  const [, provider, answer] = /^provider (.*) says (yes|no)$/.exec(text) ?? [];
  if (provider !== undefined) {
    const yes: Formula = { kind: "free", name: provider };
    return answer === "yes" ? yes : not(yes);
  }
  const issuer = "claim iss";
  const noToken: Formula = { kind: "absent", attribute: issuer };
  if (text === "there is no token") return noToken;
  if (text === "there is a token") return not(noToken);
  const [, rest] = /^\(there is no token, or (.*)\)$/.exec(text) ?? [];
  if (rest !== undefined) return someOf([noToken, sentence(issuer, rest, place)]);
  const [, others] = /^the token's (claim iss is not .*)$/.exec(text) ?? [];
  if (others !== undefined) return allOf([not(noToken), sentence(issuer, others, place)]);
  const isList = /^claim (?!iss$|sub$)|^header /.test(attribute);
  const parts = isList ? text.split(` and ${attribute} `) : [text];
  return allOf(
    parts.map((part, at) => {
      const whole = at === 0 ? part : `${attribute} ${part}`;
      return isList && part.includes(" except ") ? undefined : sentence(attribute, whole, place);
    }),
  );
}

/** `path is one of /a, /b* except one of /b/x, /b/y`; `(peer is absent or a)`; `peer is there, but not a`; `claim aud has none of a, b`. */
function sentence(attribute: string, written: string, place: Place): Said {
  const text = written.replace(/^\((.*)\)$/, "$1");
  if (!text.startsWith(`${attribute} `)) throw new Error(text);
  const said = text
    .slice(attribute.length + 1)
    .replace(/^does not have /, "has not ")
    .replace(/^has none of /, "has not one of ");
  const [, no, names = ""] = /^(?:is|has)( not)? (.*)$/.exec(said) ?? [];
  const absent: Formula = { kind: "absent", attribute };
  if (names === "there") return not(absent);
  const [, joined, rest] = /^(absent or|there, but not) (.*)$/.exec(names) ?? [];
  if (rest !== undefined) {
    const is = sentence(attribute, `${attribute} is ${rest}`, place);
    return joined === "absent or" ? someOf([absent, is]) : allOf([not(absent), opposite(is)]);
  }
  const [list = "", holes] = names.split(" except ");
  const all = namesIn(list).map((name) => named(attribute, name, place));
  const last = all.at(-1);
  const bare =
    holes === undefined ? [] : namesIn(holes).map((name) => named(attribute, name, place));
  const narrow = holes === undefined ? last : allOf([last, opposite(someOf(bare))]);
  const some = someOf([...all.slice(0, -1), narrow]);
  return no ? opposite(some) : some;
}

function namesIn(list: string): readonly string[] {
  return list.replace(/^one of /, "").split(", ");
}

function named(attribute: string, name: string, { mesh, protocol }: Place): Said {
  if (name === "absent") return { kind: "absent", attribute };
  if (name.includes('"') || / as an expression$|^\d+ more$/.test(name)) return undefined;
  return requested(mesh, grammar(attribute, name), protocol);
}

function grammar(attribute: string, name: string): Requests {
  const [, header] = /^header (.*)$/.exec(attribute) ?? [];
  if (header !== undefined) return when(`request.headers[${header}]`, [name]);
  const [, claim] = /^claim (.*)$/.exec(attribute) ?? [];
  if (claim === "aud") return when("request.auth.audiences", spellings(name));
  if (claim !== undefined) return when(`request.auth.claims[${claim}]`, [name]);
  switch (attribute) {
    case "peer":
      return peer(name);
    case "method":
      return to({ methods: [name] });
    case "host":
      return to({ hosts: [name] });
    case "path":
      return to({ paths: [name] });
    case "destination.port":
      return to({ ports: [name] });
    case "source.ip":
      return from({ ipBlocks: [name] });
    case "sni":
      return when("connection.sni", [name]);
    default:
      throw new Error(attribute);
  }
}

function peer(name: string): Requests {
  const [, kind, value = ""] = /^(namespace|service account) (.*)$/.exec(name) ?? [];
  if (kind === "namespace") return from({ namespaces: [value] });
  if (kind === "service account") return from({ serviceAccounts: [value] });
  return from({ principals: [name] });
}

/** Rules about tokens compare audiences without scheme and closing slash. */
function spellings(name: string): readonly string[] {
  const [, bare] = /^(.*) in any spelling$/.exec(name) ?? [];
  if (bare === undefined) return [name];
  return ["", "http://", "https://"].flatMap((scheme) =>
    ["", "/"].map((slash) => scheme + bare + slash),
  );
}
