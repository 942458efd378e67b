import type { Nondeterministic } from "./nondeterministic.ts";

/** Characters in groups that no set of the automaton tells apart. */
export interface Alphabet {
  readonly groups: readonly (number | undefined)[]; // a character of each that no pattern spells, if there is one
  readonly letters: readonly number[]; // that some pattern spells, the most ordinary first
  readonly groupOf: (code: number) => number; // -1: no set has such a character
  readonly holds: (set: number, group: number) => boolean;
}

/** The characters that values are made of where there is a choice, the most ordinary first. */
const nice =
  "xabcdefghijklmnopqrstuvwyz0123456789-./_:ABCDEFGHIJKLMNOPQRSTUVWXYZ*~%!$&'()+,;@=?#[]{}|\\^`\"<> \u00e9\u00a9\u00c3\u00f0\t\n\u0001";

const ranks: ReadonlyMap<number, number> = new Map(
  [...nice].map((character, index) => [character.charCodeAt(0), index]),
);

/** How ordinary a character is: the lower the more. */
export function rank(code: number): number {
  return ranks.get(code) ?? 1000 + code;
}

/** Codes of characters as a text, however long. */
export function textOf(codes: readonly number[]): string {
  return codes.map((code) => String.fromCharCode(code)).join("");
}

/** Every character that stands for a group of others. */
export const niceCodes: readonly number[] = [...ranks.keys()];

/** The groups of all characters, by the sets that hold them. */
export function alphabetOf({ literals, distinct }: Nondeterministic): Alphabet {
  const spelled = new Set<number>();
  for (const edges of literals)
    if (edges) for (let at = 0; at < edges.length; at += 2) spelled.add(edges[at] ?? 0);
  const signatureOf = (code: number): string => {
    let signature = "";
    for (let set = 0; set < distinct.length; set += 1)
      signature += distinct[set]?.has(code) ? "1" : "0";
    return signature;
  };
  const numbers = new Map<string, number>();
  const groups: (number | undefined)[] = [];
  for (const code of [...niceCodes, ...spelled]) {
    const signature = signatureOf(code);
    const known = numbers.get(signature) ?? groups.length;
    if (known === groups.length) {
      numbers.set(signature, known);
      groups.push(undefined);
    }
    if (groups[known] === undefined && !spelled.has(code)) groups[known] = code;
  }
  const held = distinct.map((_, set) => [...numbers.keys()].map((each) => each[set] === "1"));
  const known = new Map<number, number>();
  return {
    groups,
    letters: [...spelled].sort((a, b) => rank(a) - rank(b)),
    groupOf: (code) => {
      const found = known.get(code) ?? numbers.get(signatureOf(code)) ?? -1;
      known.set(code, found);
      return found;
    },
    holds: (set, group) => held[set]?.[group] === true,
  };
}
