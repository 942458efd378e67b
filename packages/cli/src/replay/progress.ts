/** Tells how far a long run is: once a second, on a terminal. */
export function progressOf(
  total: number | undefined, // bytes; absent: nobody knows
  { clock, tell }: { readonly clock: () => number; readonly tell: (text: string) => void },
): { readonly read: (bytes: number) => void; readonly done: () => void } {
  const start = clock();
  let bytes = 0;
  let last = start;
  return {
    read: (more) => {
      bytes += more;
      const now = clock();
      if (now - last < 1000) return;
      last = now;
      tell(`\r${progressText(bytes, total, (now - start) / 1000)}\u001b[K`);
    },
    done: () => {
      if (last > start) tell("\r\u001b[K");
    },
  };
}

/** `412 of 1300 MB, 86 MB/s, 10 s left`. */
export function progressText(bytes: number, total: number | undefined, seconds: number): string {
  const mega = (count: number): string => `${Math.round(count / 1e6)}`;
  const rate = bytes / Math.max(seconds, 0.001);
  const speed = `${mega(rate)} MB/s`;
  if (total === undefined) return `${mega(bytes)} MB, ${speed}`;
  const left = Math.ceil((total - bytes) / Math.max(rate, 1));
  return `${mega(bytes)} of ${mega(total)} MB, ${speed}, ${left} s left`;
}
