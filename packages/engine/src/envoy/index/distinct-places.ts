/** Where in texts to look to tell some of them apart: positions counted from the end, few enough to be looked at for every request. */
export type Places = readonly number[];

const most = 6;
const farthest = 64;

/** The places, beside their length, by which these texts differ most. Greedy: always the one that tells most of them apart. */
export function distinctPlaces(texts: readonly string[]): Places {
  const places: number[] = [];
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  let groups = parted(texts, ({ length }) => length);
  while (groups.count < texts.length && places.length < most) {
    const { of } = groups;
    let chosen: number | undefined;
    for (let place = 0; place < Math.min(farthest, longest); place += 1) {
      const finer = parted(texts, (text) => codeAt(text, place), of);
      if (finer.count > groups.count) [groups, chosen] = [finer, place];
    }
    if (chosen === undefined) break;
    places.push(chosen);
  }
  return places;
}

interface Groups {
  readonly of: readonly number[]; // the group of each text
  readonly count: number;
}

/** Parts texts by their lengths, or groups of texts by the codes at a place. */
function parted(
  texts: readonly string[],
  numberOf: (text: string) => number,
  groups?: readonly number[],
): Groups {
  const known = new Map<number, number>();
  const of = texts.map((text, index) => {
    const key = (groups?.[index] ?? 0) * 65_536 + numberOf(text);
    const group = known.get(key) ?? known.size;
    known.set(key, group);
    return group;
  });
  return { of, count: known.size };
}

function codeAt(text: string, place: number): number {
  return place < text.length ? text.charCodeAt(text.length - 1 - place) : 0;
}

/** Where a text belongs in a table of a power of two of slots: a hash of its length and what stands at some places. */
export function slotOf(text: string, places: Places, mask: number): number {
  const last = text.length - 1;
  let hash = Math.imul(last, 0x9e3779b1);
  for (let index = 0; index < places.length; index += 1) {
    const at = last - (places[index] ?? 0);
    if (at >= 0) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  }
  return (hash ^ (hash >>> 13)) & mask;
}

const prime = 0x01000193;
