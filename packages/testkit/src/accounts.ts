import type { Mesh } from "@meshproof/engine";

/** The service accounts of the inventory, as callers: those that are there, and those that anything runs as. */
export function accountsOf({ inventory }: Mesh): readonly string[] {
  const running = inventory.workloads.map(
    ({ key, serviceAccount }) => `sa/${key.namespace}/${serviceAccount || "default"}`,
  );
  const stated = inventory.others
    .filter(({ key }) => key.kind === "ServiceAccount")
    .map(({ key }) => `sa/${key.namespace}/${key.name}`);
  return [...new Set([...running, ...stated])].toSorted();
}
