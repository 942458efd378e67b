import type { Mesh } from "../model/mesh.ts";
import type { Question } from "./answers.ts";
import type { Invariant, Protocol, Requests, Undecided } from "./api.ts";
import { authorizerChanges, leftOpen } from "./left-open.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries } from "./point-program.ts";
import { unseenAsked } from "./proxied.ts";
import type { Side } from "./question.ts";
import { remoteOf } from "./space/arrivals.ts";
import { answered, arriving, type Look, outcomesOf } from "./space/decisions.ts";
import { and, type Formula, not, or } from "./space/formula.ts";
import { nearTo } from "./space/near.ts";
import { requestsFormula, speaksOfQueries } from "./space/requests.ts";
import { namedIn } from "./space/server-names.ts";
import { tunnelsInto } from "./space/tunnel.ts";
import { pointIn, toldAt } from "./unenforced.ts";

/** What an invariant asks at a point, and of which meshes. */
export interface ProofQuestion {
  readonly sides: readonly [Side, ...Side[]];
  readonly question?: Question;
  readonly undecided?: readonly Undecided[];
}

const isAllowed = (status: string | undefined): boolean => status === "allowed";

/** What the evaluator says of a request that violates what is expected of a mesh alone. */
export function fitting(expect: Invariant["expect"]): Pick<Question, "fits"> {
  const isViolated = expect !== "always-allowed";
  return { fits: ([status]) => isAllowed(status) === isViolated };
}

/** The requests that would violate an invariant, as a question. */
export function proofQuestion(invariant: Invariant, side: Side, protocol: Protocol): ProofQuestion {
  const { expect, requests = {} } = invariant;
  if (typeof expect !== "string" && "no-wider-than" in expect)
    return against(expect["no-wider-than"], "wider", requests, side, protocol);
  if (typeof expect !== "string" && "same-as" in expect)
    return against(expect["same-as"], "other", requests, side, protocol);
  const spoken = "allowed-only-if" in Object(expect) ? allowedIf(expect) : [];
  const unseen = unseenAsked([side.program], [requests, ...spoken]);
  if (unseen.length > 0) return { sides: [side], undecided: unseen };
  const {
    scope,
    allowed,
    arriving: come,
    queries,
    speak,
  } = look(side, [side], requests, spoken, protocol);
  const sides: ProofQuestion["sides"] = [side];
  if (expect === "always-allowed")
    return {
      sides,
      question: {
        care: scope,
        arriving: come,
        queries,
        single: true,
        region: and(scope, not(allowed)),
        ...fitting(expect),
      },
    };
  const excused = excuse(expect, spoken.map(speak));
  const region = and(scope, allowed, ...excused);
  return {
    sides,
    question: {
      care: scope,
      arriving: come,
      region,
      queries,
      single: true,
      ...fitting(expect),
    },
  };
}

function allowedIf(expect: Invariant["expect"]): readonly Requests[] {
  return typeof expect !== "string" && "allowed-only-if" in expect ? expect["allowed-only-if"] : [];
}

/** What an allowed request must not be. */
function excuse(expect: Invariant["expect"], only: readonly Formula[]): readonly Formula[] {
  if (typeof expect === "string") return [];
  if ("only-with-provider" in expect)
    return [not({ kind: "free", name: expect["only-with-provider"] })];
  return [not(or(...only))];
}

/** Compared with another mesh: what only this one allows, or what one allows and the other does not. */
function against(
  other: Mesh,
  how: "wider" | "other",
  requests: Requests,
  side: Side,
  protocol: Protocol,
): ProofQuestion {
  const there = pointIn(other, side.point);
  const program = toldAt(other, there);
  if (typeof program === "string")
    return { sides: [side], undecided: [{ because: "not-modelled", text: program }] };
  const unseen = unseenAsked([side.program, program], [requests]);
  if (unseen.length > 0) return { sides: [side], undecided: unseen };
  const reference: Side = { mesh: other, point: there, program };
  const now = look(side, [side, reference], requests, [], protocol);
  const then = look(reference, [side, reference], requests, [], protocol);
  const wider = and(now.allowed, not(then.allowed));
  const narrower = and(then.allowed, not(now.allowed));
  const compare = protocol === "http" ? leftOpen : authorizerChanges; // bytes have no path and no token
  const undecided = compare(program, side.program);
  return {
    sides: [reference, side],
    ...(undecided.length > 0 ? { undecided } : {}),
    question: {
      care: now.scope,
      arriving: now.arriving,
      queries: now.queries,
      single: true,
      region: and(now.scope, how === "wider" ? wider : or(wider, narrower)),
      fits: ([old, young]) =>
        how === "wider" ? isAllowed(young) && !isAllowed(old) : isAllowed(young) !== isAllowed(old),
    },
  };
}

interface Looked {
  readonly scope: Formula;
  readonly allowed: Formula;
  readonly arriving: Formula;
  readonly queries: boolean;
  readonly speak: (requests: Requests) => Formula;
}

/** What a side allows of the requests that are spoken of. */
function look(
  { mesh, point, program }: Side,
  sides: readonly Side[],
  requests: Requests,
  others: readonly Requests[],
  protocol: Protocol,
): Looked {
  const programs = sides.map((each) => each.program);
  const queries = looksAtQueries(programs) || [requests, ...others].some(speaksOfQueries);
  const remote = remoteOf(program, { protocol });
  const named = namedIn(program, protocol);
  const at = { namespace: point.proxy.namespace, protocol, queries, remote, named };
  const place = { mesh, program, ...at };
  const speak = (spoken: Requests): Formula => requestsFormula(spoken, place);
  const scope = speak(requests);
  const full: Look = {
    protocol,
    queries,
    tokens: programs.flatMap(jwtProvidersOf),
    ...tunnelsInto(programs),
    ...(agreedDomains(programs) ? {} : { anyDomain: true }),
    near: nearTo([scope], queries),
  };
  const allowed = answered(outcomesOf(program, full), "allowed");
  return { scope, allowed, arriving: arriving(program, full), queries, speak };
}
