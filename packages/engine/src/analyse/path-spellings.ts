/** Other ways to write one of some paths, or one of them behind another: the plainest first. */
export type WritePaths = (paths: readonly string[]) => readonly string[];

/** So many ways to write the paths of one request are tried. */
const most = 200;

/** Dot segments as `up` and `here` spell them: before, behind and amid a path, and on the way from one path to another. */
export function withDots(up: string, here: string): WritePaths {
  return (paths) => {
    const alone = paths.map((path) => [
      `/${up}${path}`,
      `${path}${`/${up}`.repeat(3)}/x`,
      path, // a policy may spell them itself
      ...amid(path, up, here),
    ]);
    const joined = paths.map((path) => paths.map((other) => way(path, other, up)));
    return turnByTurn([turnByTurn(alone), turnByTurn(joined)]).slice(0, most);
  };
}

/** A dot segment in the place of each segment, behind it, and behind one more. */
function amid(path: string, up: string, here: string): readonly string[] {
  const segments = path.split("/").slice(1);
  return [...segments.keys()].flatMap((at) =>
    [
      segments.toSpliced(at, 1, up),
      segments.toSpliced(at + 1, 0, up),
      segments.toSpliced(at, 0, "x", up),
      segments.toSpliced(at, 0, here),
    ].map((written) => `/${written.join("/")}`),
  );
}

/** From one path up to the root, and down to the other: who knows no such segments reads the first, who does the second. */
function way(path: string, other: string, up: string): string {
  const steps = path.split("/").filter((segment) => segment !== "").length;
  return `${path.replace(/\/$/, "")}${`/${up}`.repeat(steps)}${other}`;
}

/** Each slash in its turn written otherwise. */
export function withSlash(written: string): WritePaths {
  return (paths) => turnByTurn(paths.map((path) => slashes(path, written))).slice(0, most);
}

/** The last one first: what stands before it is more often looked for. */
function slashes(path: string, written: string): readonly string[] {
  return [...path.matchAll(/\//g)]
    .map(({ index }) => path.slice(0, index) + written + path.slice(index + 1))
    .filter((each) => each.startsWith("/"))
    .toReversed();
}

/** The first of each list, then the second of each, and so on. */
export function turnByTurn<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
