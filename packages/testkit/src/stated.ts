import type { Workload } from "@meshproof/engine";
import type { StatedWorkload, Suite } from "./suite.ts";

/** The workloads that a suite states, as the engine knows workloads. */
export function statedWorkloads({ spec }: Suite, namespace: string): readonly Workload[] {
  return Object.entries(spec.workloads ?? {}).map(([name, stated]) =>
    workload(name, stated, stated.namespace ?? namespace),
  );
}

function workload(name: string, stated: StatedWorkload, namespace: string): Workload {
  const { labels = {}, annotations = {}, serviceAccount, addresses = [], dataPlane } = stated;
  return {
    key: { kind: "Workload", namespace, name },
    labels,
    annotations,
    serviceAccount: serviceAccount ?? "default",
    addresses,
    ports: Object.entries(stated.ports ?? {}).map(([port, protocol]) => ({
      port: Number(port),
      protocol,
    })),
    ...(dataPlane === undefined ? {} : { dataPlane }),
  };
}
