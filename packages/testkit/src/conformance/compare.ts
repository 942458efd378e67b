import type { Header } from "@meshproof/engine";
import { type Comparison, differing } from "./judgement.ts";
import type { Observed } from "./observe.ts";
import type { Result, Rules, ScenarioRequest, Upstream } from "./vector.ts";

/**
 * Compares what really happened with what the engine says, field by field: outcome, status, response code or termination details,
 * body of a local reply, chain, RBAC's metadata (the deciding rule, the CUSTOM rule, both dry runs with their results), AUDIT's
 * hint, the remote address, the peer, www-authenticate, location and gRPC status of an answer, and everything that the application received.
 * Values of one header are compared in their order; the order of different headers is not.
 *
 * Left out, and counted: the text and the peer of a TLS failure, Envoy's response flags, the banner that a silent client receives,
 * the name of the proxy's own certificate in x-forwarded-client-cert, the provider in the name of a CUSTOM rule, an application
 * that breaks off its answer.
 */
export function compare(
  result: Result,
  got: Observed,
  { connection }: ScenarioRequest,
): Comparison {
  const expected = withoutArtefacts(result);
  const peer = connection.transport === "hbone" ? undefined : got.peer; // inside a tunnel Envoy logs none
  const fields: readonly Field[] = [
    ["outcome", expected.outcome, got.outcome],
    ["status", expected.status, got.status],
    ["details", expected.details, got.details],
    ["body", connection.silent ? undefined : expected.body, got.body],
    ["chain", expected.chain, got.chain],
    ["peer", expected.outcome === "tls-failed" ? undefined : expected.peer, peer],
    ["opaque", expected.opaque, got.opaque],
    ["audit", expected.audit, got.audit],
    ...ruleFields(expected.rules ?? {}, got.rules),
    ...remoteIp(expected, got, connection.sourceIp),
    ["responseHeaders", sorted(expected.responseHeaders ?? []), sorted(got.responseHeaders)],
    ...upstreamFields(expected.upstream ?? undefined, got.upstream),
  ];
  return {
    differences: differing(fields),
    notCompared: leftOut(result, got, connection.silent === true),
  };
}

/** What the oracle's own client and server bring about: they hang up once they have what they want, and they know no websockets. */
function withoutArtefacts(result: Result): Result {
  if (brokeOff(result)) {
    const { body: _body, ...kept } = result;
    return { ...kept, status: 200, details: "via_upstream" };
  }
  const { outcome, details, ...rest } =
    result.details === "websocket_handshake_unsuccessful" ? withoutAnswer(result) : result;
  const hungUp =
    (outcome === "tls-failed" && isBrokenPipe(rest.reason)) ||
    (outcome === "tcp-closed" && rest.body !== undefined); // a silent client that had heard the application
  const said = details === "websocket_handshake_unsuccessful" ? "via_upstream" : details;
  return {
    ...rest,
    outcome: hungUp ? "tcp-ok" : outcome,
    ...(said === undefined ? {} : { details: said }),
  };
}

/** Envoy says of a refused websocket what gRPC would. */
function withoutAnswer({ responseHeaders: _headers, ...kept }: Result): Result {
  return kept;
}

/** The application had received the request: nothing that the proxy decided. Asked again, it answers. */
function brokeOff({ details, upstream }: Result): boolean {
  return (
    Boolean(upstream) && details?.startsWith("upstream_reset_before_response_started") === true
  );
}

function isBrokenPipe(reason: string | undefined): boolean {
  return reason?.includes("Broken_pipe") ?? false;
}

function leftOut(
  { reason, flags, peer, ...result }: Result,
  got: Observed,
  silent: boolean,
): string[] {
  const provider = result.rules?.custom?.startsWith("istio-ext-authz-ns[") === false;
  const isFailure = reason !== undefined && !isBrokenPipe(reason);
  const ownName = got.upstream?.headers.some(
    ([name, value]) => name === "x-forwarded-client-cert" && value.includes("By="),
  );
  const left: readonly (readonly [boolean, string])[] = [
    [
      isBrokenPipe(reason),
      "TLS failure after the client had its answer and hung up: taken for tcp-ok",
    ],
    [isFailure, "text of a TLS failure"],
    [flags !== undefined, "response flags"],
    [peer !== undefined && isFailure, "peer whose handshake failed"],
    [silent && result.body !== undefined, "banner for a silent client"],
    [
      result.details === "websocket_handshake_unsuccessful",
      "refusal of a websocket by the application",
    ],
    [brokeOff(result), "application that broke off its answer: taken for an answer"],
    [ownName === true, "By= of x-forwarded-client-cert"],
    [provider, "provider in the name of a CUSTOM rule"],
  ];
  return left.flatMap(([applies, what]) => (applies ? [what] : []));
}

type Field = readonly [name: string, expected: unknown, got: unknown];

function ruleFields(expected: Rules, got: Rules): readonly Field[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]) as Set<keyof Rules>;
  return [...names].map((name) => {
    const value = expected[name];
    return [
      `rules.${name}`,
      inDetails(name === "custom" ? withoutProvider(value) : value),
      inDetails(got[name]),
    ];
  });
}

/** The name of a rule that denied is read from response code details, where blanks are underscores. */
function inDetails(name: string | undefined): string | undefined {
  return name?.replace(/\s/g, "_");
}

/** istiod puts the provider in front of the name of a CUSTOM rule. */
function withoutProvider(name: string | undefined): string | undefined {
  return name?.replace(/^istio-ext-authz-.*?(?=ns\[)/, "");
}

/** The oracle says it only where it is not the source address. */
function remoteIp(expected: Result, got: Observed, sourceIp: string): readonly Field[] {
  if (got.remoteIp === undefined) return [];
  return [["remoteIp", expected.remoteIp ?? sourceIp, got.remoteIp]];
}

function upstreamFields(
  expected: Upstream | undefined,
  got: Upstream | undefined,
): readonly Field[] {
  if (expected === undefined || got === undefined)
    return [["upstream", expected && "received", got && "received"]];
  return [
    ["upstream.method", expected.method, got.method],
    ["upstream.path", expected.path, got.path],
    ...headerFields(expected.headers, got.headers),
  ];
}

function headerFields(expected: readonly Header[], got: readonly Header[]): readonly Field[] {
  const names = new Set([...expected, ...got].map(([name]) => name));
  return [...names].map((name) => [
    `upstream.headers.${name}`,
    valuesOf(expected, name),
    valuesOf(got, name),
  ]);
}

function valuesOf(headers: readonly Header[], wanted: string): readonly string[] {
  const values = headers.filter(([name]) => name === wanted).map(([, value]) => value);
  return wanted === "x-forwarded-client-cert" ? values.map(blanked) : values;
}

/** The vectors do not tell the certificate itself, and all proxies of the oracle show the same one of theirs. */
function blanked(value: string): string {
  return value
    .replace(/\bBy=spiffe:[^;,]*/g, "By=...")
    .replace(/Hash=[0-9a-f]{64}/g, "Hash=...")
    .replace(/(Cert|Chain)="[^"]*"/g, '$1="..."');
}

function sorted(headers: readonly Header[]): readonly Header[] {
  return headers.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
}
