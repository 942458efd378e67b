import type { Pick } from "./drawn-rules.ts";

const pieces = [
  ...[" ", "  ", "\n", ":", ": ", "- ", "-", "#", " # "],
  ...["'", '"', "''", "[", "]", "{", "}", ",", "|"],
  ...[">", "&a", "*a", "<<", "!!str ", "?", "%", "@", "~"],
  ...["null", "yes", "on", "0777", "1e3", "0x1F", "1_000", ".inf", "---"],
  ...["...", "\t", "\r", "\u00a0", "\u00e9", "a", "a: b", "- a", "[a, b]"],
  ...["{a: 1}", "GET /x", "https://x.y: z", "a:b", "?", "\\", "__proto__"],
];

/** A document with a few pieces put in, over what was there. */
export function mutated(text: string, pick: Pick): string {
  let changed = text.slice(0, 600);
  for (let count = 1 + pick(3); count > 0; count -= 1) {
    const at = pick(changed.length + 1);
    const piece = pieces[pick(pieces.length)] ?? "";
    changed = changed.slice(0, at) + piece + changed.slice(at + pick(3));
  }
  return changed;
}

const words = [
  ...[
    "a",
    "GET",
    "/a/*",
    "*/x",
    "null",
    "~",
    "yes",
    "0777",
    "1e3",
    "-5",
    ".5",
    "a: b",
    "a #b",
    "a # b",
  ],
  ...[
    "- a",
    "'it''s'",
    '"q"',
    '"x: y" # c',
    "a:b",
    "https://x.y/z",
    "10.0.0.0/8",
    "\u00e9",
    "\u00a0",
    "-",
  ],
];
const names = [
  "a",
  "b-c",
  "app.kubernetes.io/name",
  "8080",
  "on",
  "'q'",
  '"*"',
  "a:b",
  "null",
  "a",
];

/** A document in the style that people write, with every way to lay one out, right or wrong. */
export function drawn(pick: Pick): string {
  const one = (from: readonly string[]): string => from[pick(from.length)] ?? "";
  const rest = (): string => one(["", "", "", "", " ", " # c", "  #", "\n", "\n  # c", "\n\n"]);
  const value = (): string => {
    const kind = pick(9);
    if (kind === 0) return `[${one(words)}, ${one(words)}]`;
    if (kind === 1) return `{${one(names)}: ${one(words)}, ${one(names)}: [${one(words)}]}`;
    return kind === 2 ? "" : one(words.slice(0, pick(3) === 0 ? words.length : 11));
  };
  const block = (indent: number, depth: number): string => {
    const pad = " ".repeat(indent);
    const below = (): string => {
      const deeper = indent + 1 + pick(3);
      return `${rest()}\n${block(pick(12) === 0 ? indent : deeper, depth + 1)}`;
    };
    const isLeaf = (): boolean => depth > 3 || pick(3) > 0;
    const pair = (): string => `${one(names)}:${isLeaf() ? ` ${value()}${rest()}` : below()}`;
    const item = (): string => {
      const gap = " ".repeat(1 + pick(3));
      if (pick(3) > 0) return `-${gap}${pair()}\n${pad} ${gap}${pair()}`;
      return isLeaf() ? `-${gap}${value()}${rest()}` : `-${below()}`;
    };
    const make = pick(3) === 0 ? item : pair;
    return Array.from({ length: 1 + pick(3) }, () => `${pad}${make()}`).join("\n");
  };
  return `${one(["", "", "---\n", "# c\n", "--- # c\n\n"])}${block(0, 0)}${one(["", "\n", "\n# c"])}`;
}
