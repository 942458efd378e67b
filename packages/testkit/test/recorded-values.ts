import type { FilterChain, JwtProvider, Program, ProviderAnswer } from "@meshproof/engine";
import { handedOn } from "../../engine/src/analyse/space/handed.ts";
import { writtenHeader } from "../../engine/src/analyse/space/rewrites.ts";
import { headerAttribute } from "../../engine/src/analyse/space/target-shapes.ts";
import type { Attribute } from "../../engine/src/model/rule.ts";
import { type Arrival, arrivalOf, type LeftOut } from "./recorded-arrival.ts";
import { type Sights, sightsOf } from "./recorded-probe.ts";
import type { RecordedRequest, Scenario } from "./recorded-scenarios.ts";
import { claimPath, ofToken, type SentToken, tokenAttributes, tokenIn } from "./recorded-tokens.ts";

/** A recorded request in the attributes of the analysis. */
export interface Spoken {
  readonly arrival: Arrival;
  readonly names: readonly string[]; // that its certificate has besides the one that is its identity
  readonly valuesOf: (attribute: string) => readonly string[] | undefined; // undefined: nobody knows
  readonly answerOf: (name: string) => boolean | undefined; // of an authorizer
}

/** What decides how a request is read: `queries`, whether paths are looked at with theirs. */
export interface Reading {
  readonly program: Program;
  readonly attributes: readonly string[];
  readonly queries: boolean;
}

/** The values of a recorded request, as the filters that it comes to see them. */
export async function spokenOf(
  scenario: Scenario,
  { program, attributes, queries }: Reading,
  request: RecordedRequest,
  arrival: Arrival,
): Promise<Spoken | LeftOut> {
  const { chain } = arrival;
  const ofBytes = connectionValues(scenario, request, arrival);
  if ("leftOut" in ofBytes) return ofBytes;
  const { names, values } = ofBytes;
  const providers = chain?.kind === "http" ? providersOf(chain) : [];
  const looked = [...attributes.flatMap(lookOf), ...tokenAttributes(providers)];
  const sights: Sights | undefined =
    chain && (await sightsOf(scenario.mesh, scenario.proxy, request, looked));
  const token = tokenSeen(chain, providers, sights);
  if (token && "leftOut" in token) return token;
  const before = sights?.seen[0];
  return {
    arrival,
    names,
    answerOf: answersOf(program, request, arrival),
    valuesOf: (attribute) => {
      if (handedOn(attribute)) return undefined;
      if (chain?.kind !== "http" && isOfHttp(attribute)) return undefined;
      if (/^claim |^token place$|@/.test(attribute))
        return behindFilters(attribute, { chain, sights, token });
      const known = values.get(attribute);
      if (known) return known;
      const [look] = lookOf(attribute);
      const seen = look && before?.(look);
      return attribute === "path" && !queries ? seen?.map(withoutQuery) : seen;
    },
  };
}

/** What a filter reads of a token, or wrote into a header. */
function behindFilters(attribute: string, made: OfToken): readonly string[] | undefined {
  const written = writtenHeader(attribute);
  if (attribute.endsWith("@!")) return [];
  if (!written) return claimValues(attribute, made);
  if (written.provider === undefined && !made.token) return [];
  return writtenValues(written, made.chain, made.sights);
}

/** Where it arrives, if the analysis speaks of such requests at all. */
export function arrives(
  scenario: Scenario,
  program: Program,
  request: RecordedRequest,
): Arrival | LeftOut {
  return typeof request.recorded === "object"
    ? request.recorded
    : arrivalOf(scenario, program, request);
}

/** Bytes have none of that, and what HTTP had that is passed on as bytes nobody looked at. */
function isOfHttp(attribute: string): boolean {
  return /^(?:header |claim |path$|host$|method$|scheme$|token place$)/.test(attribute);
}

