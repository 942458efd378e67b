import { Buffer } from "node:buffer";
import type { AccessRequest, Alike, Answer, Decider } from "@meshproof/engine";
import { envoyScanner } from "./bytes/envoy-scanner.ts";
import { eitherWay, quickLines, type Scanned, type Told } from "./bytes/quick-lines.ts";
import { requestScanner } from "./bytes/request-scanner.ts";
import { lineText } from "./lines.ts";
import { isSkipped, type Setting } from "./logged.ts";
import { readLine, requestIn } from "./read-line.ts";

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
interface Kind {
  readonly skipped: string | undefined;
  readonly now: Asked | undefined;
  readonly after: Asked | undefined; // under candidate policies
}

/** A lane, and who calls: written anew for each line, so that nothing is made for one. */
interface Asked {
  readonly lane: Alike["lane"];
  peer: string | undefined;
}

/**
 * Takes lines in which nothing is to be told but the answer: requests in our short form, and Envoy's JSON unless it is laid beside what
 * was observed; under candidate policies those that meet the same.
 */
export function quickReplay(
  { current, candidate }: ReplayMeshes,
  { setting, calibrate }: { readonly setting: Setting; readonly calibrate: boolean },
  counts: QuickCounts,
): (bytes: Buffer, at: number) => number {
  const intern = kindInterner();
  const kindOf = (line: Buffer): Told<Kind> | undefined => {
    const logged = readLine(lineText(line), setting);
    if (isSkipped(logged))
      return { kind: intern({ ...logged, now: undefined, after: undefined }), peer: undefined };
    const now = current.alike(logged.request);
    const other = candidate?.alike(logged.request);
    if (now === undefined || (candidate && (other === undefined || other.peer !== now.peer)))
      return undefined;
    const after = other && { lane: other.lane, peer: undefined };
    const kind = { skipped: undefined, now: { lane: now.lane, peer: undefined }, after };
    const isShared = other === undefined || other.shared === now.shared;
    return { kind: intern(kind), peer: now.peer, shared: isShared ? now.shared : undefined };
  };
  let last: Scanned | undefined;
  const request = (): AccessRequest => requestIn(last ?? noLine, setting);
  const take = (
    { skipped, now, after }: Kind,
    peer: string | undefined,
    line: Scanned,
  ): boolean => {
    if (now === undefined) {
      counts.skipped(skipped ?? "");
      return true;
    }
    last = line;
    now.peer = peer;
    const answer = current.answerBytes(now, line, request);
    if (answer === undefined) return false;
    if (after) {
      after.peer = peer;
      if (candidate?.answerBytes(after, line, request)?.decision !== answer.decision) return false;
    }
    counts.answered(answer);
    return true;
  };
  const requests = quickLines(requestScanner(), { kindOf, take });
  return calibrate ? requests : eitherWay(requests, quickLines(envoyScanner(), { kindOf, take }));
}

const noLine = { bytes: Buffer.alloc(0), from: 0, to: 0 };

/** So many lanes are remembered; then all are forgotten, and their kinds made anew. */
const remembered = 65_536;

/** Equal kinds are one object. */
function kindInterner(): (kind: Kind) => Kind {
  const known = new Map<Alike["lane"] | string | undefined, Kind[]>();
  return (kind) => {
    const key = kind.now?.lane ?? kind.skipped;
    const alike = known.get(key) ?? [];
    const before = alike.find(({ after }) => after?.lane === kind.after?.lane);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    known.set(key, [...alike, kind]);
    return kind;
  };
}
