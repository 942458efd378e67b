import { selects } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { compareBytes, type ResourceKey } from "../model/place.ts";
import { type Body, labels, mapping, mappings, text, texts } from "./body.ts";

/** The TLS mode that a DestinationRule gives a Service port: at the cluster, and for each endpoint (they differ: an:PA-83). */
export interface RuleTls {
  readonly key: ResourceKey;
  readonly cluster?: string;
  readonly endpoint?: string;
  readonly credential: boolean; // credentialName without a workloadSelector: a sidecar drops it (an:PA-86)
}

/** Where a connection begins. `labels` unknown: a rule with a workloadSelector may or may not count. */
export interface RuleClient {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly appliesTo: (rule: ResourceKey) => boolean; // asked where the labels are unknown
}

interface Rule {
  readonly key: ResourceKey;
  readonly createdAt: number;
  readonly host: string;
  readonly exportTo: readonly string[] | undefined;
  readonly selector?: Readonly<Record<string, string>>;
  readonly policy?: Body;
}

/**
 * The DestinationRule that counts for a Service port, if it says anything about TLS. The client's namespace is searched first, then
 * the Service's, then the root's. Follows istio/istio:pilot/pkg/model/push_context.go (an:PA-77 to an:PA-84).
 */
export function ruleTls(
  mesh: Mesh,
  client: RuleClient,
  service: { readonly host: string; readonly namespace: string; readonly port: number },
): RuleTls | undefined {
  const root = mesh.config.rootNamespace || "istio-system";
  const rules = rulesOf(mesh).filter((rule) => matchesHost(rule.host, service.host));
  const inNamespace = (namespace: string): readonly Rule[] =>
    rules.filter(({ key }) => key.namespace === namespace);
  const own = inNamespace(client.namespace).filter(
    (rule) => visible(rule, client.namespace) && (client.namespace !== root || isPrivate(rule)),
  );
  const found =
    own.length > 0
      ? chosen(own, client) // even if it is for other clients only: the search ends here
      : (exported(inNamespace(service.namespace), client) ?? exported(inNamespace(root), client));
  return found && tlsOf(found, service.port);
}

/** Whether some rule could set the TLS of a Service in a namespace of which only the namespace is known. */
export function mayConcern(mesh: Mesh, namespace: string): boolean {
  const inside = `.${namespace}.svc.cluster.local`;
  return rulesOf(mesh).some(
    ({ host, policy }) =>
      (host.endsWith(inside) || matchesHost(host, `x${inside}`)) &&
      policy !== undefined &&
      [policy, ...mappings(policy, "portLevelSettings")].some((each) => "tls" in each),
  );
}

function rulesOf(mesh: Mesh): readonly Rule[] {
  const byDefault = texts(mesh.config, "defaultDestinationRuleExportTo");
  return mesh.inventory.others
    .filter(({ key }) => key.kind === "DestinationRule")
    .map((object) => parse(object, byDefault))
    .toSorted((a, b) => a.createdAt - b.createdAt || compareBytes(a.key.name, b.key.name));
}

function parse({ key, createdAt, body }: Other, byDefault: readonly string[] | undefined): Rule {
  const spec = mapping(body, "spec");
  const host = text(spec, "host") ?? "";
  const bare = !/[.*:]/.test(host);
  const exportTo = texts(spec, "exportTo");
  return {
    key,
    createdAt: createdAt ?? 0,
    host: bare ? `${host}.${key.namespace}.svc.cluster.local` : host,
    exportTo: exportTo === undefined || exportTo.length === 0 ? byDefault : exportTo,
    ...("workloadSelector" in spec
      ? { selector: labels(mapping(spec, "workloadSelector"), "matchLabels") }
      : {}),
    ...("trafficPolicy" in spec ? { policy: mapping(spec, "trafficPolicy") } : {}),
  };
}

function matchesHost(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*") && host.endsWith(pattern.slice(1)));
}

/** Whether a rule's workloadSelector, if it has one, selects the client. */
function counts({ key, selector }: Rule, client: RuleClient): boolean {
  if (selector === undefined) return true;
  return client.labels === undefined ? client.appliesTo(key) : selects(selector, client.labels);
}

function isPrivate({ exportTo, selector }: Rule): boolean {
  return selector !== undefined || (exportTo?.length === 1 && exportTo[0] === ".");
}

function visible({ key, exportTo, selector }: Rule, namespace: string): boolean {
  const own = key.namespace === namespace;
  if (selector !== undefined) return own;
  const to = exportTo ?? ["*"];
  return to.includes("*") || to.includes(namespace) || (own && to.includes("."));
}

/** In a namespace that is not the client's, the most specific host comes first and visibility after it. */
function exported(rules: readonly Rule[], client: RuleClient): Rule | undefined {
  const found = chosen(
    rules.filter((rule) => !isPrivate(rule)),
    client,
  );
  return found && visible(found, client.namespace) ? found : undefined;
}

/**
 * The rule for the most specific host. Rules of one host are merged, oldest first, if their `exportTo` is literally the same;
 * else the group that began last counts alone. One with a matching workloadSelector comes before those without.
 */
function chosen(rules: readonly Rule[], client: RuleClient): Rule | undefined {
  const host = rules
    .map((rule) => rule.host)
    .toSorted(
      (a, b) => Number(a.startsWith("*")) - Number(b.startsWith("*")) || b.length - a.length,
    )[0];
  const same = rules.filter((rule) => rule.host === host);
  const selecting = same.find((rule) => rule.selector !== undefined && counts(rule, client));
  if (selecting !== undefined) return selecting;
  const groups = new Map<string, Rule[]>();
  for (const rule of same.filter(({ selector }) => selector === undefined)) {
    const exportTo = JSON.stringify(rule.exportTo ?? null);
    groups.set(exportTo, [...(groups.get(exportTo) ?? []), rule]);
  }
  const last = [...groups.values()].at(-1);
  return last?.find(({ policy }) => policy !== undefined) ?? last?.[0];
}

function tlsOf({ key, policy = {}, selector }: Rule, port: number): RuleTls {
  const entry = mappings(policy, "portLevelSettings").find(
    (each) => mapping(each, "port")["number"] === port,
  );
  const top = text(mapping(policy, "tls"), "mode") ?? implied(policy);
  const own = entry && (text(mapping(entry, "tls"), "mode") ?? implied(entry));
  const cluster = entry === undefined ? top : own;
  const endpoint = own ?? top;
  const tls = mapping(entry ?? policy, "tls");
  return {
    key,
    ...(cluster === undefined ? {} : { cluster }),
    ...(endpoint === undefined ? {} : { endpoint }),
    credential: selector === undefined && (text(tls, "credentialName") ?? "") !== "",
  };
}

/** A `tls` block without `mode` is DISABLE, the enum's first value. */
function implied(body: Body): string | undefined {
  return "tls" in body ? "DISABLE" : undefined;
}
