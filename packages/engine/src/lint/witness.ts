import { evaluate } from "../evaluate.ts";
import { checkRequest } from "../journey/request.ts";
import { waypointOf } from "../kubernetes/waypoint.ts";
import type {
  AccessRequest,
  EvaluateOptions,
  ProviderAnswer,
  TokenUse,
} from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Layer, Outcome, Verdict } from "../model/verdict.ts";
import type { Shown, Witnessed } from "./check.ts";

/** What is held true of requests that witness a finding: it is about the policies and not about what surrounds them. */
const options: EvaluateOptions = {
  now: Date.UTC(2026, 0, 1),
  facts: { filters: "decides nothing" },
};

const instead = new WeakMap<Mesh, Mesh>();

/** From now on requests of a mesh are asked of another, which has what is assumed besides. */
export function askInstead(mesh: Mesh, other: Mesh): void {
  instead.set(mesh, other);
}

/** One request and what it must come to; `mesh`: another than the one that was loaded, `without` says how it differs. */
export interface Asked {
  readonly request: AccessRequest;
  readonly wants: (verdict: Verdict) => boolean;
  readonly mesh?: Mesh;
  readonly without?: string;
  readonly facts?: Readonly<Record<string, string>>; // that are true of this request
}

/** The requests with what becomes of them, if all of it is as expected. */
export function witnessed(mesh: Mesh, asked: readonly Asked[]): Witnessed | undefined {
  const shows: Shown[] = [];
  for (const each of asked) {
    const shown = show(mesh, each);
    if (shown === undefined) return undefined;
    shows.push(shown);
  }
  return { kind: "witness", shows };
}

function show(loaded: Mesh, asked: Asked): Shown | undefined {
  const { request, wants, without } = asked;
  const mesh = asked.mesh ?? instead.get(loaded) ?? loaded;
  const complete = completed(mesh, request);
  if (checkRequest(mesh, complete, options).length > 0) return undefined;
  const facts = { ...options.facts, ...throughWaypoint(mesh, complete), ...asked.facts };
  const verdict = evaluate(mesh, complete, { ...options, facts, ...signatures(mesh, complete) });
  if (!wants(verdict)) return undefined;
  const assumed = verdict.facts.filter(({ state }) => state === "assumed").map(({ id }) => id);
  return {
    request: complete,
    decision: verdict.decision,
    answer: answerText(verdict),
    by: verdict.by,
    assumed,
    ...(without === undefined ? {} : { without }),
  };
}

/** Of an identity whose workload was not loaded it is not known that it goes through waypoints: clients in ambient mode do. */
function throughWaypoint(
  { inventory }: Mesh,
  { from, to }: AccessRequest,
): Readonly<Record<string, string>> {
  const [, namespace, name] =
    /^svc\/([^/]+)\/([^/:]+):/.exec(typeof to === "string" ? to : "") ?? [];
  const service = inventory.services.find(
    ({ key }) => key.namespace === namespace && key.name === name,
  );
  const isServed = service !== undefined && waypointOf(inventory, service, "service") !== undefined;
  return isServed && from?.startsWith("sa/") ? { [`data-plane:${from}`]: "ambient" } : {};
}

/** Everything that a policy may test is stated, so that nothing is left open. */
function completed(mesh: Mesh, request: AccessRequest): AccessRequest {
  const providers = providersOf(mesh);
  return {
    ...(Object.keys(providers).length > 0 ? { providers } : {}),
    ...request,
    ...(request.from?.startsWith("external/")
      ? {}
      : { source: { ip: "10.9.8.7", ...request.source } }),
  };
}

const answering = new WeakMap<Mesh, Readonly<Record<string, ProviderAnswer>>>();

/** The providers that policies of a mesh ask, which let everything through. */
function providersOf(mesh: Mesh): Readonly<Record<string, ProviderAnswer>> {
  const known = answering.get(mesh);
  if (known !== undefined) return known;
  const made: Record<string, ProviderAnswer> = {};
  for (const { spec } of mesh.authorizationPolicies)
    if (spec.action === "CUSTOM" && spec.provider?.name) made[spec.provider.name] = "allow";
  answering.set(mesh, made);
  return made;
}

/** Whoever issues a token signs it, and its keys are there. */
function signatures(
  { requestAuthentications }: Mesh,
  { token }: AccessRequest,
): Pick<EvaluateOptions, "signatures" | "keys"> {
  const raw = typeof token === "string" ? token : oneToken(token)?.raw;
  if (raw === undefined || !raw.includes(".")) return {};
  const issuers = requestAuthentications.flatMap(({ spec }) =>
    (spec.jwtRules ?? []).flatMap((rule) => rule?.issuer ?? []),
  );
  const keys = Object.fromEntries(issuers.map((issuer) => [issuer, "trusted"]));
  return { signatures: { [raw]: "valid" }, keys };
}

function oneToken(token: AccessRequest["token"]): TokenUse | undefined {
  return typeof token === "object" && "raw" in token ? token : undefined;
}

/** "403 at allow", "connection closed at mtls". */
function answerText({ decision, outcome, layer }: Verdict): string {
  if (decision === "invalid") return "Envoy does not take the configuration";
  const what = outcome === undefined ? decision : outcomeText(outcome);
  return layer === undefined || decision === "allow" ? what : `${what} at ${layer}`;
}

function outcomeText({ kind, status }: Outcome): string {
  if (kind === "reply" || status !== undefined) return String(status ?? "answered");
  const texts: Readonly<Partial<Record<Outcome["kind"], string>>> = {
    forwarded: "forwarded",
    closed: "connection closed",
    "tls-failed": "TLS handshake fails",
    "protocol-error": "protocol error",
    "no-chain": "connection closed",
    silent: "no answer",
    "not-served": "nothing listens",
  };
  return texts[kind] ?? kind;
}

/** Allowed. */
export function allows({ decision }: Verdict): boolean {
  return decision === "allow";
}

/** Denied by a policy of authorization. */
export function deniesBy(...layers: readonly Layer[]): (verdict: Verdict) => boolean {
  return ({ decision, layer }: Verdict): boolean =>
    decision === "deny" && layer !== undefined && layers.includes(layer);
}
