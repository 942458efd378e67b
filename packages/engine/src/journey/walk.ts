import { spiffeId } from "../kubernetes/identity.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { Hop, Outcome } from "../model/verdict.ts";
import { approach } from "./approach.ts";
import type { Approach } from "./arrive.ts";
import { type Client, clientOf } from "./client.ts";
import {
  blameTransport,
  blockedAtClient,
  courseOf,
  unanswered,
  unenforced,
  unreached,
} from "./course.ts";
import { isNowhere, type Nowhere } from "./endpoint.ts";
import { seenAtGateway } from "./gateway-course.ts";
import type { Course } from "./merge.ts";
import { goOn, type Next } from "./onward.ts";
import { outboundHop } from "./outbound-hop.ts";
import { unreachedStatus } from "./own-reply.ts";
import { programOf } from "./programs.ts";
import { unreadHeader } from "./proxy-header.ts";
import { readingsOf } from "./readings.ts";
import { endsTls, isRefusedByClient, passedOn } from "./refused-by-client.ts";
import type { Understood } from "./request.ts";
import { serve } from "./serve.ts";
import { factsOf, type Sender, serveOptions, type Trip } from "./trip.ts";
import { type AtWaypoint, atWaypoint, waypointFirst } from "./waypoint-hop.ts";

/** So many proxies stand on a way at most: one that meets more goes in a circle. */
const mostHops = 8;

/** One way of a request through the mesh, from its caller to the workload or to who refuses it: hop by hop. */
export function walk(trip: Trip): Course {
  const out = outboundHop(trip);
  if (isNowhere(out)) return unanswered(out);
  const { mesh, understood, options, inquiry } = trip;
  const unread = unreadHeader(understood);
  if (out !== undefined) return unread ? unanswered(unread) : sendOn(trip, out.sender, out.hop, []);
  const led = waypointFirst(trip);
  if (unread && typeof led === "object") return unanswered(unread);
  if (led === "none") {
    const known: Understood = { ...understood, caller: { kind: "none" } };
    return at(trip, approach(mesh, known, options, inquiry), []);
  }
  if (led !== undefined) return fromWaypoint(trip, led, []);
  return at(trip, approach(mesh, understood, options, inquiry), []);
}

function fromWaypoint(trip: Trip, led: AtWaypoint | Nowhere, before: readonly Hop[]): Course {
  if (isNowhere(led)) return after(before, unanswered(led));
  return sendOn(trip, led.sender, led.hop, before);
}

/** What comes of a request that has got to a station. */
function at(trip: Trip, reached: Approach, before: readonly Hop[]): Course {
  switch (reached.kind) {
    case "nowhere":
      return after(before, unanswered(reached));
    case "nobody":
      return after(before, unreached(reached));
    case "unenforced":
      return after(before, unenforced(reached));
    case "blocked":
      return after(before, blockedAtClient(reached));
    case "gateway":
      return atGateway(trip, reached, before);
    default:
      return after(before, courseOf(serveAt(trip, reached)));
  }
}

type Served = Extract<Approach, { readonly proxy: unknown }>;

function serveAt(trip: Trip, { proxy, connection, http }: Served): Hop {
  const { mesh, inquiry } = trip;
  for (const fact of readingsOf(mesh, proxy)) inquiry.derive(fact);
  const hop = serve(mesh, proxy, connection, http, factsOf(trip, http), serveOptions(trip));
  return blameTransport(hop, connection.transport);
}

