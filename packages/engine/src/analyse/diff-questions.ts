import type { Question } from "./answers.ts";
import type { Change } from "./api.ts";
import { without } from "./question.ts";
import { answered, type Outcomes } from "./space/decisions.ts";
import { and, not, or } from "./space/formula.ts";

/** The kinds of changes. */
export const kinds = ["newly-allowed", "newly-denied", "changed-status"] as const;

const isAllowed = (status: string | undefined): boolean => status === "allowed";

/** What each of them asks of the answers of both sides. */
export const questionOf: Readonly<
  Record<Change["kind"], (before: Outcomes, after: Outcomes) => Omit<Question, "care">>
> = {
  "newly-allowed": (before, after) => ({
    region: without(answered(after, "allowed"), answered(before, "allowed")),
    fits: ([old, young]) => !isAllowed(old) && isAllowed(young),
  }),
  "newly-denied": (before, after) => ({
    region: without(answered(before, "allowed"), answered(after, "allowed")),
    fits: ([old, young]) => isAllowed(old) && !isAllowed(young),
  }),
  "changed-status": (before, after) => {
    const same = [...before.keys()].map((status) =>
      and(answered(before, status), answered(after, status)),
    );
    return {
      region: and(
        not(answered(before, "allowed")),
        not(answered(after, "allowed")),
        not(or(...same)),
      ),
      fits: ([old, young]) => !isAllowed(old) && !isAllowed(young) && old !== young,
    };
  },
};
