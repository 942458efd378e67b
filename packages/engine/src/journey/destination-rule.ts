import { rootNamespace } from "../istiod/attach-rules.ts";
import { selects } from "../kubernetes/service.ts";
import { isSubset } from "../match/host.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ResourceKey } from "../model/place.ts";
import { type Body, labels, mapping, mappings, text, texts } from "./body.ts";
import { mergeRules, type Rule, readRules } from "./rule-merge.ts";

/** The TLS settings that a DestinationRule gives a Service port: at the cluster, and for each endpoint (they differ: an:PA-83). */
export interface RuleTls {
  readonly key: ResourceKey;
  readonly cluster?: string;
  readonly endpoint?: string;
  readonly credential: boolean; // credentialName without a workloadSelector: a sidecar drops it (an:PA-86)
  readonly sni?: string;
  readonly subjectAltNames?: readonly string[];
  readonly clientCertificate?: string; // the file it comes from
}

/** The rule that counts for a host, as one: of several that were merged, the key of the one whose trafficPolicy counts. */
export interface DestinationRule {
  readonly key: ResourceKey;
  readonly policy: Body;
  readonly subsets: readonly Body[];
  readonly selecting: boolean; // it has a workloadSelector
}

/** Where a connection begins. `labels` unknown: a rule with a workloadSelector may or may not count. */
export interface RuleClient {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly appliesTo: (rule: ResourceKey) => boolean; // asked where the labels are unknown
}

/** The TLS settings of a Service port, if a rule counts for its host. See `ruleFor`. */
export function ruleTls(
  mesh: Mesh,
  client: RuleClient,
  service: {
    readonly host: string;
    readonly namespace: string;
    readonly port: number;
    readonly subset?: string;
  },
): RuleTls | undefined {
  const rule = ruleFor(mesh, client, service);
  return rule && tlsOf(rule, service.port, service.subset);
}

/**
 * The DestinationRule that counts for a host. The client's namespace is searched first, then the Service's, then the root's.
 * Follows istio/istio:pilot/pkg/model/push_context.go (an:PA-77 to an:PA-84).
 */
export function ruleFor(
  mesh: Mesh,
  client: RuleClient,
  service: { readonly host: string; readonly namespace: string },
): DestinationRule | undefined {
  const root = rootNamespace(mesh);
  const kept = texts(mesh.config, "defaultDestinationRuleExportTo")?.includes(".") ?? false;
  const rules = readRules(mesh).filter((rule) => isSubset(service.host, rule.host));
  const inNamespace = (namespace: string): readonly Rule[] =>
    rules.filter(({ key }) => key.namespace === namespace);
  const isOwn = (rule: Rule): boolean =>
    client.namespace === root ? isPrivate(rule, kept) : isLocal(rule);
  const own = inNamespace(client.namespace).filter(isOwn);
  if (own.length > 0) return chosen(mergeRules(mostSpecific(own), mesh.release), client); // even if it is for other clients only: the search ends here
  const exported = (namespace: string): DestinationRule | undefined => {
    const shared = inNamespace(namespace).filter((rule) => !isPrivate(rule, kept));
    const visible = mergeRules(mostSpecific(shared), mesh.release).filter(
      isVisibleTo(client.namespace),
    );
    return chosen(visible, client);
  };
  return exported(service.namespace) ?? exported(root);
}

/** Whether some rule could set the TLS of a Service in a namespace of which only the namespace is known. */
export function mayConcern(mesh: Mesh, namespace: string): boolean {
  const inside = `.${namespace}.svc.cluster.local`;
  return readRules(mesh).some(
    ({ host, policy }) =>
      (host.endsWith(inside) || isSubset(`x${inside}`, host)) &&
      policy !== undefined &&
      [policy, ...mappings(policy, "portLevelSettings")].some((each) => "tls" in each),
  );
}

/** Whether a rule's workloadSelector, if it has one, selects the client. */
function counts({ key, selector }: Rule, client: RuleClient): boolean {
  if (selector === undefined) return true;
  return client.labels === undefined ? client.appliesTo(key) : selects(selector, client.labels);
}

