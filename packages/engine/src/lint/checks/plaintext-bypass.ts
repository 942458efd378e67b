import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { Clause, Rule } from "../../model/rule.ts";
import { unlike } from "../alike.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence, Found } from "../check.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import type { Sample } from "../sample.ts";
import { samplesLetIn } from "../samples-at.ts";
import type { Scene } from "../scene.ts";
import { type Asked, allows, deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** Whoever leaves out its certificate is not recognised (ctx:L-NEG-ONLY, az:ID). */
export const plaintextBypass: Check = {
  code: "identity/plaintext-bypass",
  title: "whom a rule keeps out gets in with plaintext",
  why: "Where plaintext is taken, a client may show no identity at all. A DENY on an identity then does not match, and an ALLOW that only excludes identities does. Set the workload's mTLS mode to STRICT, or allow the identities that are meant.",
  like: ["KIA0105"],
  find: (scene) =>
    scene.mesh.authorizationPolicies.flatMap((policy) => {
      const action = policy.spec.action ?? "ALLOW";
      if (isDryRun(policy)) return [];
      return action === "DENY" || action === "ALLOW" ? ofPolicy(scene, policy, action) : [];
    }),
};

function ofPolicy(
  scene: Scene,
  policy: AuthorizationPolicy,
  action: "ALLOW" | "DENY",
): readonly Found[] {
  const { mesh } = scene;

  const points = scene
    .boundTo(policy)
    .filter(({ plane }) => plane !== "waypoint") // its clients have an identity
    .filter((point) => !(isGateway(point) && point.standIn)); // its servers are not known
  if (points.length === 0) return [];
  const isStated = mesh.peerAuthentications.length > 0 || points.every(isGateway);
  return httpRules(mesh, policy)
    .filter((rule) => evadable(rule, action) !== undefined)
    .map((rule) => ({
      at: { resource: policy.key, path: ["spec", "rules", rule.index] },
      message:
        action === "DENY"
          ? `whom this rule denies gets in at ${pointsText(points)} without ${points.every(isGateway) ? "a certificate" : "mutual TLS"}`
          : `this rule only says who may not: whoever speaks plaintext to ${pointsText(points)} has no identity, and gets in`,
      ...(isStated ? {} : { severity: "info" }),
      evidence: () => evasion(scene, policy, rule),
    }));
}

/** The servers of a gateway say who must show a certificate. */
function isGateway({ plane }: Point): boolean {
  return plane === "gateway";
}

/** Whether a rule hangs on who somebody is in a way that nobody escapes. */
function evadable({ groups }: Rule, action: "ALLOW" | "DENY"): Clause | undefined {
  const from = groups.filter(({ any }) => any.some(({ all }) => all.some(isPeer)));
  const clauses = from.flatMap(({ any }) => any.flatMap(({ all }) => all.filter(isPeer)));
  if (action === "DENY") return clauses.find(({ any }) => any !== undefined);
  const onlyExcluding = clauses.every(({ any, none }) => any === undefined && none !== undefined);
  return onlyExcluding ? clauses[0] : undefined;
}

function isPeer({ attribute }: Clause): boolean {
  return attribute.kind === "peer";
}

function evasion(scene: Scene, policy: AuthorizationPolicy, rule: Rule): Evidence | undefined {
  const { mesh } = scene;
  const action = policy.spec.action ?? "ALLOW";
  const about = action === "DENY" ? rule : excluded(rule);
  for (const point of unlike(scene.boundTo(policy).slice(0, 4)))
    for (const sample of samplesLetIn(mesh, point, about)) {
      const asked = isGateway(point) ? atGateway : atWorkload;
      const found = asked(mesh, point, { sample, refused: action === "DENY" ? "deny" : "allow" });
      if (found !== undefined) return found;
    }
  return undefined;
}

interface Evading {
  readonly sample: Sample;
  readonly refused: "deny" | "allow";
}

function atWorkload(mesh: Mesh, point: Point, { sample, refused }: Evading): Evidence | undefined {
  const known = requestOf(mesh, point, sample);
  const plain = requestOf(mesh, point, sample, { from: "none", transport: "plaintext" });
  if (known === undefined || plain === undefined) return undefined;
  return witnessed(mesh, [
    { request: known, wants: deniesBy(refused) },
    { request: plain, wants: allows },
  ]);
}

/** A server that takes clients with and without a certificate, or two servers of one gateway. */
function atGateway(mesh: Mesh, point: Point, { sample, refused }: Evading): Evidence | undefined {
  const { from: identity, ...rest } = sample;
  const made = requestOf(mesh, point, sample);
  const host = sample.http.host;
  if (made === undefined || identity === undefined) return undefined;
  const tls = host === undefined ? {} : { sni: host };
  const certified = { ...made, ...tls, transport: "mtls" } as const;
  const known: Asked = {
    request: certified,
    wants: deniesBy(refused),
    facts: { "source.principal": identity },
  };
  for (const { port, transport } of openDoors(point)) {
    const bare = requestOf(mesh, point, { ...rest, port });
    const request = bare && { ...bare, ...(transport === "tls" ? tls : {}), transport };
    const found = request && witnessed(mesh, [known, { request, wants: allows }]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The ports of a gateway where no certificate is asked for, or where one need not be shown. */
function openDoors({ program }: Point): readonly Door[] {
  return (program()?.listeners ?? []).flatMap(({ port, chains }) =>
    chains
      .filter(({ tls }) => tls?.clientCertificate !== "required")
      .flatMap(({ tls }): readonly Door[] =>
        port === undefined ? [] : [{ port, transport: tls === undefined ? "plaintext" : "tls" }],
      ),
  );
}

interface Door {
  readonly port: number;
  readonly transport: "plaintext" | "tls";
}

/** Whom an ALLOW rule excludes. */
function excluded(rule: Rule): Rule {
  const groups = rule.groups.map((group) => ({
    ...group,
    any: group.any.map((alternative) => ({
      ...alternative,
      all: alternative.all.map((clause) =>
        isPeer(clause) && clause.none !== undefined && clause.any === undefined
          ? { attribute: clause.attribute, field: clause.field, any: clause.none }
          : clause,
      ),
    })),
  }));
  return { ...rule, groups };
}
