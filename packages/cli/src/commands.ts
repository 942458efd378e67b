import type { Command } from "./command.ts";
import { check } from "./commands/check.ts";
import { describe } from "./commands/describe.ts";
import { diff } from "./commands/diff.ts";
import { explain } from "./commands/explain.ts";
import { help } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { lint } from "./commands/lint.ts";
import { serve } from "./commands/serve.ts";
import { test } from "./commands/test.ts";
import { token } from "./commands/token.ts";
import { version } from "./commands/version.ts";

/** Every command by its name, in the order of the overview. */
export const commands: Readonly<Record<string, Command>> = {
  check,
  explain,
  describe,
  lint,
  diff,
  test,
  init,
  token,
  serve,
  version,
  help,
};
