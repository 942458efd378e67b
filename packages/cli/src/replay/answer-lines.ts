import type { Buffer } from "node:buffer";
import {
  type AccessRequest,
  type Alike,
  type Answer,
  type Decider,
  nativeJson,
} from "@meshproof/engine";
import { quickLines, type Scanned, type Told } from "./bytes/quick-lines.ts";
import { requestScanner } from "./bytes/request-scanner.ts";
import { ruleText } from "./evidence.ts";
import { inOrder } from "./in-order.ts";
import { holdsToken, type Later } from "./later.ts";
import { type LineTaker, lineText, lineTooLong } from "./lines.ts";
import { isSkipped, type Setting } from "./logged.ts";
import { readLine, requestIn } from "./read-line.ts";

/** Turns lines into lines. */
export interface AnswerLines extends LineTaker {
  /** What came out since the last time, once all of it is known. */
  readonly take: () => Promise<string>;
  readonly failed: () => boolean; // some line was no request
}

/** One answer for each line, in order. */
export function answerLines(decider: Decider, to: string | undefined, wait?: Later): AnswerLines {
  const setting: Setting = { ...(to === undefined ? {} : { to }), workloadAt: () => undefined };
  const texts = new WeakMap<Answer, string>();
  const out = inOrder();
  let failed = false;
  const textOf = (id: string, answer: Answer): string => {
    const known = texts.get(answer) ?? answerText(answer);
    texts.set(answer, known);
    return `{${id}${known}}\n`;
  };
  const refused = (id: string, error: unknown): string => {
    if (!(error instanceof TypeError)) throw error;
    failed = true;
    return `{${id}"error":${JSON.stringify(error.message)}}\n`;
  };
  const answered = (id: string, line: string): string | Promise<string> => {
    const logged = readLine(line, setting);
    if (isSkipped(logged)) throw new TypeError(logged.skipped);
    if (wait === undefined || !holdsToken(line)) return textOf(id, decider.decide(logged.request));
    return wait(logged.request).then(
      (answer) => textOf(id, answer),
      (error: unknown) => refused(id, error),
    );
  };
  return {
    bytes: quickAnswers(decider, setting, (id, answer) => out.add(textOf(id, answer))),
    line: (line) => {
      const id = idOf(line);
      try {
        const text = answered(id, line);
        if (typeof text === "string") out.add(text);
        else out.later(text);
      } catch (error) {
        out.add(refused(id, error));
      }
    },
    tooLong: () => out.add(refused("", new TypeError(lineTooLong))),
    take: out.take,
    failed: () => failed,
  };
}

/** Answers requests in our short form as they stand. */
function quickAnswers(
  decider: Decider,
  setting: Setting,
  answered: (id: string, answer: Answer) => void,
): (bytes: Buffer, at: number) => number {
  const scanner = requestScanner();
  const kindOf = (line: Buffer): Told<Alike["lane"]> | undefined => {
    const logged = readLine(lineText(line), setting);
    const alike = isSkipped(logged) ? undefined : decider.alike(logged.request);
    return alike && { kind: alike.lane, peer: alike.peer, shared: alike.shared };
  };
  const take = (lane: Alike["lane"], peer: string | undefined, line: Scanned): boolean => {
    const request = (): AccessRequest => requestIn(line, setting);
    const number = decider.answerBytes(lane, peer, line, request);
    if (number < 0) return false;
    const id = scanner.id(line.bytes);
    answered(id === "" ? "" : `"id":${id},`, decider.answerOf(number));
    return true;
  };
  return quickLines(scanner, { kindOf, take });
}

/** The members of an answer, as JSON without its braces. */
function answerText(answer: Answer): string {
  const { decision, status, layer, details, dependsOn } = answer;
  const by = ruleText(answer);
  const shown = {
    decision,
    ...(status === undefined ? {} : { status }),
    ...(layer === undefined ? {} : { layer }),
    ...(by === "" ? {} : { by }),
    ...(details === undefined ? {} : { details }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
  };
  return JSON.stringify(shown).slice(1, -1);
}

/** What whoever asks calls the request: handed back with the answer. */
function idOf(line: string): string {
  if (!line.includes('"id"')) return "";
  try {
    const { id } = nativeJson(line) as { readonly id?: unknown };
    return id === undefined ? "" : `"id":${idText(id, line)},`;
  } catch {
    return "";
  }
}

/** A number that is not kept exactly goes back as it was written. */
function idText(id: unknown, line: string): string {
  if (typeof id !== "number" || Number.isSafeInteger(id)) return JSON.stringify(id);
  const written = Array.from(line.matchAll(/"id"\s*:\s*(-?[0-9][0-9.eE+-]*)/g), ([, text]) => text);
  return written.findLast((text) => Number(text) === id) ?? JSON.stringify(id);
}
