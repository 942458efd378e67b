import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { areas } from "./fuzz/areas.ts";
import { fuzz } from "./fuzz/run.ts";

/** `npm run fuzz` sets these: a long run that also looks at the time, and a file for its report. */
const { FUZZ_COUNT, FUZZ_SECONDS, FUZZ_SEED, FUZZ_SLOW, FUZZ_AREA, FUZZ_REPORT } = process.env;
const limits = {
  count: Number(FUZZ_COUNT ?? 1000),
  seed: Number(FUZZ_SEED ?? 1),
  ...(FUZZ_SECONDS === undefined ? {} : { seconds: Number(FUZZ_SECONDS) }),
  ...(FUZZ_SLOW === undefined ? {} : { slow: Number(FUZZ_SLOW) }),
};

test.each(Object.entries(areas).filter(([name]) => FUZZ_AREA === undefined || name === FUZZ_AREA))(
  "%s of a stranger makes nothing throw, and nothing is printed that is no text",
  async (_, area) => {
    const report = await fuzz(area(), limits);
    if (FUZZ_REPORT !== undefined) appendFileSync(FUZZ_REPORT, `${JSON.stringify(report)}\n`);
    expect(report.faults).toEqual([]);
  },
  1_000_000,
);
