import type { AccessRequest, Answer } from "@meshproof/engine";
import { agrees, evidenceOf, ruleText } from "./evidence.ts";
import { holdsToken, type Later } from "./later.ts";
import { type LineTaker, lineTooLong } from "./lines.ts";
import { isSkipped, type Logged, type Setting } from "./logged.ts";
import { numberCounts } from "./number-counts.ts";
import { quickReplay, type ReplayMeshes } from "./quick-replay.ts";
import { readLine } from "./read-line.ts";
import { type Counts, count, countLine, type Group, group, type Tally } from "./tally.ts";

/** Takes the lines of a log and counts what they meet. */
export interface Replayer extends LineTaker {
  /** The lines from now on are those of a piece of the log. */
  readonly enter: (piece: number) => void;
  /** Counts what has to be waited for, of the lines so far. */
  readonly settle: () => Promise<void>;
  readonly tally: () => Tally;
}

/** A line whose answer has to be waited for. */
interface Open {
  readonly logged: Logged;
  readonly line: string;
  readonly piece: number;
}

interface Told {
  readonly answer: Answer;
  readonly after?: Answer; // under candidate policies
}

function fresh(): Counting {
  return {
    ...{ piece: 0, lines: 0, weight: 0, changed: 0, differing: 0, agreeing: 0 },
    skipped: new Map(),
    answers: new Map(),
    changes: new Map(),
    differences: new Map(),
  };
}

/** How requests are answered whose answer has to be waited for. */
interface Waiting {
  readonly current: Later;
  readonly candidate?: Later;
}

/** Counts lines that were left open, each as one of its piece. */
async function settle(
  open: Open[],
  { current, candidate }: Waiting,
  counting: Counting,
  told: (logged: Logged, line: string, answers: Told) => void,
): Promise<void> {
  for (const { logged, line, piece } of open.splice(0)) {
    counting.piece = piece;
    try {
      const after = await candidate?.(logged.request);
      const answer = await current(logged.request);
      told(logged, line, { answer, ...(after ? { after } : {}) });
    } catch (error) {
      skipRefused(error, line, counting);
    }
  }
}

interface Counting {
  piece: number;
  lines: number;
  weight: number;
  changed: number;
  differing: number;
  agreeing: number;
  readonly skipped: Map<string, Group>;
  readonly answers: Map<Answer, number>;
  readonly changes: Map<string, Group>;
  readonly differences: Map<string, Group>;
}

/** Counts what every request of a log meets; under candidate policies, too, and against what was observed, where that is wanted. */
export function replayer(
  meshes: ReplayMeshes,
  setting: Setting,
  calibrate: boolean,
  wait?: Waiting,
): Replayer {
  const counting = fresh();
  const { current, candidate } = meshes;
  const answered = numberCounts();
  const told = (logged: Logged, line: string, { answer, after }: Told): void => {
    met(counting, answer, logged.weight);
    if (after) compare(counting, logged, { answer, after, line });
    if (calibrate) calibrateWith(counting, logged, answer, line);
  };
  const take = (logged: Logged, line: string): void => {
    const { request } = logged;
    const after = candidate?.decide(request);
    told(logged, line, { answer: current.decide(request), ...(after ? { after } : {}) });
  };
  const open: Open[] = [];
  const quick = quickReplay(
    meshes,
    { setting, calibrate },
    {
      answered: answered.add,
      skipped: (reason, text) => {
        counting.lines += 1;
        skip(counting, reason, text);
      },
    },
  );
  return {
    bytes: quick,
    enter: (piece) => {
      counting.piece = piece;
    },
    line: (line) => {
      counting.lines += 1;
      const logged = readLine(line, setting);
      if (isSkipped(logged)) skip(counting, logged.skipped, () => line);
      else if (wait && holdsToken(line)) open.push({ logged, line, piece: counting.piece });
      else attempt(() => take(logged, line), line, counting);
    },
    tooLong: () => {
      counting.lines += 1;
      skip(counting, lineTooLong, () => "");
    },
    settle: () => (wait ? settle(open, wait, counting, told) : Promise.resolve()),
    tally: () => {
      for (const [answer, lines] of answered.take()) {
        counting.lines += lines;
        met(counting, current.answerOf(answer), lines);
      }
      return tallyOf(counting);
    },
  };
}

function met(counting: Counting, answer: Answer, weight: number): void {
  counting.weight += weight;
  counting.answers.set(answer, (counting.answers.get(answer) ?? 0) + weight);
}

/** A request that cannot be understood is one line that was skipped. */
function attempt(work: () => void, line: string, counting: Counting): void {
  try {
    work();
  } catch (error) {
    skipRefused(error, line, counting);
  }
}

function skipRefused(error: unknown, line: string, counting: Counting): void {
  if (!(error instanceof TypeError)) throw error;
  skip(counting, `not understood: ${error.message}`, () => line);
}

function skip({ skipped, piece }: Counting, reason: string, text: () => string): void {
  countLine(skipped, reason, { piece, text });
}

function compare(
  counting: Counting,
  { request, weight }: Logged,
  {
    answer,
    after,
    line,
  }: { readonly answer: Answer; readonly after: Answer; readonly line: string },
): void {
  if (answer.decision === after.decision) return;
  counting.changed += weight;
  const key = `${requestText(request)}\t${answerText(answer)}\t${answerText(after)}`;
  group(counting.changes, key, { weight, example: line, piece: counting.piece });
}

function calibrateWith(
  counting: Counting,
  { request, observed, weight }: Logged,
  answer: Answer,
  line: string,
): void {
  const same = observed && agrees(answer, observed);
  if (observed === undefined || same === undefined) return;
  if (same) {
    counting.agreeing += weight;
    return;
  }
  counting.differing += weight;
  const { decision = "?", rule = "" } = evidenceOf(observed) ?? {};
  const key = `${requestText(request)}\t${`${decision} ${rule}`.trim()}\t${answerText(answer)}`;
  group(counting.differences, key, { weight, example: line, piece: counting.piece });
}

/** Caller, destination and method: requests that differ in their path alone are told together. */
function requestText({ from = "?", to, http, grpc }: AccessRequest): string {
  const method = typeof http === "string" ? http.split(" ", 1)[0] : http?.method;
  return `${from}\t${typeof to === "string" ? to : JSON.stringify(to)}\t${method ?? grpc ?? ""}`;
}

function answerText(answer: Answer): string {
  const { decision, status, layer, dependsOn } = answer;
  if (dependsOn !== undefined) return `${decision}: depends on ${dependsOn.join(", ")}`;
  const rule = ruleText(answer);
  if (decision !== "deny") return `${decision} ${rule}`.trim();
  const none = layer === "allow" ? "no ALLOW rule" : (layer ?? "");
  return `deny ${status ?? ""} ${rule === "" ? none : rule}`.replace(/ +/g, " ").trim();
}

function tallyOf({ piece, answers, skipped, changes, differences, ...counted }: Counting): Tally {
  const decisions: Counts = new Map();
  const rules: Counts = new Map();
  for (const [answer, weight] of [...answers].toSorted(([, a], [, b]) => b - a)) {
    count(decisions, answer.decision, weight);
    count(rules, answerText(answer), weight);
  }
  return {
    ...counted,
    skipped: Object.fromEntries(skipped),
    decisions: Object.fromEntries(decisions),
    rules: Object.fromEntries(rules),
    changes: Object.fromEntries(changes),
    differences: Object.fromEntries(differences),
  };
}
