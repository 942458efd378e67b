import {
  type AccessRequest,
  type Destination,
  type EvaluateOptions,
  evaluate,
  type Mesh,
  type Verdict,
} from "@meshproof/engine";
import type { AnalyseOptions, Point } from "@meshproof/engine/analyse";
import type { Counterexample } from "@meshproof/testkit";

/** Where a counterexample was found, and how a test of it is evaluated. */
export interface Found {
  readonly mesh: Mesh;
  readonly point: Point;
  readonly isWay: boolean; // the request comes to where the way to the point begins
  readonly dataPlane?: EvaluateOptions["dataPlane"];
  readonly assume?: AnalyseOptions["assume"];
}

/**
 * A counterexample in words in which a test shows it. Undefined: there are none. What a gateway lets pass may be refused behind it,
 * a waypoint itself is addressed by nobody, and what becomes of a copy nobody is told.
 */
export function shownBy(example: Counterexample, found: Found): Counterexample | undefined {
  const { request } = example.witness;
  const wordings = [request, ...(found.isWay ? [] : described(request, found.point))];
  const shown = wordings.find((each) => isShown({ ...example, request: each }, found));
  return shown && { ...example, witness: { ...example.witness, request: shown } };
}

/** Whether a request meets something else than is expected of it, so that whoever asks sees what was found. */
export function isShown(
  { request, witness, expect }: Counterexample & { readonly request: AccessRequest },
  { mesh, dataPlane, assume, isWay }: Found,
): boolean {
  if (witness.statuses.includes("allowed as a copy")) return false;
  if (typeof request.to === "string" && request.to.startsWith("waypoint/")) return false;
  const options: EvaluateOptions = {
    ...signed(witness),
    ...(dataPlane === undefined ? {} : { dataPlane }),
    ...(assume === undefined ? {} : { facts: { filters: "decides nothing" } }),
  };
  const verdict = evaluate(mesh, request, options);
  const { decision } = verdict;
  if (decision === "undetermined") return isWay && isForked(verdict);
  return decision !== expect && decision !== "invalid";
}

/** Whether nothing but the destination that a route picks is open: a test fails for as long as one of them answers otherwise. */
function isForked({ facts }: Verdict): boolean {
  return facts.every(({ id, state }) => state !== "unknown" || id.startsWith("route:"));
}

/** The token of a witness counts as signed by its issuer, as the one that the suite makes is. */
function signed({
  request: { token },
  claims,
}: Counterexample["witness"]): Pick<EvaluateOptions, "keys" | "signatures"> {
  const first = Array.isArray(token) ? token[0] : token;
  const raw = typeof first === "string" ? first : first?.raw;
  const issuer = claims?.["iss"];
  if (raw === undefined || typeof issuer !== "string") return {};
  return { keys: { [issuer]: "trusted" }, signatures: { [raw]: "valid" } };
}

/**
 * A port that nothing declares: which protocol a Service that was not loaded might declare decides, so the test says that it is none of
 * HTTP, or that the proxy finds out.
 */
function described({ to, ...request }: AccessRequest, { proxy }: Point): readonly AccessRequest[] {
  const plane = proxy.kind === "ztunnel" ? "ambient" : proxy.kind;
  const port = typeof to === "string" ? /:(\d+)$/.exec(to)?.[1] : undefined;
  if (port === undefined || plane === "gateway" || plane === "waypoint") return [];
  const { namespace, name, labels, serviceAccount } = proxy;
  const destination: Destination = {
    ...{ namespace, name, labels },
    ...(serviceAccount ? { serviceAccount } : {}),
    port: Number(port),
    protocol: request.http === "none" ? "tcp" : "auto",
    dataPlane: plane,
  };
  return [{ ...request, to: destination }];
}
