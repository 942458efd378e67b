/** Whole numbers in one growing array: compiled rules of all proxies. */
export interface Arena {
  readonly put: (cell: number) => void;
  readonly putAll: (cells: Iterable<number>) => void;
  readonly set: (at: number, cell: number) => void;
  readonly length: () => number;
  readonly cells: () => Int32Array; // valid until something is put
}

/** An empty arena. */
export function arena(): Arena {
  let cells = new Int32Array(1 << 10);
  let length = 0;
  const put = (cell: number): void => {
    if (length === cells.length) {
      const larger = new Int32Array(Math.ceil(length * 1.25));
      larger.set(cells);
      cells = larger;
    }
    cells[length] = cell;
    length += 1;
  };
  return {
    put,
    putAll: (all) => {
      for (const cell of all) put(cell);
    },
    set: (at, cell) => {
      cells[at] = cell;
    },
    length: () => length,
    cells: () => cells,
  };
}
