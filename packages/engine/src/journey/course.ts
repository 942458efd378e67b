import type { Decision } from "../model/fact.ts";
import type { Header, HttpRequest } from "../model/request.ts";
import type { Hop, Layer, Outcome, Step } from "../model/verdict.ts";
import type { Approach } from "./arrive.ts";
import type { Nobody } from "./endpoint.ts";
import type { Course } from "./merge.ts";
import type { Transport } from "./transport.ts";

/** What a hop's outcome means for the request. */
const decisions: Readonly<Record<Outcome["kind"], Decision>> = {
  forwarded: "allow",
  reply: "deny",
  closed: "deny",
  "tls-failed": "deny",
  "protocol-error": "deny",
  "no-chain": "deny",
  silent: "deny",
  "not-served": "invalid",
  unknown: "undetermined",
};

/** The layer of an outcome that no step accounts for. */
const layers: Partial<Readonly<Record<Outcome["kind"], Layer>>> = {
  "tls-failed": "mtls",
  "no-chain": "mtls",
  "protocol-error": "http",
  "not-served": "config",
};

/** What a request comes to at its last hop: the step that refused decides, or the last one that let it through by a rule. */
export function courseOf(hop: Hop): Course {
  const { outcome, steps } = hop;
  const refused = steps.find(({ result }) => result === "refuse");
  const deciding = refused ?? steps.findLast(letThrough);
  const layer = deciding?.layer ?? layers[outcome.kind];
  return {
    decision: decisions[outcome.kind],
    outcome: isUnheard(outcome, deciding) ? unheard(outcome) : outcome,
    ...(layer === undefined ? {} : { layer }),
    by: deciding?.by ?? [],
    hops: [hop],
  };
}

/** An answer in plain text to TLS that is not ended there is none: the client's handshake fails. */
function isUnheard({ kind }: Outcome, step: Step | undefined): boolean {
  return kind === "protocol-error" && step?.layer === "mtls";
}

function unheard({ status: _, ...outcome }: Outcome): Outcome {
  return outcome;
}

function letThrough({ layer, result }: Step): boolean {
  return result === "pass" && (layer === "allow" || layer === "capture");
}

/** TLS bytes that reach a chain which does not terminate them: it is the transport that is refused, not the request. */
export function blameTransport(hop: Hop, transport: Transport): Hop {
  const opaque = transport !== "plaintext" && hop.saw?.identities.length === 0;
  if (hop.outcome.kind !== "protocol-error" || !opaque) return hop;
  const steps = hop.steps.map(
    (step): Step => (step.layer === "http" ? { ...step, layer: "mtls" } : step),
  );
  return { ...hop, steps };
}

/** A workload on which nothing is enforced: it receives what comes, be it TLS that it does not expect. */
export function unenforced({
  subject,
  why,
  transport,
  tls,
  http,
}: Extract<Approach, { readonly kind: "unenforced" }>): Course {
  const isOpened = transport === "plaintext" || (tls && http !== undefined);
  const outcome: Outcome = {
    kind: "forwarded",
    ...(isOpened ? receivedAs(http) : { opaque: true }),
  };
  return courseOf({
    point: "none",
    proxy: subject.replace(/^[a-z]+\//, ""),
    enforced: false,
    why,
    steps: [{ layer: "capture", result: "pass", by: [], text: why }],
    outcome,
    notes: [],
  });
}

/** A request that nobody changes on its way arrives as it is; of one with unknown parts nothing is said. */
function receivedAs(http: HttpRequest | undefined): Pick<Outcome, "received"> {
  if (http?.method === undefined || http.target === undefined || http.otherHeaders) return {};
  const { method, target, host, headers } = http;
  const named: readonly Header[] = host === undefined || host === null ? [] : [["host", host]];
  return { received: { method, path: target, headers: [...named, ...headers] } };
}

/** What the client's own sidecar does not let out. */
export function blockedAtClient({
  by,
  what,
  http,
}: Extract<Approach, { readonly kind: "blocked" }>): Course {
  const text = `REGISTRY_ONLY: the client's sidecar does not know ${what}`;
  return courseOf({
    point: "sidecar",
    proxy: by,
    enforced: true,
    steps: [{ layer: "route", result: "refuse", by: [], text }],
    outcome: http
      ? { kind: "reply", status: 502, details: text }
      : { kind: "closed", details: text },
    notes: [],
  });
}

/** Where the evaluation ends without an answer: `why` says what is missing. */
export function unanswered({ subject, missing }: { subject: string; missing: string }): Course {
  const hop: Hop = {
    point: "none",
    proxy: subject,
    enforced: false,
    why: missing,
    steps: [],
    outcome: { kind: "unknown", details: missing },
    notes: [],
  };
  return { decision: "undetermined", outcome: hop.outcome, by: [], hops: [hop] };
}

/** Nobody listens there. */
export function unreached({ subject, nobody }: Nobody): Course {
  const step: Step = { layer: "route", result: "refuse", by: [], text: nobody };
  return courseOf({
    point: "none",
    proxy: subject,
    enforced: false,
    why: nobody,
    steps: [step],
    outcome: { kind: "closed", details: nobody },
    notes: [],
  });
}
