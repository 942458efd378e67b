import { hostilePieces } from "./hostile.ts";
import type { Random } from "./random.ts";

/** A text that differs from one or two others in a few places: cut, doubled, crossed, sprinkled, blown up. */
export function mutateText(
  seeds: readonly string[],
  random: Random,
  pieces: readonly string[] = [],
): string {
  let text = random.any(seeds) ?? "";
  const times = 1 + random.below(random.chance(8) ? 16 : 3);
  for (let time = 0; time < times; time += 1) text = change(text, seeds, random, pieces);
  return text.length > longest ? text.slice(0, longest) : text;
}

const longest = 65_536;

type Change = (text: string, random: Random, seeds: readonly string[]) => string;

function change(
  text: string,
  seeds: readonly string[],
  random: Random,
  pieces: readonly string[],
): string {
  if (pieces.length > 0 && random.chance(3)) return insert(text, random.any(pieces) ?? "", random);
  return (random.any(changes) ?? cut)(text, random, seeds);
}

const changes: readonly Change[] = [
  cut,
  (text, random) => insert(text, random.pick(hostilePieces), random),
  (text, random) => insert(text, random.pick(hostilePieces), random),
  (text, random) => replaceWord(text, random.pick(hostilePieces), random),
  (text, random) => replaceWord(text, random.pick(hostilePieces), random),
  (text, random) => insert(text, part(text, random, 64), random),
  (text, random, seeds) => insert(text, part(random.any(seeds) ?? "", random, 200), random),
  (text, random) => replaceWord(text, random.any(text.match(word) ?? []) ?? "", random),
  swapLines,
  flip,
  blowUp,
  cross,
];
const word = /[\w.:/-]+/g;

function cut(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  return text.slice(0, from) + text.slice(from + random.below(random.chance(4) ? 400 : 12));
}

function insert(text: string, piece: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

function part(text: string, random: Random, most: number): string {
  const from = random.below(text.length + 1);
  return text.slice(from, from + 1 + random.below(most));
}

function replaceWord(text: string, by: string, random: Random): string {
  const words = [...text.matchAll(word)];
  const found = random.any(words);
  if (found === undefined) return text + by;
  return text.slice(0, found.index) + by + text.slice(found.index + found[0].length);
}

function swapLines(text: string, random: Random): string {
  const lines = text.split("\n");
  const [from, to] = [random.below(lines.length), random.below(lines.length)];
  return lines
    .map((line, at) => (at === from ? lines[to] : at === to ? lines[from] : line))
    .join("\n");
}

function flip(text: string, random: Random): string {
  const at = random.below(Math.max(1, text.length));
  const code = text.charCodeAt(at) || 0;
  return (
    text.slice(0, at) + String.fromCharCode(code ^ (1 << random.below(8))) + text.slice(at + 1)
  );
}

/** A piece many times over. */
function blowUp(text: string, random: Random): string {
  if (!random.chance(6)) return text;
  const piece = random.chance(2) ? part(text, random, 12) : random.pick(hostilePieces);
  const times = 2 ** random.below(random.chance(40) ? 13 : 5);
  return insert(text, piece.repeat(Math.min(times, longest / Math.max(1, piece.length))), random);
}

function cross(text: string, random: Random, seeds: readonly string[]): string {
  const other = random.any(seeds) ?? "";
  return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
}
