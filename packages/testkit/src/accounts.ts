import type { Mesh } from "@meshproof/engine";

/** The service accounts of the inventory, as callers: those that are there, and those that anything runs as, or did. */
export function accountsOf({ inventory }: Mesh): readonly string[] {
  const running = [...inventory.workloads, ...(inventory.ended ?? [])].map(
    ({ key, serviceAccount }) => `sa/${key.namespace}/${serviceAccount || "default"}`,
  );
  const stated = inventory.others
    .filter(({ key }) => key.kind === "ServiceAccount")
    .map(({ key }) => `sa/${key.namespace}/${key.name}`);
  return [...new Set([...running, ...stated])].toSorted();
}

/** The account that a workload of the inventory runs as, where a caller is called by one: `deploy/shop/web`. */
export function accountBehind({ inventory }: Mesh): (caller: string) => string | undefined {
  return (caller) => {
    const [kind = "", namespace, name] = caller.split("/");
    if (!/^(?:deploy|sts|ds|job|pod|workload)$/.test(kind)) return undefined;
    const found = inventory.workloads.find(
      ({ key }) => key.namespace === namespace && key.name === name,
    );
    return found && `sa/${found.key.namespace}/${found.serviceAccount || "default"}`;
  };
}
