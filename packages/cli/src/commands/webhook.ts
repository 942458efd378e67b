import type { Command } from "../command.ts";
import { isMisuse } from "../command.ts";
import { manifestFlags } from "../webhook/manifests/flags.ts";

/** What to apply to a cluster for the webhook. */
export const webhook: Command = {
  summary: "what to apply to a cluster for the admission webhook",
  usage: ["manifests --image IMAGE [--guards FILE] [--suites PATH]..."],
  about: `Namespace, account and rights, certificate, configuration, Deployment, Service, NetworkPolicy and the
ValidatingWebhookConfiguration, as YAML: authz webhook manifests --image IMAGE | kubectl apply -f -`,
  flags: manifestFlags,
  async run(args, io) {
    const [what, ...more] = args.positionals;
    if (what !== "manifests" || more.length > 0)
      return { misuse: "webhook what? there is `manifests`" };
    const { writeManifests } = await import("../webhook/manifests/write-manifests.ts");
    const result = await writeManifests(args, io);
    return isMisuse(result) ? result : 0;
  },
};
