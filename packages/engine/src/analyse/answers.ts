import { finderIn, isNowhere, oneRequest } from "./answer/one-request.ts";
import { type Answer, answer, type Check } from "./answer/search.ts";
import { undecidedBy } from "./budget.ts";
import { and as both } from "./solve/diagram.ts";
import { diagramOf, encode } from "./solve/encoding.ts";
import { always, and, type Formula } from "./space/formula.ts";
import type { Space } from "./space/space.ts";

/** A question about all requests that can reach a point. */
export interface Question {
  readonly region: Formula; // the requests that are looked for
  readonly care: Formula; // among these
  readonly arriving?: Formula; // what comes as far as the policies
  readonly queries?: boolean; // somebody looks at the path with its query
  readonly plainDots?: true; // paths with a segment like `..;x` are not looked at
  readonly sentOn?: true; // nor what HTTP/1.1 does not send on as it is
  readonly single?: true; // one request will do where it is too much work to say them all
  readonly fits: (statuses: readonly string[]) => boolean; // what the evaluator must say of a witness, side by side
}

export interface Answered extends Answer {
  readonly empty: boolean; // no request is in the region
  readonly whole: boolean; // all that one cares for are
  readonly vacuous: boolean; // nothing that one cares for comes as far as the policies
  readonly early: boolean; // that is so, and yet there is such a request
  readonly attributes: ReadonlySet<string>;
}

/** Questions about one space. */
export interface Questions {
  readonly space: Space;
  readonly reached: Formula; // what arrives at all
  readonly asked: readonly { readonly question: Question; readonly check: Check }[];
  readonly most: number; // regions
}

/** Nodes of diagrams that ordinary questions keep far below; what needs more is tried in another way first. */
const ordinary = 100_000;

/** The answers: by diagrams, and where those grow too large by covering queries. Throws where the budget is exceeded. */
export function answersTo(questions: Questions): readonly Answered[] {
  const { space } = questions;
  const { nodes } = space.limits;
  try {
    const limits = { ...space.limits, nodes: Math.min(nodes, ordinary) };
    return byDiagrams({ ...questions, space: { ...space, limits } }, nodes > ordinary);
  } catch (error) {
    if (undecidedBy(error).because !== "budget") throw error;
  }
  return byCovering(questions) ?? byDiagrams(questions);
}

const nothing = { regions: [], complete: true, undecided: [] };

function byDiagrams(
  { space, reached, asked, most }: Questions,
  isTrial = false,
): readonly Answered[] {
  const encoding = encode(space, isTrial);
  const attributes = attributesOf(space);
  const { diagrams, possible } = encoding;
  return asked.map(({ question, check }) => {
    const there = both(diagrams, possible, diagramOf(encoding, reached));
    const care = both(diagrams, there, diagramOf(encoding, question.care));
    const region = both(diagrams, care, diagramOf(encoding, question.region));
    const vacuous = both(diagrams, care, diagramOf(encoding, question.arriving ?? always)) === 0;
    const early = vacuous && care !== 0;
    const known = { empty: region === 0, whole: region === care, vacuous, early, attributes };
    if (region === 0) return { ...nothing, ...known };
    return { ...known, ...answer(encoding, region, care, check, most) };
  });
}

/** Undefined: some question wants more than a proof that nothing is there, or than one request. */
function byCovering({ space, reached, asked }: Questions): readonly Answered[] | undefined {
  const finder = finderIn(space);
  const attributes = attributesOf(space);
  const found: Answered[] = [];
  try {
    for (const { question, check } of asked) {
      const care = and(reached, question.care);
      const region = and(care, question.region);
      const one = oneRequest(finder, region, check);
      const empty = one === "none";
      if (one === undefined || !(empty || question.single)) return undefined;
      const vacuous = isNowhere(finder, and(care, question.arriving ?? always));
      const whole = empty && isNowhere(finder, care);
      const early = vacuous && !whole;
      const known = { empty, whole, vacuous, early, attributes };
      found.push(
        empty
          ? { ...nothing, ...known }
          : { regions: [one], complete: false, undecided: [], ...known },
      );
    }
    return found;
  } catch (error) {
    if (undecidedBy(error).because !== "budget") throw error;
    return undefined;
  }
}

function attributesOf({ domains, free }: Space): ReadonlySet<string> {
  return new Set([...domains.keys(), ...free.map((name) => `provider ${name}`)]);
}
