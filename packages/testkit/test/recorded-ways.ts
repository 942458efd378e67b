import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type AccessRequest, type Mesh, type Way, waysOf } from "@meshproof/engine";
import type { InvariantTarget } from "../../engine/src/analyse/api.ts";
import { pointsOf } from "../../engine/src/analyse/points.ts";
import { unenforcedPoints } from "../../engine/src/analyse/unenforced.ts";
import { accessRequest, askWays } from "../src/conformance/journey/ask.ts";
import { isAskedTwice, nobody } from "../src/conformance/journey/conform.ts";
import type {
  JourneyBranch,
  JourneyRequest,
  JourneyVector,
} from "../src/conformance/journey/vector.ts";
import { meshOf } from "../src/conformance/scenario-mesh.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import { type Looked, lookedAt } from "./recorded-way-looked.ts";
import { type WayWords, wayWords } from "./recorded-way-words.ts";

/** A request whose whole way was recorded, in the words of an invariant. */
export interface RecordedWay extends WayWords {
  readonly name: string;
  readonly mesh: Mesh;
  readonly entry: "gateway" | "sidecar";
  readonly through: Through;
  readonly ends: readonly End[]; // every workload it might have come to
}

type Through = Pick<InvariantTarget, "through" | "calls">;

/** A workload, and what became of the request on its ways there. */
export interface End {
  readonly namespace: string;
  readonly workload: string;
  readonly got: boolean; // on some way
  readonly copied: boolean; // a copy of it came, that a route mirrors there
  readonly refused: boolean; // by its own proxy, on some way
  readonly other: boolean; // something came there, and not the request: TLS that nobody ends
}

const folder = new URL("../../../policies/conformance/vectors/", import.meta.url);

/** The requests of one scenario in so many, a scenario at a time. */
export async function* recordedWays(
  wants: (name: string) => boolean,
): AsyncIterable<readonly (RecordedWay | LeftOut)[]> {
  for (const file of ["journey", "journey-corners"]) {
    const path = fileURLToPath(new URL(`${file}.jsonl.gz`, folder));
    const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
    for (const [index, line] of lines.entries())
      if (wants(`${file}:${index + 1}`)) yield await waysIn(JSON.parse(line));
  }
}

async function waysIn(vector: JourneyVector): Promise<readonly (RecordedWay | LeftOut)[]> {
  const { scenario, results = [] } = vector;
  const mesh = meshOf(
    {
      ...(vector.versions === undefined ? {} : { versions: vector.versions }),
      scenario: { ...scenario, requests: [], workload: nobody },
    },
    { addresses: [], ports: [], objects: [] },
  );
  const looked = lookedAt(mesh, scenario.objects);
  const found: (RecordedWay | LeftOut)[] = [];
  for (const request of scenario.requests) {
    const branches = results.find(({ id }) => id === request.id)?.branches ?? [];
    found.push(await wayOf(vector, { mesh, looked, request, branches }));
  }
  return found;
}

interface Recorded {
  readonly mesh: Mesh;
  readonly looked: Looked;
  readonly request: JourneyRequest;
  readonly branches: readonly JourneyBranch[];
}

async function wayOf(
  { scenario }: JourneyVector,
  recorded: Recorded,
): Promise<RecordedWay | LeftOut> {
  const { mesh, looked, request, branches } = recorded;
  const [hop] = branches[0]?.hops ?? [];
  if (isAskedTwice(scenario, branches))
    return { leftOut: "a proxy that the oracle gave no routes" };
  if (!hop) return { leftOut: "no proxy on the way" };
  if (hop.side === "inbound") return { leftOut: "one proxy alone" };
  const through: Through | LeftOut =
    hop.side === "gateway"
      ? { through: `gateway/${hop.hop}` }
      : await calledAs(mesh, scenario.objects, request);
  if ("leftOut" in through) return through;
  const words = wayWords(looked, request, branches);
  if ("leftOut" in words) return words;
  return {
    name: `${scenario.id}/${request.id}`,
    mesh,
    entry: hop.side === "gateway" ? "gateway" : "sidecar",
    through,
    ...words,
    ends: endsIn(mesh, branches),
  };
}

/** The URL that leads where the recorded request was sent to. */
async function calledAs(
  mesh: Mesh,
  objects: JourneyVector["scenario"]["objects"],
  request: JourneyRequest,
): Promise<Through | LeftOut> {
  const { connection, http } = request;
  const { client, destinationPort, transport } = connection;
  if (client === undefined) return { leftOut: "somebody outside, at a sidecar" };
  if (transport === "tls" || !http) return { leftOut: "a call that is not HTTP" };
  const { host } = http;
  const name = host?.replace(/:\d+$/, "") ?? "";
  if (!/^[A-Za-z0-9.-]+$/.test(name)) return { leftOut: "a call of no host" };
  const url = `http://${name}:${destinationPort}`;
  if (host === name && destinationPort !== 80) return { leftOut: "a call that names no port" };
  if (host !== name && host !== `${name}:${destinationPort}`)
    return { leftOut: "a call that names another port" };
  const asked = accessRequest(request);
  const sent = await askWays(mesh, objects, request);
  const called = await namedCall(mesh, { ...asked, to: url });
  return sameCourses(called, sent)
    ? { through: `pod/${client}`, calls: url }
    : { leftOut: "a call of a name that leads elsewhere" };
}

/** A Service may not have the port: then nobody can name it. */
async function namedCall(mesh: Mesh, request: AccessRequest): Promise<readonly Way[]> {
  try {
    return await waysOf(mesh, request, { now: 0 });
  } catch {
    return [];
  }
}

function sameCourses(some: readonly Way[], others: readonly Way[]): boolean {
  const [a, b] = [some, others].map((ways) => JSON.stringify([...new Set(ways.map(courseOf))]));
  return a === b;
}

/** To which address the application opened its connection matters where that is passed through. */
function courseOf({ hops }: Way): string {
  return JSON.stringify(
    hops.map(({ proxy, told, leaves }, at) => [
      proxy,
      at > 0 && told?.connection.destinationIp,
      told?.connection.destinationPort,
      leaves?.cluster,
    ]),
  );
}

function endsIn(mesh: Mesh, branches: readonly JourneyBranch[]): readonly End[] {
  const points = [...pointsOf([mesh]).points, ...unenforcedPoints(mesh, {})];
  return points
    .filter(({ proxy }) => proxy.kind !== "gateway" && proxy.kind !== "waypoint")
    .map(({ proxy: { namespace, name } }) => {
      const pod = `${namespace}/${name}`;
      return {
        namespace,
        workload: name,
        got: branches.some((branch) => comes(branch, pod)),
        copied: branches.some(({ mirrored = [] }) => mirrored.some((each) => each.pod === pod)),
        refused: branches.some((branch) => isRefused(branch, pod)),
        other: branches.some((branch) => isReached(branch, pod) && !comes(branch, pod)),
      };
    });
}

function comes(branch: JourneyBranch, pod: string): boolean {
  const { application: [arrival] = [], hops: [first] = [] } = branch;
  const isRead = first?.protocol !== "http" || arrival?.method !== undefined;
  return isReached(branch, pod) && isRead;
}

function isReached({ decidedBy, application = [] }: JourneyBranch, pod: string): boolean {
  return decidedBy === "application" && application[0]?.pod === pod;
}

const refusals = new Set(["deny", "jwt-fail", "no-filter-chain"]);

function isRefused({ hops = [] }: JourneyBranch, pod: string): boolean {
  const last = hops.findLast(({ mirror }) => !mirror);
  return last?.hop === pod && last.side === "inbound" && refusals.has(last.verdict);
}
