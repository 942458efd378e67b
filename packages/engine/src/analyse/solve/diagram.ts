import { exceeded } from "../budget.ts";
import { apply } from "./diagram-apply.ts";
import { type Operation, operations } from "./diagram-cache.ts";
import { type Diagrams, node } from "./diagram-nodes.ts";

/** The function that is one variable. */
export function variable(diagrams: Diagrams, number: number): number {
  return node(diagrams, number, 0, 1);
}

/** Both. */
export function and(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.and, a, b);
}

/** One of both. */
export function or(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.or, a, b);
}

/** The first and not the second. */
export function minus(diagrams: Diagrams, a: number, b: number): number {
  return apply(diagrams, operations.minus, a, b);
}

/** Whether the first is nowhere true where the second is not: without making what is between. */
export function isWithin(diagrams: Diagrams, a: number, b: number): boolean {
  return apply(diagrams, operations.within, a, b) === 1;
}

/** The opposite. */
export function not(diagrams: Diagrams, a: number): number {
  return apply(diagrams, operations.differ, a, 1);
}

/** All of many, in balance, which keeps what is in between small. */
export function all(diagrams: Diagrams, parts: readonly number[]): number {
  return fold(diagrams, operations.and, parts, 1);
}

/** One of many, in balance. */
export function any(diagrams: Diagrams, parts: readonly number[]): number {
  return fold(diagrams, operations.or, parts, 0);
}

function fold(
  diagrams: Diagrams,
  operation: Operation,
  parts: readonly number[],
  unit: number,
): number {
  let level = parts;
  let grownBy = 0;
  while (level.length > 1) {
    const { count: before } = diagrams;
    const next: number[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] ?? unit;
      const right = level[at + 1];
      next.push(right === undefined ? left : apply(diagrams, operation, left, right));
    }
    level = next;
    const made = diagrams.count - before;
    if (diagrams.isTrial && made > 2 * grownBy) foresee(diagrams, made, level.length);
    grownBy = made;
  }
  return level[0] ?? unit;
}

/** From so many parts on there are some steps to come. */
const manyParts = 8;

/**
 * Of parts that are put together in pairs, each step makes about as many nodes as the one before, as long as they have much in common. Where
 * it made more than twice as many, and too many if only the steps to come make no fewer, what is tried is given up.
 */
function foresee({ count, most }: Diagrams, made: number, parts: number): void {
  if (parts >= manyParts && count + made * Math.log2(parts) > most) exceeded("nodes", most);
}
