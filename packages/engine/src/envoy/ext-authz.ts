import { matchesText } from "../match/matches.ts";
import type { HeaderChange, ProviderAnswer } from "../model/access-request.ts";
import type { Facts } from "../model/fact.ts";
import type { ExtAuthzFilter } from "../model/program.ts";
import type { Header } from "../model/request.ts";
import type { Text } from "../model/rule.ts";
import type { Candidates } from "./candidates.ts";
import { appendHeader, setHeader, withoutHeader } from "./header-changes.ts";
import { parseAnswer } from "./provider-answers.ts";
import type { FilterResult, LocalReply, ProxyRequest } from "./proxy-request.ts";

/** What the check request tells the provider. Without a method: a connection of bytes. */
export interface ProviderView {
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  readonly headers: readonly Header[]; // several lines of one name are one, joined with commas
}

/** An answer, or who gives it once it is known what the provider sees. */
export type Answer = ProviderAnswer | ((seen: ProviderView) => ProviderAnswer);

/**
 * What a provider is told of a request: an HTTP provider gets `authorization` and the headers it asked for, a gRPC provider all of
 * them. Follows envoyproxy/envoy:source/extensions/filters/common/ext_authz/check_request_utils.cc.
 */
export function seenByProvider(
  filter: ExtAuthzFilter,
  request: ProxyRequest | undefined,
): ProviderView {
  if (request === undefined) return { headers: [] };
  const { method, path, authority, headers } = request;
  const joined = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = joined.get(name);
    if (isSeen(filter, name)) joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return {
    method,
    ...(path === undefined ? {} : { path }),
    ...(authority === undefined ? {} : { authority }),
    headers: [...joined],
  };
}

function isSeen(filter: ExtAuthzFilter, name: string): boolean {
  return (
    filter.protocol === "grpc" || name === "authorization" || matchesAny(filter.seesHeaders, name)
  );
}

/**
 * Asks the provider of a CUSTOM policy, once one of its rules matched, and does what it says. `request` undefined: a connection of
 * bytes, where a reply means that it is closed. Without an answer, the fact `ext-authz:` and the provider's name is asked: one of
 * `answers`, or `error`. Follows envoyproxy/envoy:source/extensions/filters/http/ext_authz/ext_authz.cc.
 */
export function externalAuthorize(
  filter: ExtAuthzFilter,
  request: ProxyRequest | undefined,
  facts: Facts,
  answer?: Answer,
  answers: Candidates = { candidates: ["allow", "deny"] },
): FilterResult {
  if (isTooLarge(filter, request))
    return refuse(filter, tooLarge, "was not asked: the body is too large");
  const given =
    answer ?? parseAnswer(facts.ask({ id: `ext-authz:${filter.provider}`, ...answers }));
  const told = typeof given === "function" ? given(seenByProvider(filter, request)) : given;
  const said = outcomeOf(filter, told);
  if (said.kind === "allow") return allowed(filter, request, said.change);
  if (said.kind === "deny") return refuse(filter, denial(filter, said), "denied");
  if (filter.failOpen)
    return { kind: "continue", request: request ?? bytes, text: `${filter.provider} failed: open` };
  const reply = { status: filter.statusOnError, body: "", details: "ext_authz_error" };
  return refuse(filter, reply, "failed");
}

const tooLarge: LocalReply = {
  status: 413,
  body: "Payload Too Large",
  details: "request_payload_too_large",
};

/**
 * A body that must be sent whole and does not fit: refused before the provider is asked, even if it may fail open. One that comes in
 * one frame is at its end before anybody counts.
 */
function isTooLarge({ maxBody }: ExtAuthzFilter, request: ProxyRequest | undefined): boolean {
  const { body = "", version } = request ?? {};
  const isFrame = version === "2" && body.length <= frameSize;
  return maxBody !== undefined && body.length > maxBody && !isFrame;
}

const frameSize = 16384;

type Said =
  | { readonly kind: "allow"; readonly change: HeaderChange }
  | {
      readonly kind: "deny";
      readonly status: number;
      readonly body: string;
      readonly headers: readonly Header[];
    }
  | { readonly kind: "error" };

/** An HTTP provider allows with 200 alone, and fails with 5xx. */
function outcomeOf({ protocol }: ExtAuthzFilter, answer: ProviderAnswer): Said {
  if (answer === "allow") return { kind: "allow", change: {} };
  if (answer === "error") return { kind: "error" };
  if (answer === "deny") return { kind: "deny", status: 403, body: "", headers: [] };
  if ("allow" in answer) return { kind: "allow", change: answer.allow };
  const { status = 403, body = "", headers = {} } = answer.deny;
  if (protocol === "http" && status === 200) return { kind: "allow", change: { set: headers } };
  if (protocol === "http" && status >= 500) return { kind: "error" };
  return { kind: "deny", status, body, headers: Object.entries(headers) };
}

/** Sets, then appends to what is there, then removes. An HTTP provider changes only the headers that the mesh config lets through. */
function allowed(
  filter: ExtAuthzFilter,
  request: ProxyRequest | undefined,
  { set = {}, append = {}, remove = [] }: HeaderChange,
): FilterResult {
  const text = `${filter.provider} allowed`;
  if (request === undefined) return { kind: "continue", request: bytes, text };
  let changed = request;
  for (const [name, value] of passing(filter.upstreamHeaders, Object.entries(set)))
    changed = setHeader(changed, name.toLowerCase(), value);
  for (const [name, value] of passing(filter.upstreamHeaders, Object.entries(append)))
    changed = appendHeader(changed, name.toLowerCase(), value);
  const removed = remove
    .map((header) => header.toLowerCase())
    .filter((name) => !name.startsWith(":") && name !== "host");
  for (const name of removed) changed = withoutHeader(changed, name);
  return { kind: "continue", request: changed, removed, text };
}

function passing(
  allowing: readonly Text[] | undefined,
  headers: readonly Header[],
): readonly Header[] {
  if (allowing === undefined) return headers;
  return headers.filter(([name]) => matchesAny(allowing, name.toLowerCase()));
}

const always: ReadonlySet<string> = new Set(["content-length", "location", "www-authenticate"]);

function denial(
  filter: ExtAuthzFilter,
  { status, body, headers }: Extract<Said, { readonly kind: "deny" }>,
): LocalReply {
  const shown = headers.filter(
    ([name]) =>
      filter.clientHeaders === undefined ||
      always.has(name.toLowerCase()) ||
      matchesAny(filter.clientHeaders, name.toLowerCase()),
  );
  return { status, body, details: "ext_authz_denied", headers: shown };
}

function refuse(filter: ExtAuthzFilter, reply: LocalReply, what: string): FilterResult {
  return { kind: "reply", reply, text: `${filter.provider} ${what}` };
}

function matchesAny(texts: readonly Text[], name: string): boolean {
  return texts.some((text) => matchesText(text, name));
}

/** Bytes have no request to hand on; who asks for bytes does not look at it. */
const bytes: ProxyRequest = {
  version: "1.1",
  method: "",
  authority: "",
  scheme: "http",
  headers: [],
};
