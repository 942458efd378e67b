import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Connection, HttpRequest, Mesh, ProviderAnswer, Proxy } from "@meshproof/engine";
import {
  type AmbientVector,
  ambientConnection,
  ambientMesh,
  ambientProxy,
} from "../src/conformance/ambient.ts";
import { providerAnswers } from "../src/conformance/providers.ts";
import { meshOf } from "../src/conformance/scenario-mesh.ts";
import { connectionOf, httpRequestOf } from "../src/conformance/scenario-request.ts";
import type { ScenarioRequest, Vector } from "../src/conformance/vector.ts";
import { proxyOf, surroundingsOf, type World } from "../src/conformance/world.ts";
import { type Recorded, recordedAmbient, recordedOf } from "./recorded-verdicts.ts";

/** A proxy of a recording, with all that came to it. */
export interface Scenario {
  readonly id: string;
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly requests: readonly RecordedRequest[];
}

/** What was sent, and what the real proxy did. */
export interface RecordedRequest {
  readonly id: string;
  readonly connection: Connection;
  readonly http?: HttpRequest;
  readonly providers: (isHttp: boolean) => Readonly<Record<string, ProviderAnswer>>; // what the authorizers of the recording say to it
  readonly recorded: Recorded;
}

const folder = new URL("../../../policies/conformance/", import.meta.url);

/** The files of recordings of one proxy; those of a whole way are another question. */
export const files = [
  "envoy-sidecar",
  "envoy-gateway",
  "envoy-waypoint",
  "corners",
  "releases",
  "ztunnel",
] as const;

/** Every scenario of a file that `wants` takes, read one after another. */
export function* scenariosOf(
  file: (typeof files)[number],
  wants: (line: string) => boolean,
): Iterable<Scenario> {
  const path = fileURLToPath(new URL(`vectors/${file}.jsonl.gz`, folder));
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  for (const [index, line] of lines.entries()) {
    const name = `${file}:${index + 1}`;
    if (!wants(name)) continue;
    const vector: Vector | AmbientVector = JSON.parse(line);
    const made = "scenario" in vector ? envoyScenario(vector, name) : ambient(vector, name);
    if (made) yield made;
  }
}

const world: World = Object.fromEntries(
  ["sidecar.json", "gateway.json", "waypoint.json"].map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`world/${name}`, folder), "utf8")),
  ]),
);

/** Undefined: there is no recording, as Envoy did not take what istiod made. */
function envoyScenario(vector: Vector, name: string): Scenario | undefined {
  const { scenario, results } = vector;
  const around = surroundingsOf(scenario.workload, world);
  if (!results || !around) return undefined;
  const mesh = meshOf(vector, around);
  const known = new Map(results.map((result) => [result.id, result]));
  const requests = scenario.requests.flatMap((request): readonly RecordedRequest[] => {
    const result = known.get(request.id);
    return result ? [requestOf(mesh, request, recordedOf(result, request))] : [];
  });
  return {
    id: `${name} ${scenario.id}`,
    mesh,
    proxy: proxyOf(scenario.workload, around),
    requests,
  };
}

function requestOf(mesh: Mesh, sent: ScenarioRequest, recorded: Recorded): RecordedRequest {
  const { id, connection, http } = sent;
  const written = http && httpRequestOf(http);
  return {
    id,
    connection: connectionOf(connection),
    ...(written ? { http: written } : {}),
    providers: (isHttp) => providerAnswers(mesh.config, isHttp ? http : undefined),
    recorded: http && !written ? { leftOut: "a version that no request can have" } : recorded,
  };
}

function ambient(vector: AmbientVector, name: string): Scenario {
  return {
    id: `${name} ${vector.id}`,
    mesh: ambientMesh(vector),
    proxy: ambientProxy(vector),
    requests: vector.connections.map((connection, index) => ({
      id: String(index),
      connection: ambientConnection(connection),
      providers: () => ({}),
      recorded: recordedAmbient(vector.results[index]?.decision),
    })),
  };
}
