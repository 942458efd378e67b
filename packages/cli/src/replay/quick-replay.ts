import { Buffer } from "node:buffer";
import type { AccessRequest, Alike, Decider } from "@meshproof/engine";
import { envoyScanner } from "./bytes/envoy-scanner.ts";
import {
  eitherWay,
  type QuickWay,
  quickLines,
  type Scanned,
  type Told,
} from "./bytes/quick-lines.ts";
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
  readonly answered: (answer: number) => void; // of the current mesh
  readonly skipped: (reason: string, text: () => string) => void;
}

/** What lines that are alike come to: none is a request; or the lanes of each mesh. */
interface Kind {
  readonly skipped: string | undefined;
  readonly now: Alike["lane"] | undefined;
  readonly after: Alike["lane"] | undefined; // under candidate policies
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
    const kind = { skipped: undefined, now: now.lane, after: other?.lane };
    const isShared = other === undefined || other.shared === now.shared;
    return { kind: intern(kind), peer: now.peer, shared: isShared ? now.shared : undefined };
  };
  let last: Scanned | undefined;
  const request = (): AccessRequest => requestIn(last ?? noLine, setting);
  const meetsTheSame = (
    answer: number,
    lane: Alike["lane"],
    peer: string | undefined,
    line: Scanned,
  ): boolean => {
    const other = candidate?.answerBytes(lane, peer, line, request) ?? -1;
    const then = other < 0 ? undefined : candidate?.answerOf(other).decision;
    return then === current.answerOf(answer).decision;
  };
  const take: QuickWay<Kind>["take"] = ({ skipped, now, after }, peer, line) => {
    if (now === undefined) {
      counts.skipped(skipped ?? "", () => lineText(line.bytes.subarray(line.from, line.to)));
      return true;
    }
    last = line;
    const answer = current.answerBytes(now, peer, line, request);
    if (answer < 0 || (after && !meetsTheSame(answer, after, peer, line))) return false;
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
    const key = kind.now ?? kind.skipped;
    const alike = known.get(key) ?? [];
    const before = alike.find(({ after }) => after === kind.after);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    known.set(key, [...alike, kind]);
    return kind;
  };
}
