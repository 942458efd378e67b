import { clauseHolds } from "../envoy/rbac.ts";
import { workloadText } from "../journey/endpoint.ts";
import { spiffeId, trustDomain } from "../kubernetes/identity.ts";
import { isText, textSamples } from "../match/samples.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ExplainedCondition } from "./explanation.ts";
import { identityParts, positive } from "./written.ts";

/** So many callers are tried. */
const most = 3;

/** Among whom callers are looked for. `self`: the workload that is called. */
export interface Who {
  readonly mesh: Mesh;
  readonly self: string;
}

/** Callers whose identity makes a condition hold, or not: workloads of the mesh first, then those that the policy names. */
export function callersFor(
  condition: ExplainedCondition,
  wanted: boolean,
  { mesh, self }: Who,
): readonly string[] {
  const { clause } = condition;
  const others = mesh.inventory.workloads.filter(
    ({ key }) => `${key.namespace}/${key.name}` !== self,
  );
  const known = others.map((workload) => ({
    uri: spiffeId(mesh.config, workload.key.namespace, workload.serviceAccount || "default"),
    from: workloadText(workload),
  }));
  const named = namedIn(condition, mesh).map((uri) => ({ uri, from: callerText(uri, mesh) }));
  const stranger = spiffeId(mesh.config, "default", "default");
  return [...known, ...named, { uri: stranger, from: callerText(stranger, mesh) }]
    .filter(({ uri }) => !uri.includes("*") && clauseHolds(clause, [uri]) === wanted)
    .map(({ from }) => from)
    .filter((from, index, all) => all.indexOf(from) === index)
    .slice(0, most);
}

/** Identities that the values of a condition stand for. `cluster.local` is the mesh's own trust domain, whatever that is called. */
function namedIn({ expected, field, clause }: ExplainedCondition, mesh: Mesh): readonly string[] {
  const domain = trustDomain(mesh.config);
  const name = positive(field);
  const written = expected.map((value) => {
    if (name.toLowerCase().endsWith("namespace") || name === "namespaces")
      return `spiffe://${domain}/ns/${value}/sa/default`;
    return `spiffe://${value.replace(/^cluster\.local\//, `${domain}/`)}`;
  });
  const samples = textSamples([...(clause.any ?? []), ...(clause.none ?? [])].filter(isText));
  const rooted = samples.map((sample) => sample.replace(/^spiffe:\/\/x\//, `spiffe://${domain}/`));
  return [...written, ...rooted].filter((uri) => identityParts(uri) !== undefined);
}

/** `sa/shop/web` for an identity of this mesh. */
function callerText(uri: string, { config }: Mesh): string {
  const identity = identityParts(uri);
  if (identity === undefined || identity.domain !== trustDomain(config)) return uri;
  return `sa/${identity.namespace}/${identity.account}`;
}
