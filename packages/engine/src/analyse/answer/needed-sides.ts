import type { Diagrams } from "../solve/diagram-nodes.ts";
import type { Encoding } from "../solve/encoding.ts";
import type { Cube, Side } from "./cube.ts";
import { type Fence, fencesOf, leads, visit, type Walk, walkOf } from "./walk.ts";

/**
 * What a cube that is inside of a function must say to stay so: from the last coordinate on, each goes if it can, and of a list each element.
 * What comes before still stands as it was and what comes after stands for good: so all share what is known of nodes.
 */
export function neededSides(encoding: Encoding, cube: Cube, root: number): Map<string, Side> {
  const { space, answers } = encoding;
  const walk = walkOf(encoding, cube, 0);
  const nodes = nodesOf(walk, root);
  const needed = new Map<string, Side>();
  for (const name of [...space.domains.keys(), ...answers.keys()].reverse()) {
    const side = cube.get(name);
    if (!side) continue;
    const fences = fencesOf(encoding, name, side).toSorted((a, b) => b.first - a.first);
    const kept = fences.filter((fence) => stays(walk, nodes, fence));
    if (kept.length > 0) needed.set(name, partOf(encoding, name, side, kept));
  }
  return needed;
}

/** Nodes that a walk comes to, by their variable. */
type Nodes = ReadonlyMap<number, readonly number[]>;

function nodesOf(walk: Walk, root: number): Nodes {
  const nodes = new Map<number, number[]>();
  visit(walk, root, (at) => {
    const of = walk.diagrams.variable[at] ?? 0;
    if (at > 1 && !nodes.get(of)?.push(at)) nodes.set(of, [at]);
    return true;
  });
  return nodes;
}

/** Takes a fence away, unless the walk then comes to its end. */
function stays(walk: Walk, nodes: Nodes, { first, end }: Fence): boolean {
  const there: number[] = [];
  for (let variable = first; variable < end; variable += 1)
    there.push(...(nodes.get(variable) ?? []));
  if (behind(walk.diagrams, there, end).some((node) => leads(walk, node))) return true;
  walk.fences.fill(undefined, first, end);
  return false;
}

/** Where nodes lead, whatever the variables before a limit are. What is known of a walk is then about nodes behind it alone, where no fence goes any more. */
function behind(
  { variable, low, high }: Diagrams,
  nodes: readonly number[],
  end: number,
): readonly number[] {
  const seen = new Set(nodes);
  for (const at of seen)
    if (at > 1 && (variable[at] ?? 0) < end) seen.add(low[at] ?? 0).add(high[at] ?? 0);
  return [...seen].filter((at) => at <= 1 || (variable[at] ?? 0) >= end);
}

/** Of a side what some of its fences say. */
function partOf({ bits }: Encoding, name: string, side: Side, fences: readonly Fence[]): Side {
  if (side.kind !== "elements") return side;
  const { first: start = 0 } = bits.get(name) ?? {};
  const kept = new Set(fences.map(({ first }) => first - start));
  return {
    kind: "elements",
    signs: new Map([...side.signs].filter(([element]) => kept.has(element))),
  };
}
