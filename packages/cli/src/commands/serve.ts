import { type Command, isMisuse } from "../command.ts";
import { serveFlags, settingsOf } from "../webhook/flags.ts";
import { worldOf } from "../world-flags.ts";

/** Judges changes of policies before they are stored, as an admission webhook. */
export const serve: Command = {
  summary: "judge changes before they are stored, as an admission webhook",
  usage: ["webhook --cert FILE --key FILE [--cluster | -f MESH...] [--guards FILE]"],
  about: `An AdmissionReview that is sent to /validate is answered by guards; without --guards, what istiod's webhook
would refuse is refused. What to apply to a cluster for it: authz webhook manifests. More: docs/webhook.md.`,
  flags: serveFlags,
  async run(args, io) {
    const [what, ...more] = args.positionals;
    if (what !== "webhook" || more.length > 0) return { misuse: "serve what? there is `webhook`" };
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const settings = settingsOf(args, world);
    if (isMisuse(settings)) return settings;
    const { serveWebhook } = await import("../webhook/serve-webhook.ts");
    return serveWebhook(settings.judge, settings.server, io);
  },
};
