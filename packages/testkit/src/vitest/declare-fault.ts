import { test } from "vitest";

/** What a user wrote and cannot be used. Anything else is a mistake of ours, and goes on. */
export function faultOf(error: unknown): TypeError {
  if (error instanceof TypeError) return error;
  throw error;
}

/** A test that fails for it where the block was declared: thrown there, it would take all other tests of the file along. */
export function declareFault(name: string, { message }: Error, frames: string): void {
  test(name, () => {
    const error = new TypeError(message);
    error.stack = `TypeError: ${message}\n${frames}`;
    throw error;
  });
}
