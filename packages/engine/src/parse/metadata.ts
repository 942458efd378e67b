import { diagnose, type Finding } from "../diagnostic.ts";
import type { Fact } from "../model/fact.ts";
import type { ResourceKey } from "../model/place.ts";
import type { AuthorizationPolicySpec } from "../model/policy.ts";
import { fieldsOf, textMapOf, textOf } from "./decode.ts";
import type { Fields, ParsedObject } from "./objects.ts";

/** An object with what every object has, read. */
export interface Described {
  readonly key: ResourceKey;
  readonly apiVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly fields: Fields;
  readonly spec?: AuthorizationPolicySpec; // of a policy that needs no decoding
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
    return { fault: diagnose("load/no-name", `a ${kind} without \`metadata.name\``, at, hint) };
  }
  const stated = nameOf(metadata["namespace"]) || namespace;
  const key = { kind, namespace: clusterScoped.has(kind) ? "" : (stated ?? "default"), name };
  const created = Date.parse(textOf(metadata["creationTimestamp"]) ?? "");
  const value: Described = {
    key,
    apiVersion,
    labels: textMapOf(metadata["labels"]),
    annotations: textMapOf(metadata["annotations"]),
    ...(Number.isNaN(created) ? {} : { createdAt: created }),
    fields,
  };
  if (stated !== undefined || clusterScoped.has(kind)) return { value };
  const from = { resource: key, path: ["metadata", "name"] };
  return {
    value,
    assumed: { id: `namespace:${kind}/${name}`, state: "assumed", value: "default", from },
  };
}

/** A name that was written as a number or a boolean is still a name: that it is no text, `shape.ts` says. */
function nameOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : textOf(value);
}
