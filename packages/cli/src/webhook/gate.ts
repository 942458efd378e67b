/** Lets so many in at once; so many others wait. */
export interface Gate {
  /** Runs the work when it is its turn. Undefined: too many wait already. Rejects with the reason of the signal if it comes first. */
  readonly enter: <Result>(
    work: () => Promise<Result>,
    signal: AbortSignal,
  ) => Promise<Result> | undefined;
  readonly busy: () => number;
  readonly waiting: () => number;
}

/** A gate. Whoever waits comes in the order of arrival. */
export function gateFor(most: number, mostWaiting: number): Gate {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  };
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(come), 1);
        reject(signal.reason);
      };
      const come = (): void => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      waiting.push(come);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  return {
    enter: (work, signal) => {
      if (busy < most) {
        busy += 1;
        return work().finally(leave);
      }
      if (waiting.length >= mostWaiting) return undefined;
      return turn(signal).then(() => work().finally(leave));
    },
    busy: () => busy,
    waiting: () => waiting.length,
  };
}
