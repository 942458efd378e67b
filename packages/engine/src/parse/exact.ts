/** A mapping that is being made. */
export type Made = Record<string, unknown>;

/**
 * An empty mapping, as plain as `{}`, with room for so many keys. V8 gives each `{}` room for four, while most mappings of a policy
 * have one: of all that a file is read into, a fifth would be room that nothing ever fills. What one function makes, V8 gives as much
 * room as the first few of them have needed; so there is one for each number of keys.
 */
export function roomFor(keys: number): Made {
  const Sized = sized[keys];
  return Sized ? new Sized() : {};
}

const sized: readonly (new () => Made)[] = Array.from({ length: 9 }, () => {
  function Sized(): void {}
  Sized.prototype = Object.prototype;
  return Sized as unknown as new () => Made;
});
