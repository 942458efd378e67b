import { isNotRedirected, leavesUncaptured } from "../kubernetes/capture.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Caller } from "./caller.ts";
import { workloadsOf } from "./client-labels.ts";
import { workloadText } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";

const around = "past its sidecar";
const by = "by a listener of its sidecar"; // of a Sidecar object's egress, which the application has to ask for

/**
 * Whether what a caller sends there goes past its own sidecar (ctx:5.4). Of an account, its loaded workloads say so; where they
 * differ, which of them calls is asked.
 */
export function leavesPast(
  mesh: Mesh,
  caller: Caller,
  to: { readonly address?: string; readonly port: number },
  { ask }: Inquiry,
): boolean {
  if (caller.kind !== "workload" && caller.kind !== "account") return false;
  const workloads = caller.kind === "workload" ? [caller.workload] : workloadsOf(mesh, caller);
  const free = workloads.find((workload) => isNotRedirected(mesh, workload));
  if (free !== undefined)
    return ask({ id: `interception:${workloadText(free)}`, candidates: [around, by] }) === around;
  if (caller.kind === "workload") return leavesUncaptured(caller.workload, to);
  const past = workloads.filter((workload) => leavesUncaptured(workload, to));
  if (past.length === 0 || past.length === workloads.length) return past.length > 0;
  const id = `caller:sa/${caller.namespace}/${caller.serviceAccount}`;
  const picked = ask({ id, candidates: workloads.map(workloadText) });
  return past.some((workload) => workloadText(workload) === picked);
}
