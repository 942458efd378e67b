import type { Pattern } from "../model/rule.ts";

/** An address of every class that the blocks can tell apart: classes begin where a block begins, or just after it ends. */
export function addressSamples(patterns: readonly Pattern[]): readonly string[] {
  const edges = patterns.flatMap((pattern) =>
    pattern.kind === "cidr"
      ? [textOf(pattern.family, pattern.low), ...following(pattern.family, pattern.high)]
      : [],
  );
  return [...new Set([...ordinary, ...edges])];
}

/** Where a caller may well be, and the first address of both families. */
const ordinary = ["10.0.0.1", "192.168.0.1", "203.0.113.1", "0.0.0.0", "fd00::1", "::"];

function following(family: 4 | 6, high: string): readonly string[] {
  const next = (BigInt(`0x${high}`) + 1n).toString(16).padStart(high.length, "0");
  return next.length > high.length ? [] : [textOf(family, next)];
}

function textOf(family: 4 | 6, hex: string): string {
  const parts = hex.match(family === 4 ? /../g : /..../g) ?? [];
  const numbers = parts.map((part) => Number.parseInt(part, 16));
  return family === 4 ? numbers.join(".") : numbers.map((number) => number.toString(16)).join(":");
}
