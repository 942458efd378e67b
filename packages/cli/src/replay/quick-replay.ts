import type { Buffer } from "node:buffer";
import type { Alike, Answer, Decider } from "@meshproof/engine";
import { envoyScanner } from "./bytes/envoy-scanner.ts";
import { eitherWay, methodIn, quickLines } from "./bytes/quick-lines.ts";
import { requestScanner } from "./bytes/request-scanner.ts";
import type { LineScanner } from "./bytes/scanned-line.ts";
import { lineText } from "./lines.ts";
import { isSkipped, type Setting } from "./logged.ts";
import { readLine } from "./read-line.ts";

/** What lines are asked against. */
export interface ReplayMeshes {
  readonly current: Decider;
  readonly candidate?: Decider;
}

/** Where lines are counted that were taken as they stand. */
export interface QuickCounts {
  readonly answered: (answer: Answer) => void;
  readonly skipped: (reason: string) => void;
}

/** What lines that are alike come to: none is a request; or what they ask of each mesh. */
type Kind =
  | { readonly skipped: string }
  | (Alike & { readonly skipped?: undefined; readonly then: Alike | undefined });

/**
 * Takes lines in which nothing is to be told but the answer: requests in our short form, and Envoy's JSON unless it is laid beside what
 * was observed; under candidate policies those that meet the same.
 */
export function quickReplay(
  { current, candidate }: ReplayMeshes,
  { setting, calibrate }: { readonly setting: Setting; readonly calibrate: boolean },
  counts: QuickCounts,
): (bytes: Buffer, at: number) => number {
  const kindOf = (line: Buffer): Kind | undefined => {
    const logged = readLine(lineText(line), setting);
    if (isSkipped(logged)) return logged;
    const now = current.alike(logged.request);
    const then = candidate?.alike(logged.request);
    return now && (then !== undefined || candidate === undefined) ? { ...now, then } : undefined;
  };
  const take = (kind: Kind, bytes: Buffer, { method: verb, target }: LineScanner): boolean => {
    if (kind.skipped !== undefined) {
      counts.skipped(kind.skipped);
      return true;
    }
    const method = methodIn(bytes, verb);
    if (method === undefined) return false;
    const path = bytes.toString("latin1", target.from, target.to);
    const answer = current.answer(kind, method, path);
    if (answer === undefined) return false;
    const after = kind.then && candidate?.answer(kind.then, method, path);
    if (kind.then && after?.decision !== answer.decision) return false;
    counts.answered(answer);
    return true;
  };
  const requests = quickLines(requestScanner(), { kindOf, take });
  return calibrate ? requests : eitherWay(requests, quickLines(envoyScanner(), { kindOf, take }));
}
