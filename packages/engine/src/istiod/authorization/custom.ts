import type { Mesh } from "../../model/mesh.ts";
import type { Note, NoteCode } from "../../model/note.ts";
import { compareBytes } from "../../model/place.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import type { ExtAuthzFilter, RbacFilter, Refusal } from "../../model/program.ts";
import { flagOf } from "../../release/flags.ts";
import { behaves } from "../../release.ts";
import { dryRunAnnotation, isDryRun } from "./dry-run.ts";
import {
  type MeshReading,
  type Naming,
  policyNote,
  type Rules,
  translatePolicies,
} from "./policies.ts";
import { type Asking, assumedProvider, providerNamed } from "./provider.ts";
import { type Filters, joined, type Use } from "./use.ts";

const badSuffix = "-deny-due-to-bad-CUSTOM-action";

/** Whether a rule of this name denies what its policy would have an external authorizer asked about, who cannot be. */
export function isDeniedForWantOfProvider(name: string): boolean {
  return name.endsWith(badSuffix);
}

interface Building extends Use {
  readonly mesh: Mesh;
  readonly reading: MeshReading;
}

/**
 * What CUSTOM policies become: for each provider, in the order of their names, a filter that asks it where a rule holds. Where a
 * provider cannot be asked, what would be asked about is denied. Follows istio/istio:pilot/pkg/security/authz/builder/builder.go (az:12).
 */
export function customFilters(
  policies: readonly AuthorizationPolicy[],
  use: Use,
  mesh: Mesh,
  reading: MeshReading,
): Filters {
  const building = { ...use, mesh, reading };
  const providers = byProvider(policies);
  if (providers.length > 1 && !mayBeSeveral(mesh))
    return deniedForSeveral(policies, providers, building);
  return joined(providers.map(([name, some]) => providerFilters(name, some, building)));
}

type ByProvider = readonly (readonly [string, readonly AuthorizationPolicy[]])[];

function byProvider(policies: readonly AuthorizationPolicy[]): ByProvider {
  const names = [...new Set(policies.map(providerOf))].sort(compareBytes);
  return names.map((name) => [name, policies.filter((policy) => providerOf(policy) === name)]);
}

function providerOf({ spec }: AuthorizationPolicy): string {
  return spec.provider?.name ?? "";
}

function mayBeSeveral(mesh: Mesh): boolean {
  const isOn = flagOf(mesh, "PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS") === true;
  return isOn && behaves(mesh.release, "several-custom-providers");
}

/** One filter a provider where rules carry its name, else one for all. */
function deniedForSeveral(
  policies: readonly AuthorizationPolicy[],
  providers: ByProvider,
  building: Building,
): Filters {
  const apart: ByProvider = behaves(building.mesh.release, "provider-in-rule-name")
    ? providers
    : [["", policies]];
  const parts = apart.map(([name, some]) => deniedFor(name, some, "several-providers", building));
  return joined(parts);
}

function providerFilters(
  name: string,
  policies: readonly AuthorizationPolicy[],
  building: Building,
): Filters {
  const provider = providerNamed(name, building.mesh);
  const isAssumed = provider.kind === "undeclared" && name !== "" && !building.mesh.configLoaded;
  if (isAssumed) {
    const part = askingFilters(assumedProvider(name), policies, building);
    return {
      ...part,
      notes: [...part.notes, ...providerNotes(policies, "assumed-provider", "none")],
    };
  }
  if (provider.kind === "undeclared") return deniedFor(name, policies, "no-provider", building);
  if (provider.kind === "unusable") return deniedFor(name, policies, "unusable-provider", building);
  const part = askingFilters(provider.asking, policies, building);
  const { refusal } = provider;
  return refusal && (building.chain === "http" || refusal.onTcp)
    ? joined([part, { filters: [], notes: [], ...refused(policies, refusal.cause) }])
    : part;
}

/** What only is tried is not denied. */
function deniedFor(
  name: string,
  policies: readonly AuthorizationPolicy[],
  because: NoteCode,
  building: Building,
): Filters {
  const enforced = policies.filter((policy) => !isDryRun(policy));
  const denied = translate(enforced, name, building, badSuffix);
  const notes = [...denied.notes, ...providerNotes(enforced, because, "narrower")];
  const part: Filters = {
    filters: [denyFilter(denied, building)],
    notes,
    ...(denied.refused ? { refused: denied.refused } : {}),
  };
  return enforced.length > 0 ? part : joined([panic(policies, building), part]);
}

/** Before 1.30, istiod panics where all CUSTOM policies are dry-run and their provider cannot be asked: it sends no update. */
function panic([policy]: readonly AuthorizationPolicy[], { mesh }: Building): Filters {
  if (policy === undefined || behaves(mesh.release, "dry-run-custom-denies"))
    return { filters: [], notes: [] };
  const refused: Refusal = {
    effect: "update-refused",
    cause:
      "this release of istiod panics over a dry-run CUSTOM policy whose provider it cannot use",
    at: { resource: policy.key, path: ["metadata", "annotations", dryRunAnnotation] },
  };
  return { filters: [], notes: [], refused };
}

/** Dry-run rules would be tried if istiod did not put them where Envoy enforces them (az:DRY-6). */
function askingFilters(
  asking: Asking,
  policies: readonly AuthorizationPolicy[],
  building: Building,
): Filters {
  if (building.chain === "tcp" && asking.protocol === "http")
    return { filters: [], notes: providerNotes(policies, "http-provider-on-tcp", "wider") };
  const asked = translate(
    policies.filter((policy) => !isDryRun(policy)),
    asking.provider,
    building,
  );
  const tried = policies.filter(isDryRun);
  const isDenied = behaves(building.mesh.release, "dry-run-custom-denies");
  const denied = translate(isDenied ? tried : [], asking.provider, building);
  const ask: ExtAuthzFilter = {
    kind: "ext-authz",
    ...asking,
    peer: building.peer,
    rules: asked.rules,
  };
  const notes = isDenied
    ? providerNotes(tried, "dry-run-custom", "narrower")
    : providerNotes(tried, "dry-run-custom-ignored", "none");
  return {
    filters: [...(denied.rules.length > 0 ? [denyFilter(denied, building)] : []), ask],
    notes: [...asked.notes, ...denied.notes, ...notes],
    ...(denied.refused || asked.refused ? { refused: denied.refused ?? asked.refused } : {}),
  };
}

function translate(
  policies: readonly AuthorizationPolicy[],
  provider: string,
  { chain, reading, mesh }: Building,
  suffix = "",
): Rules {
  const isNamed = provider !== "" && behaves(mesh.release, "provider-in-rule-name");
  const naming: Naming = { prefix: `istio-ext-authz-${isNamed ? `${provider}-` : ""}`, suffix };
  return translatePolicies(policies, chain, reading, naming);
}

function denyFilter({ rules }: Rules, { peer }: Building): RbacFilter {
  return { kind: "rbac", action: "DENY", peer, rules, custom: true };
}

function refused(
  [policy]: readonly AuthorizationPolicy[],
  cause: string,
): { readonly refused?: Refusal } {
  if (policy === undefined) return {};
  return {
    refused: {
      effect: "update-refused",
      cause,
      at: { resource: policy.key, path: ["spec", "provider", "name"] },
    },
  };
}

function providerNotes(
  policies: readonly AuthorizationPolicy[],
  because: NoteCode,
  effect: Note["effect"],
): readonly Note[] {
  return policies.map((policy) =>
    policyNote(policy, "missing-reference", because, effect, ["spec", "provider", "name"]),
  );
}
