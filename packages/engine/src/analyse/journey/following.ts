import type { Sender } from "../../journey/trip.ts";
import type { Program } from "../../model/program.ts";
import type { AnalyseOptions, Point } from "../api.ts";
import type { Look } from "../space/decisions.ts";
import type { Setting } from "../space/space.ts";

/** A journey that is followed: to whom, with what is found on the way. */
export interface Following {
  readonly target: Point;
  readonly caller?: Sender; // what the first proxy sends on as: it is its workload's own
  readonly look: Look;
  readonly setting: Setting;
  readonly options: AnalyseOptions;
  readonly copies: boolean; // what routes mirror counts as coming there
  readonly programs: Program[]; // of all proxies on the way
  readonly elsewhere: Set<string>; // what is taken to lead elsewhere: it was not loaded
  readonly open: Set<string>; // what is not followed
  readonly passed: Set<string>; // gateways that pass on TLS which somebody else ends
  readonly read: Set<string>; // bytes that are passed on to who reads HTTP
  readonly apart: string; // tells what is not known here from what is not known on another side
}
