import type { Mesh } from "../../model/mesh.ts";
import { isAllowed } from "../allowed.ts";
import type { Invariant, Requests } from "../api.ts";
import { and, type Formula, never, not, or } from "../space/formula.ts";
import type { Passage } from "./passage.ts";

type Expected = Invariant["expect"];

/** The mesh that one is compared with. */
export function otherOf(expect: Expected): Mesh | undefined {
  if (typeof expect === "string") return undefined;
  if ("no-wider-than" in expect) return expect["no-wider-than"];
  return "same-as" in expect ? expect["same-as"] : undefined;
}

/** The requests that may get through. */
export function allowedIf(expect: Expected): readonly Requests[] {
  return typeof expect !== "string" && "allowed-only-if" in expect ? expect["allowed-only-if"] : [];
}

/** What would violate an expectation. `then`: the passage in the mesh that it is compared with. */
export function regionOf(
  expect: Expected,
  now: Passage,
  then: Passage | undefined,
  speak: (requests: Requests) => Formula,
): Formula {
  if (expect === "never-allowed") return now.through;
  if (expect === "always-allowed") return now.refused;
  if ("allowed-only-if" in expect)
    return and(now.through, not(or(...allowedIf(expect).map(speak))));
  if ("only-with-provider" in expect)
    return and(now.through, not({ kind: "free", name: expect["only-with-provider"] }));
  if (then === undefined) return never;
  const wider = and(now.through, stopped(then));
  return "same-as" in expect ? or(wider, and(then.through, stopped(now))) : wider;
}

/** What may not get through: it is refused, or led elsewhere. */
function stopped({ refused, led }: Passage): Formula {
  return or(refused, not(led));
}

/** Whether what the evaluator says of a request violates an expectation: how its ways end, there and here. */
export function violates(
  expect: Expected,
  now: readonly string[],
  then: readonly string[],
): boolean {
  const isThrough = (statuses: readonly string[]): boolean => statuses.some(isAllowed);
  const isKept = (statuses: readonly string[]): boolean =>
    statuses.length > 0 && !isThrough(statuses) && !statuses.includes("not known");
  if (expect === "always-allowed") return now.some(isRefusal);
  if (typeof expect !== "string" && "no-wider-than" in expect)
    return isThrough(now) && isKept(then);
  if (typeof expect !== "string" && "same-as" in expect)
    return (isThrough(now) && isKept(then)) || (isThrough(then) && isKept(now));
  return isThrough(now);
}

const none = new Set(["allowed", "goes elsewhere", "comes another way", "not known", "not routed"]);

function isRefusal(status: string): boolean {
  return ![...none].some((each) => status.startsWith(each));
}
