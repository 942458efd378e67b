const now = () => performance.now();

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** What an engine makes when a request first asks for it is no part of a decision: every input comes once, unless that takes so long. */
const longestWarm = 3000;

/** Nanoseconds of one call, over inputs that come round: the median of blocks of 2 ms, after warming up. */
export function nanoseconds(call, inputs, { warm = 300, run = 700 } = {}) {
  let at = 0;
  let kept = 0;
  let hasComeRound = false;
  const block = (size) => {
    const start = now();
    for (let index = 0; index < size; index += 1) {
      kept += call(inputs[at]) ? 1 : 0;
      at += 1;
      if (at === inputs.length) {
        at = 0;
        hasComeRound = true;
      }
    }
    return now() - start;
  };
  const start = now();
  const isWarm = (time) => time > longestWarm || (time > warm && hasComeRound);
  while (!isWarm(now() - start)) block(16);
  let size = 16;
  while (size < 2 ** 22 && block(size) < 2) size *= 2;
  const times = [];
  for (const end = now() + run; now() < end || times.length < 3; )
    times.push((block(size) * 1e6) / size);
  return kept < 0 ? Number.NaN : median(times);
}

/** The same where a call has to be awaited. */
export async function nanosecondsAsync(call, inputs, { warm = 200, run = 600 } = {}) {
  let at = 0;
  const block = async (size) => {
    const start = now();
    for (let index = 0; index < size; index += 1) {
      await call(inputs[at]);
      at = (at + 1) % inputs.length;
    }
    return now() - start;
  };
  for (const end = now() + warm; now() < end; ) await block(4);
  const times = [];
  for (const end = now() + run; now() < end || times.length < 3; )
    times.push(((await block(16)) * 1e6) / 16);
  return median(times);
}

/** Nanoseconds of one call over inputs of which every object and text is new. */
export function nanosecondsFresh(call, inputs, { run = 1500 } = {}) {
  let serial = 1_000_000;
  let kept = 0;
  const times = [];
  const renewed = (input) => {
    serial += 1;
    return { ...input, path: input.path.replace(/\d+(?=(?:\/detail)?$)/, `${serial}`) };
  };
  for (const end = now() + run; now() < end || times.length < 5; ) {
    const batch = inputs.map((input) => JSON.parse(JSON.stringify(renewed(input))));
    const start = now();
    for (const input of batch) kept += call(input) ? 1 : 0;
    times.push(((now() - start) * 1e6) / batch.length);
  }
  return kept < 0 ? Number.NaN : median(times.slice(Math.floor(times.length / 3)));
}

export function heapBytes() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
