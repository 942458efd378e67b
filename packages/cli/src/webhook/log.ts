/** One line of the log: JSON. Nothing of an object, a header or a token is ever in it; only names, codes and numbers. */
export interface Entry {
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  readonly [field: string]: unknown;
}

export type Log = (entry: Entry) => void;

const ranks: Readonly<Record<Entry["level"], number>> = { info: 0, warning: 1, error: 2 };

/** A log that writes lines, from a level on. */
export function logTo(
  write: (line: string) => void,
  { from, now }: { readonly from: Entry["level"]; readonly now: () => number },
): Log {
  return (entry) => {
    if (ranks[entry.level] < ranks[from]) return;
    const time = new Date(now()).toISOString();
    write(`${JSON.stringify({ time, ...entry })}\n`);
  };
}

/** What an error has to say, without its stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
