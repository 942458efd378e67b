import { parseDuration } from "../../admit/duration.ts";
import { textOf } from "../../parse/decode.ts";

/** A duration such as `1.5s` in whole milliseconds. Undefined: it is none. */
export function millisecondsOf(value: unknown): number | undefined {
  const text = textOf(value);
  const nanoseconds = text === undefined ? undefined : parseDuration(text);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000_000n);
}
