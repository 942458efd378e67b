import type { Problem } from "../model/access-request.ts";
import type { Path } from "../model/place.ts";

/** A problem at a field of a request. */
export function problem(path: Path, message: string, hint?: string): Problem {
  return { path, message, ...(hint === undefined ? {} : { hint }) };
}

/** Whether a parser came back with what is wrong instead of a value. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "message" in value && "path" in value;
}
