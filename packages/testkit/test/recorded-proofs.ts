import type { Expectation, Proof, Requests } from "../../engine/src/analyse/api.ts";
import { proofPart } from "../../engine/src/analyse/proof-part.ts";
import { resultOf } from "../../engine/src/analyse/proof-result.ts";
import type { Side } from "../../engine/src/analyse/question.ts";
import type { Condition, Operation, PolicyRule, Source } from "../../engine/src/model/policy.ts";
import type { Allowed } from "./recorded-regions.ts";
import { claimPath } from "./recorded-tokens.ts";
import type { Spoken } from "./recorded-values.ts";

/** A request in the words of an invariant. */
export interface Worded {
  readonly requests: Requests;
  readonly exact: boolean; // no other request is meant, as far as policies can tell
}

/** What can be said of one attribute. */
interface Words {
  readonly source?: Source;
  readonly operation?: Operation;
  readonly when?: readonly Condition[];
}

/** Everything that Istio's rule grammar can say of a request, of what its proxy looks at. */
export function wordsOf({ encoding, queries }: Allowed, spoken: Spoken, side: Side): Worded {
  const { protocol } = spoken.arrival;
  const isBare = spoken.valuesOf("claim iss")?.length === 0;
  const said = [...encoding.space.domains]
    .filter(([name]) => !name.endsWith("~") && !(isBare && name.startsWith("claim ")))
    .map(([attribute, { list }]) => {
      const values = spoken.valuesOf(attribute);
      const words = values && saidOf(attribute, values, side);
      const isLoose = list && (values?.length ?? 0) > 0; // there may be others beside these
      const isPart = attribute.startsWith("claim ") || (attribute === "path" && queries);
      return { words, isWhole: words !== undefined && !isLoose && !isPart };
    });
  const words = said.flatMap((each) => each.words ?? []);
  return {
    exact: encoding.answers.size === 0 && said.every(({ isWhole }) => isWhole),
    requests: {
      protocol,
      ...(isBare && protocol === "http" ? { token: "none" } : {}),
      ...ruleOf(words),
    },
  };
}

function ruleOf(words: readonly Words[]): PolicyRule {
  const source: Source = Object.assign({}, ...words.map((each) => each.source));
  const operation: Operation = Object.assign({}, ...words.map((each) => each.operation));
  const when = words.flatMap((each) => each.when ?? []);
  const isSaid = (part: object): boolean => Object.keys(part).length > 0;
  return {
    ...(isSaid(source) ? { from: [{ source }] } : {}),
    ...(isSaid(operation) ? { to: [{ operation }] } : {}),
    ...(when.length > 0 ? { when } : {}),
  };
}

function saidOf(attribute: string, values: readonly string[], side: Side): Words | undefined {
  const [first] = values;
  const isPlain = values.every((value) => /^[ -~]+$/.test(value) && !/[*{}]/.test(value));
  if (!isPlain && attribute !== "sni") return undefined;
  switch (attribute) {
    case "peer":
      return first === undefined ? { source: { notPrincipals: ["*"] } } : principal(first, side);
    case "source.ip":
      return { source: { ipBlocks: values } };
    case "remote.ip":
      return { source: { remoteIpBlocks: values } };
    case "destination.ip":
      return { when: [{ key: "destination.ip", values }] };
    case "destination.port":
      return { operation: { ports: values } };
    case "host":
      return { operation: { hosts: values } };
    case "method":
      return { operation: { methods: values } };
    case "path":
      return { operation: { paths: values.map((value) => value.replace(/\?.*$/s, "")) } };
    case "sni":
      return { when: [conditionOf("connection.sni", first === "" ? undefined : first)] };
    default:
      return listed(attribute, values);
  }
}

/** Other trust domains may stand for each other. */
function principal(uri: string, { mesh: { config } }: Side): Words | undefined {
  const domain = `spiffe://${config.trustDomain ?? "cluster.local"}/`;
  if ((config.trustDomainAliases ?? []).length > 0 || !uri.startsWith(domain)) return undefined;
  return { source: { principals: [uri.slice("spiffe://".length)] } };
}

/** A header or a claim: each of its values, or that there is none. */
function listed(attribute: string, values: readonly string[]): Words | undefined {
  if (attribute.includes("@") || !/^(?:header|claim) /.test(attribute)) return undefined;
  const [, kind, name = ""] = /^(header|claim) (.*)$/s.exec(attribute) ?? [];
  if (/[[\]]/.test(name)) return undefined;
  const path = claimPath(attribute).map((part) => `[${part}]`);
  const key =
    kind === "header" ? `request.headers[${name}]` : `request.auth.claims${path.join("")}`;
  if (values.length === 0)
    return kind === "header" ? { when: [conditionOf(key, undefined)] } : undefined;
  return { when: values.map((value) => conditionOf(key, value)) };
}

function conditionOf(key: string, value: string | undefined): Condition {
  return value === undefined ? { key, notValues: ["*"] } : { key, values: [value] };
}

/** What comes of an invariant about these requests. */
export function proved(side: Side, { requests }: Worded, expected: Expectation): Proof["result"] {
  const invariant = { name: "recorded", requests, expect: expected };
  const protocol = requests.protocol ?? "http";
  const { violations, undecided, vacuous } = proofPart(invariant, side, protocol, { regions: 1 });
  return resultOf(violations, undecided, vacuous);
}
