import { evaluate } from "../evaluate.ts";
import { checkRequest } from "../journey/request.ts";
import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Verdict } from "../model/verdict.ts";

/** What a decision is to be turned into, and under which circumstances. */
export interface Turning {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
  readonly wanted: "allow" | "deny";
}

/** What was changed. Tokens: those that are taken to be signed by their issuer. */
export interface Changed {
  readonly mesh?: Mesh;
  readonly request?: AccessRequest;
  readonly tokens?: readonly string[];
}

/** The verdict under a change, if that turns the decision. */
export function turns(turning: Turning, changed: Changed): Verdict | undefined {
  const { mesh = turning.mesh, request = turning.request, tokens = [] } = changed;
  const signatures = Object.fromEntries(tokens.map((token) => [token, "valid" as const]));
  const { trace: _trace, alternatives: _alternatives, ...stated } = turning.options;
  const options = { ...stated, signatures: { ...stated.signatures, ...signatures } };
  if (checkRequest(mesh, request, options).length > 0) return undefined;
  const verdict = evaluate(mesh, request, options);
  return verdict.decision === turning.wanted ? verdict : undefined;
}