/** Whether a rule is for its own namespace only. `kept`: one that does not state `exportTo` is. */
function isPrivate({ key, exportTo }: Rule, kept: boolean): boolean {
  if (exportTo.size === 0) return kept;
  return exportTo.size === 1 && (exportTo.has(".") || exportTo.has(key.namespace));
}

/** Whether a rule is for its own namespace, too; the mesh's default does not matter. */
function isLocal({ key, exportTo }: Rule): boolean {
  return exportTo.size === 0 || ["*", ".", key.namespace].some((each) => exportTo.has(each));
}

/** In a namespace that is not the client's, visibility is looked at after the most specific host was found, and after merging. */
function isVisibleTo(namespace: string): (rule: Rule) => boolean {
  return ({ exportTo }) => exportTo.size === 0 || exportTo.has("*") || exportTo.has(namespace);
}

function mostSpecific(rules: readonly Rule[]): readonly Rule[] {
  const [host] = rules
    .map((rule) => rule.host)
    .toSorted(
      (a, b) => Number(a.startsWith("*")) - Number(b.startsWith("*")) || b.length - a.length,
    );
  return rules.filter((rule) => rule.host === host);
}

/** Of what was merged: the first whose workloadSelector selects the client, else the last without one. */
function chosen(rules: readonly Rule[], client: RuleClient): DestinationRule | undefined {
  const last = rules.findLast(({ selector }) => selector === undefined);
  const rule = rules.find((each) => each.selector !== undefined && counts(each, client)) ?? last;
  if (rule === undefined) return undefined;
  const { policyOf, policy = {}, subsets, selector } = rule;
  return { key: policyOf, policy, subsets, selecting: selector !== undefined };
}

/** The labels of a subset; undefined: no rule defines it. */
export function subsetLabels(
  { subsets }: DestinationRule,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const subset = subsets.find((each) => text(each, "name") === name);
  return subset && labels(subset, "labels");
}

/** Whether connections go where the client meant them to go, whatever endpoints there are. */
export function isPassthrough({ policy }: DestinationRule, port: number): boolean {
  return text(mapping(atPort(policy, port), "loadBalancer"), "simple") === "PASSTHROUGH";
}

function portEntry(policy: Body, port: number): Body | undefined {
  return mappings(policy, "portLevelSettings").find(
    (each) => mapping(each, "port")["number"] === port,
  );
}

/** An entry for the port replaces the policy as a whole (an:PA-82). */
function atPort(policy: Body, port: number): Body {
  return portEntry(policy, port) ?? policy;
}

/** A subset's own settings take the place of the rule's; an entry for its port does so with what it leaves out (an:PA-84). */
function tlsOf(
  { key, policy, subsets, selecting }: DestinationRule,
  port: number,
  name: string | undefined,
): RuleTls {
  const subset =
    name === undefined ? undefined : subsets.find((each) => text(each, "name") === name);
  const own = subset === undefined ? {} : mapping(subset, "trafficPolicy");
  const overrides = "tls" in atPort(own, port) || portEntry(own, port) !== undefined;
  const counting = overrides ? atPort(own, port) : atPort(policy, port);
  const tls = mapping(counting, "tls");
  const cluster = modeOf(counting);
  const endpoint = (subset && endpointMode(own, port)) ?? endpointMode(policy, port);
  const sni = text(tls, "sni");
  const subjectAltNames = texts(tls, "subjectAltNames");
  const clientCertificate = text(tls, "clientCertificate");
  return {
    key,
    ...(cluster === undefined ? {} : { cluster }),
    ...(endpoint === undefined ? {} : { endpoint }),
    credential: !selecting && (text(tls, "credentialName") ?? "") !== "",
    ...(sni === undefined || sni === "" ? {} : { sni }),
    ...(subjectAltNames === undefined || subjectAltNames.length === 0 ? {} : { subjectAltNames }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}

/** What endpoints are told: the port's mode, else that of the top, even where an entry for the port has none (an:PA-83). */
function endpointMode(policy: Body, port: number): string | undefined {
  const entry = portEntry(policy, port);
  return (entry && modeOf(entry)) ?? modeOf(policy);
}

/** A `tls` block without `mode` is DISABLE, the enum's first value. */
function modeOf(policy: Body): string | undefined {
  return text(mapping(policy, "tls"), "mode") ?? ("tls" in policy ? "DISABLE" : undefined);
}