/** A gateway sends on what it lets through, as itself. */
function atGateway(trip: Trip, reached: Served, before: readonly Hop[]): Course {
  const { mesh, inquiry, options } = trip;
  const { proxy, http, connection } = reached;
  const served = serveAt(trip, reached);
  const hop = seenAtGateway(served, programOf(mesh, proxy), mesh, inquiry);
  const workload = mesh.inventory.workloads.find(
    ({ key }) => key.namespace === proxy.namespace && key.name === proxy.name,
  );
  const [address, ...more] = proxy.addresses;
  const client: Client =
    workload === undefined
      ? deployed(mesh, proxy)
      : { ...clientOf(mesh, { kind: "workload", workload }, options, inquiry), plane: "gateway" };
  const known = address === undefined || more.length > 0 ? {} : { address };
  const tls = passedOn(connection, hop);
  const sender: Sender = {
    client: { ...client, ...known },
    ...(http === undefined ? {} : { http }),
    ...(tls === undefined ? {} : { tls }),
  };
  return sendOn(trip, sender, hop, before);
}

/** A gateway that istiod deploys runs under the account that it is given. */
function deployed(mesh: Mesh, { namespace, labels, serviceAccount }: Proxy): Client {
  const identity = spiffeId(mesh.config, namespace, serviceAccount || "default");
  return { plane: "gateway", assumed: false, identity, namespace, labels };
}

/** Follows a request to where a proxy sends it. */
function sendOn(trip: Trip, sender: Sender, hop: Hop, before: readonly Hop[]): Course {
  const { onward, outcome } = hop;
  if (outcome.kind !== "forwarded" || onward === undefined || before.length >= mostHops)
    return after(before, courseOf(hop));
  const next = goOn(trip, sender, hop, onward);
  if (next.kind === "ends") return after(before, courseOf(next.hop));
  const hops = [...before, next.hop];
  if (next.kind === "unknown") return after(hops, unanswered(next));
  if (next.kind === "waypoint")
    return fromWaypoint(trip, atWaypoint(trip, next.client, next.onTheWay, next.http), hops);
  return arrived(trip, next, hops);
}

function arrived(
  trip: Trip,
  next: Extract<Next, { readonly kind: "arrives" }>,
  hops: readonly Hop[],
): Course {
  const course = at(trip, next.approach, hops);
  const refused = isRefusedByClient(trip.mesh, next, course.hops[hops.length]);
  return refused === undefined ? course : after(hops.slice(0, -1), courseOf(refused));
}

/** A course with the hops before it: what its caller sees of a broken connection is what a proxy before it answers. */
function after(before: readonly Hop[], course: Course): Course {
  if (before.length === 0) return course;
  const hops = [...before, ...course.hops];
  const passed = { ...course, hops, outcome: seenThrough(before, course) };
  return course.decision === "allow" ? { ...passed, ...letThroughBy(before, course) } : passed;
}

/** Every rule that let a request through on its way counts. */
function letThroughBy(before: readonly Hop[], { layer, by }: Course): Pick<Course, "by" | "layer"> {
  const earlier = before.map(courseOf).filter((each) => each.by.length > 0);
  const own = layer ?? earlier.at(-1)?.layer;
  return {
    by: [...earlier.flatMap((each) => each.by), ...by],
    ...(own === undefined ? {} : { layer: own }),
  };
}

const broken: ReadonlySet<Outcome["kind"]> = new Set([
  ...(["closed", "tls-failed", "no-chain", "silent", "not-served"] as const),
]);

/** A proxy that speaks HTTP answers 503 for what it could not reach. */
function seenThrough(before: readonly Hop[], { outcome, hops: [server] }: Course): Outcome {
  const sent = before
    .flatMap(({ onward }) => onward?.ways ?? [])
    .flatMap(({ request }) => request ?? []);
  const isTls = before.at(-1)?.leaves?.transport !== "plaintext";
  const isEnded = server !== undefined && endsTls(server); // what it answers, it answers through TLS
  const { kind, opaque } = outcome;
  const failed =
    broken.has(kind) ||
    (kind === "forwarded" && opaque === true) ||
    (kind === "protocol-error" && isTls && !isEnded); // an answer in plain text is no handshake
  return failed && sent.length > 0 ? { ...outcome, ...unreachedStatus(sent.at(-1)) } : outcome;
}
