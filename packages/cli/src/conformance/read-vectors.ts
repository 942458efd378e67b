import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  completeVector,
  type KubernetesObject,
  type Surroundings,
  type Vector,
  type World,
} from "@meshproof/testkit/conformance";

/** The vectors of a file of lines, which may be compressed: full lines, or scenarios in the short form. */
export function readVectors(path: string): readonly Vector[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => completeVector(JSON.parse(line), path));
}

/** The world of the vectors: `around.json` holds what is around all proxies, any other file one kind of proxy. */
export function readWorld(folder: string): World {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const kinds = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== around)
    .map((name) => name.slice(0, -".json".length));
  return {
    objects: read(around) as readonly KubernetesObject[],
    proxies: Object.fromEntries(kinds.map((kind) => [kind, read(`${kind}.json`) as Surroundings])),
  };
}

const around = "around.json";