function withoutQuery(target: string): string {
  return target.replace(/[?#].*$/s, "");
}

/** What an attribute of the analysis looks at, before any filter or behind the one that writes it. */
function lookOf(attribute: string): readonly Attribute[] {
  if (attribute.startsWith("claim ")) return [{ kind: "claim", path: claimPath(attribute) }];
  if (attribute.startsWith("header "))
    return [{ kind: "header", name: attribute.slice("header ".length).replace(/@.*$/s, "") }];
  const name = aliases.find((alias) => headerAttribute(alias) === attribute);
  if (name !== undefined) return [{ kind: "header", name }];
  return attribute === "remote.ip" ? [{ kind: "remote.ip" }] : [];
}

const aliases = [":path", ":authority", ":method", ":scheme"];

interface ConnectionValues {
  readonly names: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

function connectionValues(
  { proxy }: Scenario,
  { connection }: RecordedRequest,
  { chain, door }: Arrival,
): ConnectionValues | LeftOut {
  const { transport, sourceIp = "", destinationIp = "", destinationPort, sni = "" } = connection;
  const isTls = transport === "tls" || transport === "mtls";
  const isShown = proxy.kind !== "gateway" || (chain?.tls?.clientCertificate ?? "none") !== "none";
  const { uris = [], dns = [], subject } = (isShown && connection.certificate) || {};
  if (transport === "hbone" && uris.length !== 1)
    return { leftOut: "a tunnel without an identity, or with several" };
  const others = transport === "hbone" ? [] : [...dns, ...(subject ? [subject] : [])];
  const [peer, ...names] = [...uris, ...others];
  const values = new Map<string, readonly string[]>([
    ["peer", peer === undefined ? [] : [peer]],
    ["source.ip", [sourceIp]],
    ["destination.ip", [destinationIp]],
    ["destination.port", [String(destinationPort)]],
    ["sni", [isTls ? sni.toLowerCase() : ""]],
    ["transport", [transport === "hbone" ? "hbone" : "direct"]],
  ]);
  if (door !== undefined) values.set("door", [door]);
  return { names, values };
}

function providersOf({ filters }: FilterChain): readonly JwtProvider[] {
  return filters.flatMap((filter) => (filter.kind === "jwt" ? filter.providers : []));
}

/** The faults of tokens that the analysis knows of: it takes all others to be well signed, and in time. */
const knownFaults = ["issuer is not configured", "Audiences in Jwt", "have any valid public key"];

/** The token of a request that came as far as a JWT filter. */
function tokenSeen(
  chain: FilterChain | undefined,
  providers: readonly JwtProvider[],
  sights: Sights | undefined,
): SentToken | LeftOut | undefined {
  const at = chain?.filters.findIndex(({ kind }) => kind === "jwt") ?? -1;
  const sight = sights?.seen[at];
  if (!sights || at < 0 || !sight) return undefined;
  const text = sights.hop.steps.find(({ layer }) => layer === "jwt")?.text ?? "";
  if (sights.seen[at + 1] === undefined && !knownFaults.some((fault) => text.includes(fault)))
    return { leftOut: "a token that does not verify, or is none" };
  return tokenIn(providers, sight);
}

interface OfToken {
  readonly chain: FilterChain | undefined;
  readonly sights: Sights | undefined;
  readonly token: SentToken | undefined;
}

/** What the filter behind sees of a token that is accepted; of another what it says itself. */
function claimValues(
  attribute: string,
  { chain, sights, token }: OfToken,
): readonly string[] | undefined {
  const at = chain?.filters.findIndex(({ kind }) => kind === "jwt") ?? -1;
  if (at < 0) return [];
  const [look] = lookOf(attribute);
  const accepted = sights?.seen[at + 1];
  if (accepted && look) return accepted(look);
  return sights?.seen[at] ? ofToken(attribute, token) : undefined;
}

/** What a filter left of a header. */
function writtenValues(
  { header, provider }: { readonly header: string; readonly provider?: string },
  chain: FilterChain | undefined,
  sights: Sights | undefined,
): readonly string[] | undefined {
  const at = chain?.filters.findIndex((filter) =>
    provider === undefined
      ? filter.kind === "jwt"
      : filter.kind === "ext-authz" && filter.provider === provider,
  );
  if (at === undefined || at < 0) return undefined;
  return sights?.seen[at + 1]?.({ kind: "header", name: header });
}

/** An authorizer that hangs up, or answers with a status that says so. */
function hasFailed(answer: ProviderAnswer): boolean {
  if (typeof answer !== "object") return answer === "error";
  return "deny" in answer && (answer.deny.status ?? 403) >= 500;
}

/** What the authorizers of the recordings say, and whether they set a header. */
function answersOf(
  { listeners }: Program,
  { providers }: RecordedRequest,
  { chain }: Arrival,
): Spoken["answerOf"] {
  const said = providers(chain?.kind === "http");
  const filters = listeners.flatMap(({ chains }) => chains.flatMap((each) => each.filters));
  return (name) => {
    const [provider = "", header] = name.split("\n");
    const answer = said[provider];
    if (answer === undefined) return undefined;
    const change = typeof answer === "object" && "allow" in answer ? answer.allow : undefined;
    if (header !== undefined) return change?.set?.[header] !== undefined;
    const isOpen = filters.some(
      (filter) => filter.kind === "ext-authz" && filter.provider === provider && filter.failOpen,
    );
    return answer === "allow" || change !== undefined || (isOpen && hasFailed(answer));
  };
}
