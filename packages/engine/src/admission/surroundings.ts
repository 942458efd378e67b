import type { Mesh } from "../model/mesh.ts";
import type { MeshConfig } from "../model/mesh-config.ts";
import { fieldsOf } from "../parse/decode.ts";
import { installedRelease } from "../parse/installed-release.ts";
import { meshConfigOf } from "../parse/mesh-config.ts";
import type { ParsedObject } from "../parse/objects.ts";
import { resolveRelease } from "../release.ts";
import { fieldSpan } from "./field.ts";
import type { Surroundings } from "./pieces.ts";

/** What is known of a cluster beside its objects. */
export interface ClusterOptions {
  readonly istio?: string; // its release; absent: that of an istiod among the objects, else the default one
  readonly envoy?: string;
  readonly features?: Readonly<Record<string, string>>; // istiod's environment
  readonly meshConfig?: MeshConfig; // laid over that of the ConfigMap
  readonly configMap?: string; // its name: `istio`, or `istio-REVISION`
  readonly complete?: boolean; // every object of the cluster is handed over: what is absent does not exist
}

/** A cluster of which no object was seen yet. Throws where nobody knows the release. */
export function emptySurroundings(options: ClusterOptions): Surroundings {
  const { istio, envoy, features = {}, meshConfig, complete } = options;
  const release = resolveRelease(istio, envoy);
  if ("unknown" in release)
    throw new RangeError(
      `unknown release ${release.unknown}; known are ${release.known.join(", ")}`,
    );
  const inventory: Mesh["inventory"] = { namespaces: [], workloads: [], services: [], others: [] };
  return {
    release,
    features,
    config: meshConfig ?? {},
    configLoaded: meshConfig !== undefined,
    inventory: complete ? { ...inventory, complete } : inventory,
    locate: ({ resource, path }) => fieldSpan(resource, path),
  };
}

/** The same after an object was seen, or after it went: its mesh config, the release it installs. Undefined: it says nothing of either. */
export function surroundingsWith(
  known: Surroundings,
  object: ParsedObject,
  { options, gone }: { readonly options: ClusterOptions; readonly gone: boolean },
): Surroundings | undefined {
  return configured(known, object, { options, gone }) ?? released(known, object, options);
}

function configured(
  known: Surroundings,
  object: ParsedObject,
  { options, gone }: { readonly options: ClusterOptions; readonly gone: boolean },
): Surroundings | undefined {
  const { meshConfig = {}, configMap = "istio" } = options;
  const isMap = object.kind === "ConfigMap";
  if (isMap && fieldsOf(object.fields["metadata"])["name"] !== configMap) return undefined;
  const { found } = meshConfigOf(object);
  if (gone && (isMap || found !== undefined))
    return { ...known, config: meshConfig, configLoaded: options.meshConfig !== undefined };
  if (found === undefined) return undefined;
  return { ...known, config: { ...found.config, ...meshConfig }, configLoaded: true };
}

function released(
  known: Surroundings,
  object: ParsedObject,
  { istio, envoy }: ClusterOptions,
): Surroundings | undefined {
  const installed = istio === undefined ? installedRelease(object) : undefined;
  if (installed === undefined) return undefined;
  const release = resolveRelease(installed.version, envoy);
  return "unknown" in release ? undefined : { ...known, release };
}
