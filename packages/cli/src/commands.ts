import type { Command } from "./command.ts";
import { check } from "./commands/check.ts";
import { describe } from "./commands/describe.ts";
import { diff } from "./commands/diff.ts";
import { explain } from "./commands/explain.ts";
import { help } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { lint } from "./commands/lint.ts";
import { matrix } from "./commands/matrix.ts";
import { prove } from "./commands/prove.ts";
import { serve } from "./commands/serve.ts";
import { test } from "./commands/test.ts";
import { token } from "./commands/token.ts";
import { version } from "./commands/version.ts";
import { webhook } from "./commands/webhook.ts";
import { whatCan } from "./commands/what-can.ts";
import { whoCan } from "./commands/who-can.ts";

/** Every command by its name, in the order of the overview. */
export const commands: Readonly<Record<string, Command>> = {
  check,
  explain,
  describe,
  lint,
  diff,
  prove,
  "who-can": whoCan,
  "what-can": whatCan,
  matrix,
  test,
  init,
  token,
  serve,
  webhook,
  version,
  help,
};
