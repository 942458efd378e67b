/** Does one thing after the other. Rejects with the reason of the signal once nobody waits any more, and goes on with the next one. */
export function queue(): <Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    const given = givenUp(signal);
    const turn = last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    const done = Promise.race([turn, given.up]);
    last = done.then(given.forget, given.forget);
    return done;
  };
}

function givenUp(signal: AbortSignal): {
  readonly up: Promise<never>;
  readonly forget: () => void;
} {
  let forget = (): void => undefined;
  const up = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    forget = () => signal.removeEventListener("abort", stop);
  });
  return { up, forget: () => forget() };
}
