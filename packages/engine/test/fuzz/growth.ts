/** Work that gets larger with its size. `work` prepares the input and returns what is timed. */
export interface Growth {
  readonly name: string;
  readonly work: (size: number) => () => unknown;
  readonly from?: number; // the smallest size; 256
  readonly most?: number; // the largest size; 2 ** 20
  readonly steepest?: number; // what four times the input may cost; 9
}

export interface Grown {
  readonly name: string;
  readonly size: number;
  readonly milliseconds: number; // at that size
  readonly factor: number; // that doubling the size twice costs; linear: 4
}

/** From here on measuring means something. */
const measurable = 30;

/** The most even of three attempts: another process may have come in between. */
export async function growAgain(growth: Growth): Promise<Grown & { readonly steep: boolean }> {
  const { steepest = 9 } = growth;
  let best = await grow(growth);
  for (let again = 0; again < 2 && best.factor > steepest; again += 1) {
    const next = await grow(growth);
    if (next.factor < best.factor) best = next;
  }
  return { ...best, steep: best.factor > steepest };
}

/** Doubles the size until the work can be measured, then twice more. */
async function grow({ name, work, from = 256, most = 2 ** 20 }: Growth): Promise<Grown> {
  let size = from;
  let milliseconds = await timeOf(work(size));
  while (milliseconds < measurable && size * 8 <= most) {
    size *= 2;
    milliseconds = await timeOf(work(size));
  }
  if (milliseconds < measurable)
    return { name, size: size * 4, milliseconds: await timeOf(work(size * 4)), factor: 1 };
  const after = await timeOf(work(size * 4));
  return { name, size: size * 4, milliseconds: after, factor: after / milliseconds };
}

/** The best of three, so that a collector or another process does not count. */
async function timeOf(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && (best > 1000 ? time < 1 : true); time += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
    if (best > 2000) break;
  }
  return best;
}

/** Makes of inputs by their names, all of which are put to the same work. */
export function growths<Make>(
  what: string,
  makes: Readonly<Record<string, Make>>,
  work: (make: Make) => Growth["work"],
  most: number = 2 ** 20,
): readonly Growth[] {
  return Object.entries(makes).map(([name, make]) => ({
    name: `${what} ${name}`,
    work: work(make),
    most,
  }));
}

/** A piece so many times, with something around it. */
export function repeat(piece: string, before = "", after = ""): (size: number) => string {
  return (size) => before + piece.repeat(size) + after;
}
