import { dataPlaneOf, ordinaryPlane } from "../kubernetes/data-plane.ts";
import type { EvaluateOptions } from "../model/access-request.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { type Caller, identityOf } from "./caller.ts";
import { type Endpoint, workloadText } from "./endpoint.ts";
import type { Candidates, Inquiry } from "./inquiry.ts";

/** The side a connection comes from, as far as it decides the transport. */
export interface Client {
  readonly plane: DataPlane;
  readonly assumed: boolean; // the plane
  readonly identity?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** What is known of a caller; its data plane is assumed when nothing says it. */
export function clientOf(
  mesh: Mesh,
  caller: Caller,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Client {
  const identity = identityOf(mesh, caller);
  switch (caller.kind) {
    case "external":
      return { plane: "none", assumed: false, address: caller.ip };
    case "node":
    case "none":
    case "unknown":
      return { plane: "none", assumed: false };
    case "identity": {
      const namespace = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\//.exec(caller.uri)?.[1];
      const plane = assumedPlane(caller.uri, asClient(mesh, options, namespace), inquiry);
      return { ...plane, identity: caller.uri, ...(namespace === undefined ? {} : { namespace }) };
    }
    case "account":
      return { ...accountClient(mesh, caller, options, inquiry), ...named(identity) };
    case "workload":
      return { ...workloadClient(mesh, caller.workload, options, inquiry), ...named(identity) };
  }
}

/** Gateways balance over endpoints; everyone else connects to what a name resolves to. */
export function isGateway(mesh: Mesh, caller: Caller): boolean {
  if (caller.kind !== "workload") return false;
  return dataPlaneOf(mesh.inventory, caller.workload)?.plane === "gateway";
}

function named(identity: string | undefined): Pick<Client, "identity"> {
  return identity === undefined ? {} : { identity };
}

function workloadClient(
  mesh: Mesh,
  workload: Workload,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Client {
  const { labels, addresses, key } = workload;
  const [address, ...more] = addresses;
  const subject = workloadText(workload);
  return {
    ...planeOf(mesh, { subject, workload }, asClient(mesh, options, key.namespace), inquiry),
    namespace: key.namespace,
    labels,
    ...(address === undefined || more.length > 0 ? {} : { address }),
  };
}

/** A service account may run several workloads; where they differ in their data plane, which one it is is asked. */
function accountClient(
  mesh: Mesh,
  { namespace, serviceAccount }: Extract<Caller, { readonly kind: "account" }>,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Client {
  const subject = `sa/${namespace}/${serviceAccount}`;
  const planes = new Set(
    mesh.inventory.workloads
      .filter(
        (each) =>
          each.key.namespace === namespace && (each.serviceAccount || "default") === serviceAccount,
      )
      .map((workload) => dataPlaneOf(mesh.inventory, workload)?.plane),
  );
  const asked = asClient(mesh, options, namespace);
  if (planes.size === 0) {
    const workload = somePod(namespace, serviceAccount);
    return { ...planeOf(mesh, { subject, workload }, asked, inquiry), namespace };
  }
  const [only, ...more] = planes;
  if (only === undefined && more.length === 0)
    return { ...assumedPlane(subject, asked, inquiry), namespace };
  if (more.length === 0 && only !== undefined) {
    inquiry.derive({ id: `data-plane:${subject}`, value: only });
    return { plane: only, assumed: false, namespace };
  }
  const candidates = [...new Set([...planes].map((plane) => plane ?? "sidecar"))];
  const plane = asPlane(inquiry.ask({ id: `data-plane:${subject}`, candidates }));
  return { plane, assumed: false, namespace };
}

/** An account of which no pod is loaded runs what its namespace makes of one. */
function somePod(namespace: string, serviceAccount: string): Workload {
  return {
    key: { kind: "Workload", namespace, name: serviceAccount },
    ...{ labels: {}, annotations: {}, addresses: [], ports: [] },
    serviceAccount,
  };
}

function asClient(
  { inventory }: Mesh,
  options: EvaluateOptions,
  namespace: string | undefined,
): EvaluateOptions {
  const { dataPlane = ordinaryPlane(inventory, namespace) } = options;
  return { ...options, dataPlane };
}

/** The data plane of a workload: derived where the loaded objects say it, else assumed. */
export function planeOf(
  mesh: Mesh,
  { subject, workload }: Pick<Endpoint, "subject" | "workload">,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Pick<Client, "plane" | "assumed"> {
  const known = dataPlaneOf(mesh.inventory, workload);
  if (known === undefined) return assumedPlane(subject, options, inquiry);
  const { plane, because, from } = known;
  inquiry.derive({
    id: `data-plane:${subject}`,
    value: because === "stated" ? plane : `${plane} (${because})`,
    ...(from === undefined ? {} : { from }),
  });
  return { plane, assumed: false };
}

function assumedPlane(
  subject: string,
  { dataPlane = "sidecar" }: EvaluateOptions,
  { assume }: Inquiry,
): Pick<Client, "plane" | "assumed"> {
  const others = (["sidecar", "ambient", "none"] as const).filter((plane) => plane !== dataPlane);
  const candidates: Candidates = [dataPlane, ...others];
  return { plane: asPlane(assume("data-plane", subject, candidates)), assumed: true };
}

function asPlane(text: string): DataPlane {
  const planes: readonly DataPlane[] = ["ambient", "gateway", "waypoint", "proxyless", "none"];
  return planes.find((plane) => plane === text) ?? "sidecar";
}
