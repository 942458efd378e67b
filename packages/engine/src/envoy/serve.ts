import type { Facts } from "../model/fact.ts";
import type { Note } from "../model/note.ts";
import type { FilterChain, Listener, Program } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Hop, Layer, Outcome, Seen, Step } from "../model/verdict.ts";
import type { Answer } from "./ext-authz.ts";
import { chooseChain } from "./filter-chain.ts";
import { fetchedFault } from "./jwt-authn/fetched-keys.ts";
import { askAbout } from "./questions.ts";
import type { Trace } from "./rbac.ts";
import { serveBytes } from "./serve-bytes.ts";
import { serveHttp } from "./serve-http.ts";
import { connectionSight, ordinaryHost, seenBy } from "./sight.ts";
import { handshake } from "./tls.ts";
import type { Visit, Visited } from "./visit.ts";
import { addressedBy } from "./waypoint-chain.ts";

export interface ServeOptions {
  readonly trace?: Trace; // what clauses saw
  readonly walk?: true; // rules are walked one by one: an index of them all is not worth a few requests
  readonly providers?: Readonly<Record<string, Answer>>; // what external authorizers say
}

/**
 * One connection, with one request or with bytes of some other protocol, at one Envoy: listener, chain, TLS, codec, filters, router.
 * Parts that nobody stated are asked of `facts` when a filter looks at them.
 */
export function serveEnvoy(
  told: Program,
  arrived: Connection,
  http: HttpRequest | undefined,
  facts: Facts,
  options: ServeOptions = {},
): Hop {
  if (told.unsupported)
    return notEvaluated(told, `what istiod tells a ${told.proxy.kind} is not worked out`);
  const { program, connection, waits } = addressedBy(told, arrived, http, facts);
  if (waits) return waiting(program);
  const listener = listenerFor(program, connection);
  if (!listener) return hop(program, ended("capture", { kind: "closed", details: "no_listener" }));
  if (listener.refused) {
    const { effect, cause } = listener.refused;
    return hop(program, ended("config", { kind: "not-served", details: cause }, effect));
  }
  const fetched = fetchedFault(listener, facts);
  if (fetched?.unknown !== undefined) return notEvaluated(program, fetched.unknown);
  if (fetched !== undefined) {
    const outcome: Outcome = { kind: "not-served", details: fetched.refused };
    return hop(program, ended("config", outcome, "update-refused"));
  }
  if (connection.proxyProtocol !== undefined && !listener.proxyProtocol)
    return notEvaluated(program, "the listener expects no PROXY header");
  const choice = chooseChain(listener, connection, http);
  if (choice.kind === "waiting") return waiting(program);
  if (choice.kind === "none") {
    const outcome: Outcome = { kind: "no-chain", details: "filter_chain_not_found" };
    return hop(program, ended("mtls", outcome, unmatched(program, listener, connection)));
  }
  const { chain, looked } = choice;
  const proxied = listener.proxyProtocol === true;
  const visit = { program, chain, looked, proxied, connection, facts, options };
  return hop(program, visitChain(visit, http), chain);
}

/** The chain that takes a connection, where one does. */
export function chainServing(
  told: Program,
  arrived: Connection,
  http: HttpRequest | undefined,
  facts: Facts,
): FilterChain | undefined {
  const { program, connection } = addressedBy(told, arrived, http, facts);
  const listener = listenerFor(program, connection);
  const choice = listener && chooseChain(listener, connection, http);
  return choice?.kind === "chain" ? choice.chain : undefined;
}

function unmatched(
  { proxy }: Program,
  { chains }: Listener,
  { transport, destinationPort }: Connection,
): string {
  const served = chains.filter(({ kind }) => kind !== "blackhole");
  const own = served.filter(({ match }) => match.port === destinationPort);
  const here = own.length > 0 ? own : served.filter(({ match }) => match.port === undefined);
  const isSecure = here.length > 0 && here.every(({ tls }) => tls !== undefined);
  if (transport !== "plaintext" || !isSecure) return "no filter chain takes this connection";
  const isMutual = here.every(({ tls }) => tls?.clientCertificate === "required");
  const mode = proxy.kind === "sidecar" ? " (STRICT)" : "";
  return `plaintext, where only ${isMutual ? "mutual " : ""}TLS is taken${mode}`;
}

