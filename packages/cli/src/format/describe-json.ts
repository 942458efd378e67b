import type {
  DescribedPolicy,
  DescribedPort,
  Description,
  JwtProvider,
  Mesh,
  Note,
  Place,
} from "@meshproof/engine";
import { policyName } from "@meshproof/testkit";
import { positionOf, type Texts } from "./position.ts";

type At = (place: Place | undefined) => object | undefined;

/** A description for programs: `docs/cli.md` describes it; fields are added, never changed. */
export function describeJson(description: Description, mesh: Mesh, texts: Texts): string {
  const { subject, workload, plane, ports, policies, unbound, notes, issuers } = description;
  const { refused, statuses, waypoints } = description;
  const at: At = (place) => {
    const span = place && mesh.locate(place);
    return span && positionOf(span, texts);
  };
  const document = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "Description",
    subject,
    labels: workload.labels,
    serviceAccount: workload.serviceAccount,
    dataPlane: { plane: plane.plane, because: plane.because, assumed: plane.assumed },
    ports: ports.map((port) => portJson(port, at)),
    policies: policies.map((policy) => policyJson(policy, at)),
    unbound: unbound.map((note) => noteJson(note, at)),
    notes: notes.map((note) => noteJson(note, at)),
    waypoints: waypoints.map(({ waypoint, service }) => ({
      waypoint: policyName(waypoint),
      service: service && policyName(service),
    })),
    statuses: statuses.map(({ key, condition }) => ({ policy: policyName(key), ...condition })),
    issuers: issuers.map((issuer) => issuerJson(issuer, at)),
    refused: refused && { effect: refused.effect, cause: refused.cause, at: at(refused.at) },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function portJson({ port, listener, mode, chains, otherwise }: DescribedPort, at: At): object {
  const by = mode?.by && policyName(mode.by.resource);
  return {
    port: port?.port ?? listener?.port,
    listener: listener?.name,
    protocol: port?.protocol,
    service: port?.service,
    mode: mode && { mode: mode.mode, by, at: at(mode.by) },
    chains: chains.map(({ name, kind, match }) => ({ name, kind, match })),
    otherwise,
  };
}

function policyJson(policy: DescribedPolicy, at: At): object {
  const { key, action, dryRun, rules, target } = policy;
  const place = { resource: key, path: ["metadata", "name"] };
  const whose = target && { kind: target.kind, name: policyName(target) };
  return {
    ...{ kind: key.kind, policy: policyName(key), action, dryRun, rules },
    target: whose,
    at: at(place),
  };
}

/** What istiod left out or changed, or a policy that does not apply, as JSON. */
export function noteJson({ kind, because, effect, at: place }: Note, at: At): object {
  const { resource } = place;
  return {
    kind,
    because,
    effect,
    policy: policyName(resource),
    policyKind: resource.kind,
    at: at(place),
  };
}

function issuerJson(provider: JwtProvider, at: At): object {
  const { issuer, audiences, headers, params, cookies, at: place } = provider;
  const policy = policyName(place.resource);
  return { issuer, audiences, headers, params, cookies, policy, at: at(place) };
}
