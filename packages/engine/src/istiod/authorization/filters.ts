import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { RbacFilter } from "../../model/program.ts";
import { parseBool } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { customFilters } from "./custom.ts";
import { dryRunAnnotation, isDryRun } from "./dry-run.ts";
import {
  actionOf,
  type MeshReading,
  policyNote,
  type Rules,
  translatePolicies,
} from "./policies.ts";
import { trustDomainsOf } from "./trust-domain.ts";
import { type Filters, joined, type Use } from "./use.ts";

/** Authorization on one kind of chain. JWT authentication stands between the two (az:3.1). */
export interface Authorization {
  readonly custom: Filters;
  readonly local: Filters; // AUDIT, DENY, ALLOW
}

/** The filters that the policies bound to a proxy become. */
export function authorizationFilters(
  bound: readonly AuthorizationPolicy[],
  use: Use,
  mesh: Mesh,
): Authorization {
  const reading = meshReading(mesh);
  const ofAction = (action: RbacFilter["action"]): Filters =>
    actionFilter(
      bound.filter((policy) => actionOf(policy) === action),
      action,
      use,
      reading,
    );
  const custom = bound.filter((policy) => actionOf(policy) === "CUSTOM");
  return {
    custom: customFilters(custom, { ...use, peer: use.customPeer ?? use.peer }, mesh, reading),
    local: joined([ofAction("AUDIT"), ofAction("DENY"), ofAction("ALLOW")]),
  };
}

/** What reading a policy depends on in this mesh and its release. */
export function meshReading({ config, release }: Mesh): MeshReading {
  return {
    trustDomains: trustDomainsOf(config),
    literal: {
      namespaces: behaves(release, "literal-namespaces"),
      serviceAccounts: behaves(release, "literal-service-accounts"),
    },
    knowsTrustDomains: behaves(release, "trust-domains"),
    latin1: behaves(release, "latin1-expressions"),
  };
}

/** One filter for all policies of an action: the enforced ones and those that are only tried are told apart (az:DRY-2). */
function actionFilter(
  policies: readonly AuthorizationPolicy[],
  action: RbacFilter["action"],
  { chain, peer }: Use,
  reading: MeshReading,
): Filters {
  if (policies.length === 0) return { filters: [], notes: [] };
  const enforced = translateSome(
    policies.filter((policy) => !isDryRun(policy)),
    chain,
    reading,
  );
  const tried = translateSome(policies.filter(isDryRun), chain, reading);
  const filter: RbacFilter = {
    kind: "rbac",
    action,
    peer,
    ...(enforced ? { rules: enforced.rules } : {}),
    ...(tried ? { dryRun: tried.rules } : {}),
  };
  const notes = [
    ...(enforced?.notes ?? []),
    ...silenced(tried?.notes ?? []),
    ...unreadable(policies),
  ];
  const refused = enforced?.refused ?? tried?.refused;
  return { filters: [filter], notes, ...(refused ? { refused } : {}) };
}

function translateSome(
  policies: readonly AuthorizationPolicy[],
  chain: Use["chain"],
  reading: MeshReading,
): Rules | undefined {
  return policies.length === 0 ? undefined : translatePolicies(policies, chain, reading);
}

/** What is only tried has no effect on access. */
function silenced(notes: readonly Note[]): readonly Note[] {
  return notes.map((note) => ({ ...note, effect: "none" }));
}

function unreadable(policies: readonly AuthorizationPolicy[]): readonly Note[] {
  return policies
    .filter(({ annotations }) => {
      const text = annotations[dryRunAnnotation];
      return text !== undefined && parseBool(text) === undefined;
    })
    .map((policy) =>
      policyNote(policy, "value-dropped", "dry-run-unreadable", "none", [
        ...["metadata", "annotations", dryRunAnnotation],
      ]),
    );
}
