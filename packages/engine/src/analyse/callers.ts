import type { Mesh } from "../model/mesh.ts";
import type { Requests } from "./api.ts";
import { deployedPoints } from "./deployed.ts";
import { filtersOf, rulesOf } from "./point-program.ts";
import type { Side } from "./question.ts";

/** A caller of a matrix, and what it is as requests. */
export interface MatrixCaller {
  readonly name: string; // sa/NS/NAME, "namespace ops", "no identity"
  readonly requests: Requests;
}

const nobody: MatrixCaller = {
  name: "no identity",
  requests: { from: [{ source: { notPrincipals: ["*"] } }] },
};

/**
 * The service accounts of the loaded workloads, of pods that have ended, and of the gateways and waypoints that istiod deploys; where no workload is loaded, the
 * identities that policies speak of beside these. Last, who has none.
 */
export function callersOf(mesh: Mesh, sides: readonly Side[]): readonly MatrixCaller[] {
  const { workloads, ended = [] } = mesh.inventory;
  const own = [...workloads, ...ended].map(({ key, serviceAccount }) =>
    accountIn(key.namespace, serviceAccount),
  );
  const deployed = deployedPoints(mesh).map(({ proxy: { namespace, serviceAccount } }) =>
    accountIn(namespace, serviceAccount),
  );
  const accounts = [...new Set([...own, ...deployed])].sort().map(accountCaller);
  const spoken = workloads.length > 0 ? [] : spokenOf(mesh, sides);
  const callers = new Map([...accounts, ...spoken, nobody].map((each) => [each.name, each]));
  return [...callers.values()];
}

function accountIn(namespace: string, serviceAccount: string): string {
  return `${namespace}/${serviceAccount || "default"}`;
}

function accountCaller(account: string): MatrixCaller {
  return {
    name: `sa/${account}`,
    requests: { from: [{ source: { serviceAccounts: [account] } }] },
  };
}

const most = 50;

/** The values of policies about peers, as callers. */
function spokenOf(mesh: Mesh, sides: readonly Side[]): readonly MatrixCaller[] {
  const found = new Map<string, MatrixCaller>();
  const policies = new Map(
    mesh.authorizationPolicies.map((policy) => [
      `${policy.key.namespace}/${policy.key.name}`,
      policy,
    ]),
  );
  for (const rule of sides.flatMap(({ program }) => rulesOf(filtersOf(program)))) {
    const policy = policies.get(`${rule.policy.namespace}/${rule.policy.name}`);
    for (const { source } of policy?.spec.rules?.[rule.index]?.from?.flatMap(
      (each) => each ?? [],
    ) ?? [])
      for (const caller of sourceCallers(source ?? {}, rule.policy.namespace))
        if (found.size < most) found.set(caller.name, caller);
  }
  return [...found.values()];
}

type Source = NonNullable<NonNullable<NonNullable<Requests["from"]>[number]>["source"]>;

function sourceCallers(source: Source, namespace: string): readonly MatrixCaller[] {
  const { namespaces = [], notNamespaces = [], principals = [], notPrincipals = [] } = source;
  const { serviceAccounts = [], notServiceAccounts = [] } = source;
  return [
    ...[...namespaces, ...notNamespaces].map((each) => ({
      name: `namespace ${each}`,
      requests: { from: [{ source: { namespaces: [each] } }] },
    })),
    ...[...principals, ...notPrincipals]
      .filter((each) => each !== "*")
      .map((each) => ({ name: each, requests: { from: [{ source: { principals: [each] } }] } })),
    ...[...serviceAccounts, ...notServiceAccounts].map((each) =>
      accountCaller(each.includes("/") ? each : `${namespace}/${each}`),
    ),
  ];
}
