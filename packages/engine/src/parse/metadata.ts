import { diagnose, type Finding } from "../diagnostic.ts";
import type { Fact } from "../model/fact.ts";
import type { ResourceKey } from "../model/place.ts";
import type { AuthorizationPolicy, StatusCondition } from "../model/policy.ts";
import { fieldsOf, listOf, textMapOf, textOf } from "./decode.ts";
import type { Fields, ParsedObject } from "./objects.ts";
import type { OrdinaryPolicy } from "./ordinary-policy.ts";

/** An object with what every object has, read. */
export interface Described {
  readonly key: ResourceKey;
  readonly apiVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly fields: Fields;
}

const clusterScoped: ReadonlySet<string> = new Set(["Namespace", "GatewayClass"]);

/** The metadata of an object; a namespace that nothing states is `default`, as an assumption. */
export function describe(
  { kind, apiVersion, fields, document }: ParsedObject,
  namespace: string | undefined,
):
  | { readonly value: Described; readonly assumed?: Fact; readonly fault?: undefined }
  | { readonly fault: Finding; readonly value?: undefined; readonly assumed?: undefined } {
  const metadata = fieldsOf(fields["metadata"]);
  const name = nameOf(metadata["name"]);
  if (name === undefined || name === "") {
    const at = document.locate(["metadata"]);
    const hint =
      textOf(metadata["generateName"]) &&
      "an object with `generateName` gets its name from the cluster";
    return { fault: diagnose("load/no-name", `this ${kind} has no \`metadata.name\``, at, hint) };
  }
  const stated = nameOf(metadata["namespace"]) || namespace;
  const key = { kind, namespace: clusterScoped.has(kind) ? "" : (stated ?? "default"), name };
  const value: Described = {
    key,
    apiVersion,
    labels: textMapOf(metadata["labels"]),
    annotations: textMapOf(metadata["annotations"]),
    ...createdAt(metadata["creationTimestamp"]),
    fields,
  };
  const isStated = stated !== undefined || clusterScoped.has(kind);
  return isStated ? { value } : { value, assumed: assumedNamespace(key) };
}

/** The same of a policy that needs no decoding: what it holds is taken as it is. */
export function describeOrdinary(
  { kind, metadata, spec, status }: OrdinaryPolicy,
  namespace: string | undefined,
): AuthorizationPolicy {
  const key = {
    kind,
    namespace: metadata.namespace ?? namespace ?? "default",
    name: metadata.name,
  };
  const { labels = none, annotations = none, creationTimestamp: created } = metadata;
  if (created === undefined && status === undefined) return { key, labels, annotations, spec };
  return { key, labels, annotations, ...createdAt(created), ...conditionsOf(status), spec };
}
const none: Readonly<Record<string, string>> = Object.freeze({});

function createdAt(written: unknown): { readonly createdAt?: number } {
  const created = typeof written === "string" ? Date.parse(written) : Number.NaN;
  return Number.isNaN(created) ? {} : { createdAt: created };
}

/** That an object is in `default`, which nothing states. */
export function assumedNamespace(key: ResourceKey): Fact {
  const from = { resource: key, path: ["metadata", "name"] };
  const id = `namespace:${key.kind}/${key.name}`;
  return { id, state: "assumed", value: "default", from };
}

/** What controllers say of an object that comes from a cluster. */
export function conditionsOf(status: unknown): {
  readonly conditions?: readonly StatusCondition[];
} {
  const conditions = listOf(fieldsOf(status)["conditions"]).map((item) => {
    const { type, status: state, reason, message } = fieldsOf(item);
    return {
      type: textOf(type) ?? "",
      status: textOf(state) ?? "",
      reason: textOf(reason) ?? "",
      message: textOf(message) ?? "",
    };
  });
  return conditions.length > 0 ? { conditions } : {};
}

/** A name that was written as a number or a boolean is still a name: that it is no text, `shape.ts` says. */
function nameOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : textOf(value);
}
