// The library call inside a Pepr module (https://github.com/defenseunicorns/pepr, 1.1): Pepr serves, watches and deploys, the guards judge.
import { clusterState, noNewAccess, review, valid } from "@meshproof/engine/admission";
import { a, Capability, type PeprValidateRequest } from "pepr";

const state = clusterState({ istio: "1.31" });
const guards = [
  { name: "valid", action: "deny", guard: valid() },
  { name: "no-new-access", action: "warn", guard: noNewAccess() },
] as const;

export const MeshPolicies = new Capability({
  name: "mesh-policies",
  description: "No policy enters the cluster that opens or breaks it.",
});
const { When } = MeshPolicies;

async function judge(request: PeprValidateRequest<a.GenericKind>) {
  const asked = {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: request.Request,
  };
  const { answer } = await review(state, asked, guards, { now: Date.now() });
  const { allowed, status, warnings = [] } = answer.response;
  return allowed
    ? request.Approve([...warnings])
    : request.Deny(status?.message, status?.code, [...warnings]);
}

for (const kind of ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"]) {
  const policy = { group: "security.istio.io", version: "v1", kind };
  When(a.GenericKind, policy).IsCreatedOrUpdated().Validate(judge);
  When(a.GenericKind, policy).IsDeleted().Validate(judge);
  When(a.GenericKind, policy)
    .IsCreatedOrUpdated()
    .Watch((object) => state.set({ ...object }, Date.now()));
  When(a.GenericKind, policy)
    .IsDeleted()
    .Watch((object) => state.remove({ ...object }, Date.now()));
}
