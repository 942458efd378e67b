import { spiffeId } from "../kubernetes/identity.ts";
import { parseAddress } from "../match/address.ts";
import type { Problem } from "../model/access-request.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { callerSpelled } from "./other-spelling.ts";
import { isProblem, problem } from "./problem.ts";
import { findNamed, findWorkload, workloadKinds } from "./workload.ts";

/** Who sends a request, as it was written. */
export type Caller =
  | { readonly kind: "account"; readonly namespace: string; readonly serviceAccount: string }
  | { readonly kind: "workload"; readonly workload: Workload }
  | { readonly kind: "identity"; readonly uri: string }
  | { readonly kind: "external"; readonly ip: string }
  | { readonly kind: "node" | "none" | "unknown" };

const forms =
  "sa/NAMESPACE/NAME, deploy|sts|ds|job|pod|workload/NAMESPACE/NAME, spiffe://..., gateway/NAMESPACE/NAME, external/IP, node, none";

/** Who `from` means, or what is wrong with it. Absent: anyone. */
export function parseCaller(
  mesh: Mesh,
  from: string | undefined,
  namespace: string | undefined,
): Caller | Problem {
  if (from === undefined) return { kind: "unknown" };
  if (from === "none" || from === "node") return { kind: from };
  if (from.startsWith("spiffe://")) return identity(from);
  const [kind = "", ...rest] = from.split("/");
  if (kind === "external") return external(rest.join("/"));
  if (kind === "sa") return account(from, rest, namespace);
  if (kind === "gateway" || Object.hasOwn(workloadKinds, kind)) {
    const workload = findWorkload(mesh, kind, rest, namespace, ["from"]);
    return isProblem(workload) ? workload : { kind: "workload", workload };
  }
  const known = findNamed(mesh, from, namespace);
  if (known !== undefined) return { kind: "workload", workload: known };
  const spelled = callerSpelled(from);
  const hint =
    spelled === undefined
      ? `one of ${forms}, or a workload's name`
      : `did you mean \`${spelled}\`?`;
  return problem(["from"], `unknown caller \`${from}\``, hint);
}

/** The identity that a caller can show, if it has one. */
export function identityOf(mesh: Mesh, caller: Caller): string | undefined {
  switch (caller.kind) {
    case "account":
      return spiffeId(mesh.config, caller.namespace, caller.serviceAccount);
    case "workload":
      return spiffeId(
        mesh.config,
        caller.workload.key.namespace,
        caller.workload.serviceAccount || "default",
      );
    case "identity":
      return caller.uri;
    case "external":
    case "node":
    case "none":
    case "unknown":
      return undefined;
  }
}

function identity(uri: string): Caller | Problem {
  if (/^spiffe:\/\/[^/]+\/.+$/.test(uri)) return { kind: "identity", uri };
  return problem(
    ["from"],
    `\`${uri}\` is no SPIFFE id`,
    "spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/NAME",
  );
}

function external(ip: string): Caller | Problem {
  if (parseAddress(ip) !== undefined) return { kind: "external", ip };
  return problem(["from"], `\`${ip}\` is no IP address`, "external/203.0.113.9");
}

function account(
  from: string,
  parts: readonly string[],
  namespace: string | undefined,
): Caller | Problem {
  const [first, second, ...more] = parts;
  const full = second === undefined ? [namespace, first] : [first, second];
  const [space, name] = full;
  if (!space || !name || more.length > 0)
    return problem(["from"], `\`${from}\` names no service account`, "sa/NAMESPACE/NAME");
  return { kind: "account", namespace: space, serviceAccount: name };
}
