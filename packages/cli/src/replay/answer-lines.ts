import type { Answer, Decider } from "@meshproof/engine";
import { ruleText } from "./evidence.ts";
import { isSkipped, type Setting } from "./logged.ts";
import { readLine } from "./read-line.ts";

/** Turns lines into lines. */
export interface AnswerLines {
  readonly line: (line: string) => void;
  /** What came out since the last time. */
  readonly take: () => string;
  readonly failed: () => boolean; // some line was no request
}

/** One answer for each line, in order. */
export function answerLines({ decide }: Decider, to: string | undefined): AnswerLines {
  const setting: Setting = { ...(to === undefined ? {} : { to }), workloadAt: () => undefined };
  const texts = new WeakMap<Answer, string>();
  let out = "";
  let failed = false;
  const textOf = (answer: Answer): string => {
    const known = texts.get(answer) ?? answerText(answer);
    texts.set(answer, known);
    return known;
  };
  const answered = (line: string): string => {
    const logged = readLine(line, setting);
    if (isSkipped(logged)) throw new TypeError(logged.skipped);
    return textOf(decide(logged.request));
  };
  return {
    line: (line) => {
      const id = idOf(line);
      try {
        out += `{${id}${answered(line)}}\n`;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        failed = true;
        out += `{${id}"error":${JSON.stringify(error.message)}}\n`;
      }
    },
    take: () => {
      const text = out;
      out = "";
      return text;
    },
    failed: () => failed,
  };
}

/** The members of an answer, as JSON without its braces. */
function answerText(answer: Answer): string {
  const { decision, status, layer, details } = answer;
  const by = ruleText(answer);
  const shown = {
    decision,
    ...(status === undefined ? {} : { status }),
    ...(layer === undefined ? {} : { layer }),
    ...(by === "" ? {} : { by }),
    ...(details === undefined ? {} : { details }),
  };
  return JSON.stringify(shown).slice(1, -1);
}

/** What whoever asks calls the request: handed back with the answer. */
function idOf(line: string): string {
  if (!line.includes('"id"')) return "";
  try {
    const { id } = JSON.parse(line);
    return id === undefined ? "" : `"id":${JSON.stringify(id)},`;
  } catch {
    return "";
  }
}
