import type { Budget, Undecided } from "./api.ts";
import { brief } from "./brief.ts";

/** The limits of an analysis, with the usual ones where nothing is said. */
export type Limits = Required<Budget>;

/** What is usual. */
export function limitsOf(budget: Budget = {}): Limits {
  return { states: 500_000, nodes: 8_000_000, steps: 1_000, conflicts: 250_000, ...budget };
}

/** Thrown where a limit is exceeded, and caught where a question is answered: it becomes `undecided`. */
const name = "BudgetExceeded";

/** Ends a question that is too hard. */
export function exceeded(limit: keyof Budget, most: number): never {
  const error = new Error(`more than ${inThousands(most)} ${limit}`);
  error.name = name;
  throw error;
}

/** With commas, as English has them: without the tables of all languages, which take longer to load than many a question. */
function inThousands(count: number): string {
  const digits = String(count);
  return /^\d+$/.test(digits) ? digits.replace(/\B(?=(?:\d{3})+$)/g, ",") : digits;
}

/** Ends a question about what is not modelled: such as a regular expression with assertions, in releases that take a value for one. */
export function unreadable(attribute: string, pattern: string): never {
  const error = new Error(`the pattern ${brief(pattern)} is not modelled`, { cause: attribute });
  error.name = notModelled;
  throw error;
}

const notModelled = "NotModelled";

/** Why there is no answer, if that is what an error says; throws anything else again. */
export function undecidedBy(error: unknown): Undecided {
  if (error instanceof Error && error.name === name)
    return { because: "budget", text: error.message };
  if (error instanceof Error && error.name === notModelled)
    return { because: "not-modelled", text: error.message, attribute: String(error.cause) };
  throw error;
}
