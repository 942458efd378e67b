import type { Buffer } from "node:buffer";
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
  readonly lane: Alike["lane"] | undefined;
  readonly other: Alike["lane"] | undefined; // under candidate policies
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
      return { kind: intern({ ...logged, lane: undefined, other: undefined }), peer: undefined };
    const now = current.alike(logged.request);
    const other = candidate?.alike(logged.request);
    if (now === undefined || (candidate && (other === undefined || other.peer !== now.peer)))
      return undefined;
    const kind = { skipped: undefined, lane: now.lane, other: other?.lane };
    const isShared = other === undefined || other.shared === now.shared;
    return { kind: intern(kind), peer: now.peer, shared: isShared ? now.shared : undefined };
  };
  const take = (
    { skipped, lane, other }: Kind,
    peer: string | undefined,
    line: Scanned,
  ): boolean => {
    if (lane === undefined) {
      counts.skipped(skipped ?? "");
      return true;
    }
    const request = (): AccessRequest => requestIn(line, setting);
    const answer = current.answerBytes({ lane, peer }, line, request);
    if (answer === undefined) return false;
    const after = other && candidate?.answerBytes({ lane: other, peer }, line, request);
    if (other && after?.decision !== answer.decision) return false;
    counts.answered(answer);
    return true;
  };
  const requests = quickLines(requestScanner(), { kindOf, take });
  return calibrate ? requests : eitherWay(requests, quickLines(envoyScanner(), { kindOf, take }));
}

/** So many lanes are remembered; then all are forgotten, and their kinds made anew. */
const remembered = 65_536;

/** Equal kinds are one object. */
function kindInterner(): (kind: Kind) => Kind {
  const known = new Map<Alike["lane"] | string | undefined, Kind[]>();
  return (kind) => {
    const alike = known.get(kind.lane ?? kind.skipped) ?? [];
    const before = alike.find(({ other }) => other === kind.other);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    known.set(kind.lane ?? kind.skipped, [...alike, kind]);
    return kind;
  };
}
