import type { Mesh } from "../model/mesh.ts";
import { destinationSpelled } from "./other-spelling.ts";

/**
 * What somebody may have meant who wrote a name that no workload has: a Service of that name, or workloads whose names begin with it,
 * such as those of its versions.
 */
export function meantDestination(
  { inventory }: Mesh,
  name: string,
  port: string | undefined,
): string | undefined {
  const number = port === undefined ? "" : `:${port}`;
  const bare = name.split("/").at(-1) ?? "";
  if (bare === "") return undefined;
  const services = inventory.services.filter(({ key }) => key.name === bare);
  const workloads = inventory.workloads.filter(({ key }) => key.name.startsWith(`${bare}-`));
  const names = [
    ...services.map(({ key }) => `svc/${key.namespace}/${key.name}${number}`),
    ...workloads.map(({ key }) => `${key.namespace}/${key.name}${number}`),
  ];
  if (names.length === 0) {
    const spelled = destinationSpelled(name).map((each) => `\`${each}${number}\``);
    return spelled.length === 0 ? undefined : `did you mean ${spelled.join(" or ")}?`;
  }
  return `did you mean ${names.slice(0, 3).join(", ")}?`;
}
