import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import type { Problem } from "../model/access-request.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Path } from "../model/place.ts";
import { closest } from "../parse/suggest.ts";
import { problem } from "./problem.ts";

/** The short names of what has pods. `workload`: any of them, and those that a suite states. */
export const workloadKinds: Readonly<Record<string, readonly string[]>> = {
  deploy: ["Deployment"],
  sts: ["StatefulSet"],
  ds: ["DaemonSet"],
  job: ["Job", "CronJob"],
  pod: ["Pod"],
  workload: [],
};

/** The workload of a reference like deploy/shop/orders; what is wrong when none was loaded. */
export function findWorkload(
  mesh: Mesh,
  kind: string,
  parts: readonly string[],
  namespace: string | undefined,
  path: Path,
): Workload | Problem {
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  if (!space || !name || parts.length > 2)
    return problem(
      path,
      `\`${[kind, ...parts].join("/")}\` names no workload`,
      `${kind}/NAMESPACE/NAME`,
    );
  const found = mesh.inventory.workloads.find(
    (workload) => workload.key.namespace === space && isCalled(workload, kind, name),
  );
  if (found !== undefined) return found;
  const message = `\`${kind}/${space}/${name}\` is not among the loaded workloads`;
  if (
    mesh.inventory.ended?.some(
      ({ key }) => key.namespace === space && isCalled({ key, labels: {} }, kind, name),
    )
  )
    return problem(
      path,
      `\`${kind}/${space}/${name}\` has run to its end: nothing is there any more`,
    );
  const other = kind === "gateway" ? undefined : otherKind(mesh, space, name);
  if (other !== undefined) return problem(path, message, `did you mean \`${other}\`?`);
  const near = nearName(mesh, kind, space, name);
  if (near !== undefined) return problem(path, message, `did you mean \`${near}\`?`);
  const instead =
    path[0] === "from" ? `sa/${space}/SERVICE-ACCOUNT` : `ns/${space},LABEL=VALUE:PORT`;
  return problem(path, message, `load it, or describe it: ${instead}`);
}

/** A workload of that kind whose name is written almost so, or the only one of that name, in another namespace. */
function nearName(
  { inventory }: Mesh,
  kind: string,
  space: string,
  name: string,
): string | undefined {
  const keys = inventory.workloads
    .map(({ key }) => key)
    .filter((key) => workloadKinds[kind]?.includes(key.kind));
  const names = keys.filter((key) => key.namespace === space).map((key) => key.name);
  const near = closest(name, names);
  if (near !== undefined) return `${kind}/${space}/${near}`;
  const [only, ...more] = keys.filter((key) => key.name === name);
  return only && more.length === 0 ? `${kind}/${only.namespace}/${name}` : undefined;
}

/** A workload of that name of another kind: what some take for a Deployment is a DaemonSet. */
function otherKind({ inventory }: Mesh, space: string, name: string): string | undefined {
  const found = inventory.workloads.find(({ key }) => key.namespace === space && key.name === name);
  if (found === undefined) return undefined;
  const named = Object.entries(workloadKinds).find(([, kinds]) => kinds.includes(found.key.kind));
  return `${named?.[0] ?? "workload"}/${space}/${name}`;
}

function isCalled(
  { key, labels }: Pick<Workload, "key" | "labels">,
  kind: string,
  name: string,
): boolean {
  if (kind === "gateway") return key.name === name || labels[gatewayNameLabel] === name;
  const kinds = workloadKinds[kind] ?? [];
  return key.name === name && (kinds.length === 0 || kinds.includes(key.kind));
}

/** The workload that a bare name or namespace/name means: a stated one first, then one that no other shares the name with. */
export function findNamed(
  mesh: Mesh,
  text: string,
  namespace: string | undefined,
): Workload | undefined {
  const [first = "", second, third] = text.split("/");
  if (third !== undefined) return undefined;
  const [space, name] = second === undefined ? [undefined, first] : [first, second];
  const called = mesh.inventory.workloads.filter(
    ({ key }) => key.name === name && (space === undefined || key.namespace === space),
  );
  const stated = called.filter(({ key }) => key.kind === "Workload");
  const near = (among: readonly Workload[]): Workload | undefined =>
    among.find(({ key }) => key.namespace === namespace) ??
    (among.length === 1 ? among[0] : undefined);
  return near(stated) ?? (stated.length === 0 ? near(called) : undefined);
}
