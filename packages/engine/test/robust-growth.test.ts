import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Growth, growAgain } from "./fuzz/growth.ts";
import { matchGrowth } from "./fuzz/growth-match.ts";
import { requestGrowth } from "./fuzz/growth-request.ts";
import { textGrowth } from "./fuzz/growth-text.ts";
import { tokenGrowth } from "./fuzz/growth-token.ts";

const { FUZZ_REPORT, FUZZ_ONLY } = process.env;
const all: readonly Growth[] = [
  ...textGrowth,
  ...requestGrowth,
  ...matchGrowth,
  ...tokenGrowth,
].filter(({ name }) => name.includes(FUZZ_ONLY ?? ""));

test.skipIf(FUZZ_REPORT !== undefined)(
  "whatever strangers may write many times over is taken",
  async () => {
    expect(all).not.toEqual([]);
    for (const { work, from = 256 } of all) await work(from)(); // what throws fails
  },
);

/** Only in the long run: the machine of `npm test` may be busy. */
test.runIf(FUZZ_REPORT !== undefined)(
  "the time grows no faster than the input",
  async () => {
    const steep: string[] = [];
    for (const each of all) {
      const { name, size, milliseconds, factor, steep: tooSteep } = await growAgain(each);
      const took = `${size}: ${milliseconds.toFixed(0)} ms`;
      const text = `${factor.toFixed(1)} times for 4 times the input: ${name}, ${took}`;
      if (tooSteep) steep.push(text);
      const line = JSON.stringify({ text, factor, steep: tooSteep });
      appendFileSync(FUZZ_REPORT ?? "", `${line}\n`);
    }
    expect(steep).toEqual([]);
  },
  3_600_000,
);
