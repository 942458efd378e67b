import type { Mesh } from "../../model/mesh.ts";
import type { Program } from "../../model/program.ts";

/** Whether two meshes lead requests in the same way. */
export function isRoutedAlike(a: Mesh, b: Mesh): boolean {
  const routing = ({ inventory, config, release }: Mesh): string =>
    JSON.stringify([inventory, config, release]);
  return a === b || routing(a) === routing(b);
}

/** Whether the proxies of two ways make the same of what they let through: rules let it through or not, all other filters may change it. */
export function doTheSame(some: readonly Program[] = [], others: readonly Program[] = []): boolean {
  return some.length === others.length && some.map(done).join() === others.map(done).join();
}

function done({ proxy, listeners }: Program): string {
  const bare = listeners.map(({ chains, ...listener }) => ({
    ...listener,
    chains: chains.map(({ filters, ...chain }) => ({
      ...chain,
      filters: filters.filter(({ kind }) => kind !== "rbac"),
    })),
  }));
  return JSON.stringify([proxy, bare]);
}
