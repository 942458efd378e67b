/** One cell: a value of each axis. */
export interface Cell {
  readonly values: readonly (readonly [axis: string, value: unknown])[];
  readonly allowed: boolean;
}

/** The product of the axes; a cell that no entry of `allow` describes is denied. `members`: what a group stands for. */
export function cellsOf(
  matrix: Readonly<Record<string, readonly unknown[]>>,
  allow: readonly Readonly<Record<string, unknown>>[],
  members: (value: unknown) => readonly unknown[],
): readonly Cell[] {
  let cells: readonly Cell["values"][] = [[]];
  for (const [axis, values] of Object.entries(matrix)) {
    const expanded = axis === "from" ? values.flatMap(members) : values;
    cells = cells.flatMap((cell) => expanded.map((value) => [...cell, [axis, value] as const]));
  }
  return cells.map((values) => ({
    values,
    allowed: allow.some((entry) => describes(entry, values, members)),
  }));
}

function describes(
  entry: Readonly<Record<string, unknown>>,
  values: Cell["values"],
  members: (value: unknown) => readonly unknown[],
): boolean {
  return values.every(([axis, value]) => {
    if (!Object.hasOwn(entry, axis)) return true;
    const named = valuesOf(entry[axis], axis === "from" ? members : (each) => [each]);
    return named.some((each) => same(each, value));
  });
}

function valuesOf(
  value: unknown,
  members: (value: unknown) => readonly unknown[],
): readonly unknown[] {
  return (Array.isArray(value) ? value : [value]).flatMap(members);
}

/** Whether an entry of `allow` names a value that its axis has. */
export function isOnAxis(
  value: unknown,
  axis: readonly unknown[],
  members: (value: unknown) => readonly unknown[],
): boolean {
  const known = axis.flatMap(members);
  return valuesOf(value, members).every((each) => known.some((other) => same(each, other)));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