function notEvaluated(program: Program, why: string): Hop {
  const unknown = hop(program, { steps: [], outcome: { kind: "unknown", details: why } });
  return { ...unknown, enforced: false, why };
}

function waiting(program: Program): Hop {
  return hop(program, ended("mtls", { kind: "silent" }, "waits for the first bytes of the client"));
}

/** The listener of the address and port, of the port, or the virtual one that takes every captured port. */
export function listenerFor(
  { listeners, proxy }: Pick<Program, "listeners" | "proxy">,
  { destinationIp = proxy.addresses[0], destinationPort }: Connection,
): Listener | undefined {
  const own = listeners.filter(({ port }) => port === destinationPort);
  return (
    own.find(({ address }) => address !== undefined && address === destinationIp) ??
    own.find(({ address }) => address === undefined) ??
    listeners.find(({ port }) => port === undefined)
  );
}

function visitChain(
  visit: Omit<Visit, "questions" | "sight" | "handshake">,
  http: HttpRequest | undefined,
): Visited & { readonly saw?: Seen } {
  const { program, chain, looked, proxied, connection, facts, options } = visit;
  if (chain.kind === "blackhole")
    return ended("capture", { kind: "closed" }, "the port of the proxy itself");
  const host = ordinaryHost(program, connection.destinationPort);
  const questions = askAbout(chain, host, facts);
  const shaken = handshake(chain, connection);
  if (shaken.kind === "failed") {
    const kind = connection.transport === "plaintext" ? "closed" : "tls-failed";
    return ended("mtls", { kind }, shaken.text);
  }
  const known = {
    program,
    chain,
    looked,
    proxied,
    connection,
    facts,
    options,
    questions,
    handshake: shaken,
  };
  const full: Visit = { ...known, sight: connectionSight(known) };
  const first: Step = { layer: "mtls", result: "pass", by: [], text: shaken.text };
  const visited = chain.kind === "http" ? serveHttp(full, http) : serveBytes(full, http);
  const { steps, saw, ...rest } = visited;
  return { ...rest, steps: [first, ...steps], saw: { ...seenBy(full), ...saw } };
}

function ended(layer: Layer, outcome: Outcome, text?: string): Omit<Visited, "saw"> {
  const step: Step = { layer, result: "refuse", by: [], ...(text === undefined ? {} : { text }) };
  return { steps: [step], outcome };
}

function hop(
  program: Program,
  { steps, outcome, saw, onward }: Visited & { readonly saw?: Seen },
  chain?: FilterChain,
): Hop {
  const { proxy } = program;
  return {
    point: proxy.kind,
    proxy: `${proxy.namespace}/${proxy.name}`,
    enforced: true,
    ...(chain ? { chain: chain.name } : {}),
    ...(saw ? { saw } : {}),
    steps,
    outcome,
    get notes() {
      return notesFor(program, chain);
    },
    ...(onward ? { onward } : {}),
  };
}

const kept = new WeakMap<Program, Map<string | undefined, readonly Note[]>>();

/** The notes that concern a chain: a program has many, and the same for every connection. */
function notesFor(program: Program, chain: FilterChain | undefined): readonly Note[] {
  const known = kept.get(program) ?? new Map<string | undefined, readonly Note[]>();
  kept.set(program, known);
  const found = known.get(chain?.name);
  if (found) return found;
  const notes = program.notes.filter(
    ({ chains }) => chains === undefined || (chain && chains.includes(chain.name)),
  );
  known.set(chain?.name, notes);
  return notes;
}
