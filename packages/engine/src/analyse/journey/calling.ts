import { virtualHostOf } from "../../envoy/virtual-host.ts";
import type { Inquiry } from "../../journey/inquiry.ts";
import { outboundHop } from "../../journey/outbound-hop.ts";
import { replay } from "../../journey/replay.ts";
import { isRefused, understand } from "../../journey/request.ts";
import type { Sender, Trip } from "../../journey/trip.ts";
import type { AccessRequest, EvaluateOptions } from "../../model/access-request.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { AnalyseOptions, Point, Protocol } from "../api.ts";
import type { Side } from "../question.ts";
import type { Arrival } from "../space/arrivals.ts";
import { matching, onPort } from "../space/atoms.ts";
import { always, and, type Formula, never, or } from "../space/formula.ts";
import { arrivalAt } from "./arrival-at.ts";

/** A workload with a sidecar, and the URL of a host that it calls. */
export interface Call {
  readonly caller: Point;
  readonly url: string;
  readonly protocol: Protocol;
  readonly options: Pick<AnalyseOptions, "dataPlane">;
}

/** What the caller's own sidecar makes of a call: where ways begin. */
export interface Calling {
  readonly side: Side;
  readonly arrival: Arrival;
  readonly sender: Sender; // as what it sends on
}

/** `http://HOST`, `https://HOST:PORT`. */
const urls = /^https?:\/\/([A-Za-z0-9.-]+(?::\d{1,5})?)\/?$/;

/** The host that a call is for, with the port that it names; undefined: that is no URL of a host. */
export function hostCalled(url: string): string | undefined {
  return urls.exec(url)?.[1];
}

/** A call without what its application puts into it. */
export function requestOf({ caller, url, protocol }: Call): AccessRequest {
  const host = hostCalled(url) ?? "";
  return {
    from: caller.name,
    to: url,
    http: protocol === "http" ? { method: "GET", path: "/", host } : "none",
  };
}

/** Follows a call into its caller's sidecar; a text where what that does is not known. */
export function callingFrom(mesh: Mesh, call: Call): Calling | string {
  const { caller, options, url } = call;
  if (hostCalled(url) === undefined)
    return `what ${caller.name} calls must be the URL of a host, as http://api.example.com`;
  const evaluation: EvaluateOptions = {
    now: 0,
    ...(options.dataPlane === undefined ? {} : { dataPlane: options.dataPlane }),
  };
  const understood = understand(mesh, requestOf(call), evaluation);
  if (isRefused(understood)) return understood.map(({ message }) => message).join("; ");
  const run = (inquiry: Inquiry): ReturnType<typeof outboundHop> => {
    const trip: Trip = { mesh, understood, options: evaluation, inquiry, trace: "all" };
    return outboundHop(trip);
  };
  const { leaves, complete } = replay(run, () => undefined, true);
  const [{ result, answers }, ...more] = leaves;
  if (!complete || more.length > 0)
    return `what the sidecar of ${caller.name} does: it depends on ${answers.map(({ id }) => id).join(", ")}`;
  if (result === undefined) return `no sidecar of ${caller.name} is on the way to ${url}`;
  return "hop" in result ? begun(mesh, call, result) : `${result.subject}: ${result.missing}`;
}

function begun(
  mesh: Mesh,
  { caller, protocol, url }: Call,
  { hop, sender }: Extract<ReturnType<typeof outboundHop>, { readonly sender: unknown }>,
): Calling | string {
  const { told } = hop;
  if (told === undefined) return `what comes to the sidecar of ${caller.name} is not known`;
  const proxy = { ...caller.proxy, addresses: [] }; // others are called
  const side = { mesh, point: { ...caller, proxy }, program: { ...told.program, proxy } };
  if (protocol === "http" && sender.tls) return { side, arrival: unseen, sender };
  const arrival = arrivalAt(told.program, { connection: told.connection }, protocol);
  if (typeof arrival === "string") return `what ${caller.name} sends, for ${arrival}`;
  const { destinationPort, sni } = told.connection;
  const here = and(noPeer, onPort(destinationPort), askedFor(url, protocol), withName(sni));
  return { side, arrival: { ...arrival, here, chain: chainFor(arrival, url) }, sender };
}

/** Only the virtual host that takes the call: what leads on from the others is not asked about. */
function chainFor({ chain }: Arrival, url: string): Arrival["chain"] {
  if (chain?.routes === undefined) return chain;
  const host = virtualHostOf(chain.routes, hostCalled(url) ?? "");
  return { ...chain, routes: host ? [host] : [] };
}

/** HTTP inside of TLS that the application opens is bytes to everybody on the way. */
const unseen: Arrival = {
  chain: undefined,
  here: never,
  hbone: false,
  proxied: false,
  opaque: true,
};
const noPeer: Formula = { kind: "absent", attribute: "peer" };

function withName(sni: string | undefined): Formula {
  return sni === undefined ? always : matching("sni", "sni", { kind: "exact", text: sni });
}

/** Many clients leave out a port that goes without saying. */
function askedFor(url: string, protocol: Protocol): Formula {
  if (protocol === "tcp") return always;
  const host = hostCalled(url) ?? "";
  const usual = url.startsWith("https:") ? /:443$/ : /:80$/;
  const names = new Set([host, host.replace(usual, "")]);
  return or(...[...names].map((text) => matching("host", "hosts", { kind: "exact", text })));
}
