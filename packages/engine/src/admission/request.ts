import { fieldsOf, listOf, textOf } from "../parse/decode.ts";
import { type Fields, isFields } from "../parse/objects.ts";
import type { Change, User } from "./change.ts";

/** The request of an AccessReview, as far as it is looked at. */
export interface AdmissionRequest {
  readonly uid: string;
  readonly operation: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly subResource?: string;
  readonly namespace: string;
  readonly name: string;
  readonly object?: Fields;
  readonly oldObject?: Fields;
  readonly user: User;
  readonly dryRun: boolean;
}

/** Why something is no AdmissionReview that can be answered. */
export interface Malformed {
  readonly malformed: string;
  readonly uid: string; // as far as there is one
}

/** Reads an AdmissionReview of admission.k8s.io/v1: the only version there is since Kubernetes 1.22. */
export function readRequest(review: unknown): AdmissionRequest | Malformed {
  const { apiVersion, kind, request } = fieldsOf(review);
  const fields = fieldsOf(request);
  const uid = textOf(fields["uid"]) ?? "";
  const malformed = (what: string): Malformed => ({ malformed: what, uid });
  if (kind !== "AdmissionReview" || apiVersion !== "admission.k8s.io/v1")
    return malformed("not an AdmissionReview of admission.k8s.io/v1");
  if (!isFields(request)) return malformed("an AdmissionReview without `request`");
  if (uid === "") return malformed("`request.uid` is missing");
  const operation = textOf(fields["operation"]);
  if (operation === undefined) return malformed("`request.operation` is missing");
  const named = gvkOf(fields["kind"]);
  if (named === undefined) return malformed("`request.kind` is missing");
  return { uid, operation, kind: named, ...rest(fields) };
}

function gvkOf(value: unknown): AdmissionRequest["kind"] | undefined {
  const { group, version, kind } = fieldsOf(value);
  if (typeof version !== "string" || typeof kind !== "string" || kind === "") return undefined;
  return { group: textOf(group) ?? "", version, kind };
}

function rest(fields: Fields): Omit<AdmissionRequest, "uid" | "operation" | "kind"> {
  const { object, oldObject, subResource } = fields;
  const user = fieldsOf(fields["userInfo"]);
  const old = isFields(oldObject) ? oldObject : undefined;
  const current = isFields(object) ? object : undefined;
  const metadata = fieldsOf((current ?? old)?.["metadata"]);
  return {
    namespace: textOf(fields["namespace"]) ?? "",
    name: textOf(fields["name"]) || (textOf(metadata["name"]) ?? ""),
    ...(current === undefined ? {} : { object: current }),
    ...(old === undefined ? {} : { oldObject: old }),
    ...(textOf(subResource) ? { subResource: textOf(subResource) ?? "" } : {}),
    user: {
      name: textOf(user["username"]) ?? "",
      groups: listOf(user["groups"]).filter((group) => typeof group === "string"),
    },
    dryRun: fields["dryRun"] === true,
  };
}

/** The change that a request asks for. Undefined: it is none of a guard's business, such as CONNECT or a status. */
export function changeOf(
  request: AdmissionRequest,
): Omit<Change, "settled" | "now" | "signal"> | undefined {
  const { operation, kind, namespace, name, object, oldObject, user, dryRun } = request;
  if (request.subResource !== undefined) return undefined;
  if (operation !== "CREATE" && operation !== "UPDATE" && operation !== "DELETE") return undefined;
  const isCluster = kind.kind === "Namespace" && kind.group === "";
  return {
    operation,
    key: { kind: kind.kind, namespace: isCluster ? "" : namespace, name },
    group: kind.group,
    ...(operation === "DELETE" || object === undefined ? {} : { object }),
    ...(oldObject === undefined ? {} : { old: oldObject }),
    user,
    dryRun,
  };
}
