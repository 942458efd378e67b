import type { Command } from "./command.ts";

/** Every command by its name, in the order of the overview. A command is only loaded when it runs: most of them need much. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).check,
  explain: async () => (await import("./commands/explain.ts")).explain,
  describe: async () => (await import("./commands/describe.ts")).describe,
  lint: async () => (await import("./commands/lint.ts")).lint,
  diff: async () => (await import("./commands/diff.ts")).diff,
  prove: async () => (await import("./commands/prove.ts")).prove,
  "who-can": async () => (await import("./commands/who-can.ts")).whoCan,
  "what-can": async () => (await import("./commands/what-can.ts")).whatCan,
  matrix: async () => (await import("./commands/matrix.ts")).matrix,
  replay: async () => (await import("./commands/replay.ts")).replay,
  decide: async () => (await import("./commands/decide.ts")).decide,
  test: async () => (await import("./commands/test.ts")).test,
  init: async () => (await import("./commands/init.ts")).init,
  token: async () => (await import("./commands/token.ts")).token,
  serve: async () => (await import("./commands/serve.ts")).serve,
  webhook: async () => (await import("./commands/webhook.ts")).webhook,
  version: async () => (await import("./commands/version.ts")).version,
  help: async () => (await import("./commands/help.ts")).help,
};

/** Every command, loaded. */
export async function loadCommands(): Promise<Readonly<Record<string, Command>>> {
  const loaded = Object.entries(commands).map(
    async ([name, load]) => [name, await load()] as const,
  );
  return Object.fromEntries(await Promise.all(loaded));
}
