import { loadMesh, type Mesh } from "@meshproof/engine";
import type { KubernetesObject, Vector } from "./vector.ts";
import { objectsAround, type Surroundings } from "./world.ts";

/**
 * The mesh of a scenario in its surroundings, past any admission. There is nothing else in the cluster. Throws a TypeError for a scenario
 * that cannot be loaded at all: the vectors hold none.
 */
export function meshOf({ versions, scenario }: Vector, surroundings: Surroundings): Mesh {
  const around = objectsAround(surroundings, scenario.objects);
  const { mesh, findings } = loadMesh({
    files: [
      { path: "world.json", text: listOf(around) },
      { path: `${scenario.id}.json`, text: listOf(scenario.objects.map(aged)) },
    ],
    ...releaseOf(versions),
    features: { ...versions?.flags, ...scenario.features },
    meshConfig: scenario.mesh,
    admission: "bypass",
    onDuplicate: "first",
    allowEmpty: true,
  });
  const fault = findings.find(({ severity, code }) => severity === "error" && !judged.test(code));
  if (fault) throw new TypeError(`${scenario.id}: ${fault.message}`);
  return { ...mesh, inventory: { ...mesh.inventory, complete: true } };
}

/** What admission would say of the contents of an object. */
const judged = /^(?:schema|admission|webhook)\//;

function listOf(items: readonly KubernetesObject[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

/** A module version of istiod's (v0.0.0-20260827...) is the release that was cut from it. */
function releaseOf(versions: Vector["versions"]): {
  readonly istio: string;
  readonly envoy?: string;
} {
  if (versions === undefined) return { istio: usual };
  const { istio, envoy } = versions;
  return { istio: istio.startsWith("v0.0.0-") ? usual : istio, envoy };
}

const usual = "1.31";

/** Later than any timestamp: an object without one is younger than all that have one, and as old as its place in the list. */
const undated = Date.UTC(2200, 0, 1);

function aged(object: KubernetesObject, index: number): KubernetesObject {
  const { metadata } = object;
  const { creationTimestamp = new Date(undated + index * 1000).toISOString() } = metadata;
  return { ...object, metadata: { ...metadata, creationTimestamp } };
}
