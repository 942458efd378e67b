import { keyText, type ResourceKey } from "../model/place.ts";
import type { PeerAuthentication } from "../model/policy.ts";
import type { Seen } from "../model/verdict.ts";
import { withPeerAuthentication } from "./change-mesh.ts";
import type {
  ExplainedHop,
  ExplainedLayer,
  ExplainedRule,
  NewPolicy,
  PolicyEdit,
} from "./explanation.ts";
import { verified } from "./policy-edits.ts";
import { type Turning, turns } from "./verify.ts";
import { identityParts, textsAt } from "./written.ts";

/** One rule more for just this request, in the first ALLOW policy that applies, if that lets it in. */
export function ruleForIt(
  { hop }: ExplainedHop,
  { policies }: ExplainedLayer,
  turning: Turning,
): PolicyEdit | undefined {
  const policy = policies.find(({ dryRun, action }) => action === "ALLOW" && dryRun !== true);
  if (policy === undefined || hop.saw === undefined) return undefined;
  const rule = { ...sourceOf(hop.saw), to: [{ operation: operationOf(hop.saw) }] };
  return appended(policy.key, rule, turning);
}

function sourceOf({ identities }: Seen): object {
  const [identity] = identities;
  if (identity === undefined || identityParts(identity) === undefined) return {};
  return { from: [{ source: { principals: [identity.replace(/^spiffe:\/\//, "")] } }] };
}

function operationOf({ method, path, destinationPort }: Seen): object {
  const bare = path?.replace(/[?#].*$/, "");
  const isPlain = method !== undefined && bare !== undefined && !/[*{}]/.test(bare);
  return isPlain ? { methods: [method], paths: [bare] } : { ports: [String(destinationPort)] };
}

/** One rule more for tokens of an issuer, whatever their subject. */
export function ruleForIssuer(
  { policies }: ExplainedLayer,
  issuer: string,
  turning: Turning,
): PolicyEdit | undefined {
  const policy = policies.find(({ dryRun, action }) => action === "ALLOW" && dryRun !== true);
  const rule = { when: [{ key: "request.auth.claims[iss]", values: [issuer] }] };
  return policy && appended(policy.key, rule, turning);
}

function appended(resource: ResourceKey, rule: object, turning: Turning): PolicyEdit | undefined {
  const at = { resource, path: ["spec", "rules"] };
  return verified([{ at, do: "append", values: [], left: rule }], turning);
}

/** Without this port, a rule of which nothing is left there: it was about HTTP. */
export function exceptPort(
  { hop }: ExplainedHop,
  rule: ExplainedRule,
  turning: Turning,
): PolicyEdit | undefined {
  const port = hop.saw?.destinationPort;
  if (rule.parts.length > 0 || port === undefined) return undefined;
  const { at } = rule.ref;
  const place = { ...at, path: [...at.path, "to", 0, "operation", "notPorts"] };
  if (textsAt(turning.mesh, place).length > 0) return undefined;
  const values = [String(port)];
  return verified([{ at: place, do: "add", values, left: values }], turning);
}

/** Without the policy, where ztunnel sees nothing of the HTTP that it is about, and the rest denies. */
export function withoutPolicy(
  { hop }: ExplainedHop,
  { ref }: ExplainedRule,
  turning: Turning,
): PolicyEdit | undefined {
  const isLost = hop.notes.some(
    ({ because, at }) =>
      because === "ztunnel-http-attribute" && keyText(at.resource) === keyText(ref.policy),
  );
  if (hop.point !== "ztunnel" || !isLost) return undefined;
  return verified([{ at: { resource: ref.policy, path: [] }, do: "remove", values: [] }], turning);
}

/** STRICT for a workload whose port lets plaintext in, if that keeps the caller out. */
export function strictMode(
  { hop, chain }: ExplainedHop,
  turning: Turning,
): readonly (NewPolicy | PolicyEdit)[] {
  const { told } = hop;
  if (told === undefined || told.connection.transport !== "plaintext") return [];
  if (hop.point !== "sidecar" || chain?.mode?.mode !== "PERMISSIVE") return [];
  const { by } = chain.mode;
  if (by !== undefined) {
    const edit = verified([{ at: by, do: "set", values: ["STRICT"], left: "STRICT" }], turning);
    return edit === undefined ? [] : [edit];
  }
  const { proxy } = told.program;
  const policy = strict(proxy.namespace, proxy.name, labelsOf(proxy.labels));
  const verdict = turns(turning, { mesh: withPeerAuthentication(turning.mesh, policy) });
  if (verdict === undefined) return [];
  return [{ kind: "create", resource: policy.key, spec: policy.spec, changes: [], verdict }];
}

/** The label that says which application it is, if there is one. */
function labelsOf(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const key of ["app.kubernetes.io/name", "app"]) {
    const value = labels[key];
    if (value !== undefined) return { [key]: value };
  }
  return labels;
}

function strict(
  namespace: string,
  name: string,
  matchLabels: Readonly<Record<string, string>>,
): PeerAuthentication {
  return {
    key: { kind: "PeerAuthentication", namespace, name },
    labels: {},
    annotations: {},
    spec: {
      ...(Object.keys(matchLabels).length === 0 ? {} : { selector: { matchLabels } }),
      mtls: { mode: "STRICT" },
    },
  };
}
