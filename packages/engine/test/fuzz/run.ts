import { type Random, randomFrom } from "./random.ts";

/** A part of the engine that reads what strangers write. */
export interface Area {
  readonly name: string;
  readonly seeds: readonly string[];
  readonly patience?: number; // so many times the time that one input may take elsewhere
  readonly mutate: (seeds: readonly string[], random: Random) => string;
  /** Feeds the engine and throws for whatever must not happen. Returns what kind of answer came, to tell new ones apart. */
  readonly check: (input: string) => string | Promise<string>;
}

export interface Limits {
  readonly count: number;
  readonly seconds?: number; // absent: no bound
  readonly seed: number;
  readonly slow?: number; // milliseconds that one input may take; absent: nobody looks
}

export interface Fault {
  readonly input: string;
  readonly message: string;
}

export interface Report {
  readonly area: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly kinds: number; // of answers
  readonly slowest: { readonly milliseconds: number; readonly input: string };
  readonly faults: readonly Fault[];
}

/** How many faults of one run are kept: the first of each message. */
const mostFaults = 20;

/** Mutates seeds, and whatever gave a new kind of answer, until the count or the time is reached. */
export async function fuzz(area: Area, limits: Limits): Promise<Report> {
  const random = randomFrom(limits.seed);
  const state: State = { corpus: [...area.seeds], kinds: new Set(), faults: new Map(), slowest };
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  let inputs = 0;
  for (; inputs < limits.count && state.faults.size < mostFaults; inputs += 1) {
    const input = area.seeds[inputs] ?? area.mutate(state.corpus, random);
    learn(state, input, await tryInput(area, input, limits.slow));
    if (limits.seconds && seconds() > limits.seconds) break;
  }
  const { kinds, faults } = state;
  return {
    area: area.name,
    inputs,
    seconds: seconds(),
    kinds: kinds.size,
    slowest: state.slowest,
    faults: [...faults.values()],
  };
}

interface State {
  readonly corpus: string[];
  readonly kinds: Set<string>;
  readonly faults: Map<string, Fault>;
  slowest: Report["slowest"];
}
const slowest: Report["slowest"] = { milliseconds: 0, input: "" };

/** What is mutated further should not grow without end. */
const longestKept = 2048;

/** An input that gave a new kind of answer is worth mutating further. */
function learn(state: State, input: string, { kind, fault, milliseconds }: Tried): void {
  const { corpus, kinds, faults } = state;
  if (milliseconds > state.slowest.milliseconds) state.slowest = { milliseconds, input };
  if (fault && !faults.has(fault.message)) faults.set(fault.message, fault);
  if (kind === undefined || kinds.has(kind)) return;
  kinds.add(kind);
  if (input.length < longestKept && corpus.length < 4096) corpus.push(input);
}

interface Tried {
  readonly kind?: string;
  readonly fault?: Fault;
  readonly milliseconds: number;
}

/** Inputs of this length may take the time that is allowed, longer ones more in proportion. */
const ordinaryLength = 8192;

/** A slow input is tried again: the collector or another process may have been the slow one. */
async function tryInput(area: Area, input: string, allowed: number | undefined): Promise<Tried> {
  const first = await once(area, input);
  const slow =
    allowed && allowed * (area.patience ?? 1) * Math.max(1, input.length / ordinaryLength);
  if (slow === undefined || first.fault || first.milliseconds <= slow) return first;
  const again = [await once(area, input), await once(area, input)];
  const milliseconds = Math.min(...[first, ...again].map((tried) => tried.milliseconds));
  if (milliseconds <= slow) return { ...first, milliseconds };
  const message = `slow: more than ${slow.toFixed(0)} ms (${input.length} characters)`;
  return { ...first, milliseconds, fault: { input, message } };
}

async function once(area: Area, input: string): Promise<Tried> {
  const start = performance.now();
  try {
    const kind = await area.check(input);
    return { kind, milliseconds: performance.now() - start };
  } catch (error) {
    const milliseconds = performance.now() - start;
    return { fault: { input, message: messageOf(error) }, milliseconds };
  }
}

/** The message and the line of ours that it came from: one fault, however it is reached. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = (error.stack ?? "").split("\n").filter((line) => /\/(?:src|yaml)\//.test(line));
  return `${error.message.slice(0, 300)} ${lines.slice(0, 2).join(" ").replace(/\s+/g, " ")}`;
}
