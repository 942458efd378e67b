import type { Flags } from "../../flags.ts";

/** The flags of `authz webhook manifests`. */
export const manifestFlags: Flags = {
  image: {
    value: "IMAGE",
    help: "that has `authz` as its entry point (docs/webhook.md has a Dockerfile)",
  },
  name: { value: "NAME", help: "of all objects (default meshproof-webhook)" },
  namespace: { short: "n", value: "NS", help: "where it runs (default meshproof-system)" },
  replicas: { value: "N", help: "pods (default 2)" },
  "failure-policy": {
    value: "WHAT",
    oneOf: ["Fail", "Ignore"],
    help: "when the webhook cannot be reached (default Fail: nothing is let in)",
  },
  "timeout-seconds": { value: "N", help: "after which the API server gives up (default 10)" },
  certificates: {
    value: "HOW",
    oneOf: ["self-signed", "cert-manager"],
    help: "self-signed: made now (default); cert-manager: made and renewed in the cluster",
  },
  days: { value: "N", help: "that a self-signed certificate is valid (default 365)" },
  "root-namespace": { value: "NS", help: "where istiod is (default istio-system)" },
  "config-map": { value: "NAME", help: "of the mesh config there (default istio)" },
  guards: { value: "FILE", help: "what is checked, where, and what follows (docs/webhook.md)" },
  suites: {
    value: "PATH",
    multiple: true,
    help: "suites that must still hold; deny what breaks them",
  },
  "serve-flag": {
    value: "FLAG",
    multiple: true,
    help: "one more of authz serve webhook, as --settle=1m",
  },
  url: { value: "URL", help: "where the webhook is, if it is not at its Service" },
  only: {
    value: "KIND",
    multiple: true,
    help: "only objects of this kind, such as ValidatingWebhookConfiguration",
  },
};
