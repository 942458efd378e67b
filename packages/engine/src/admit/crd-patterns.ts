/** What texts the CRDs take, by the pattern that they state. One is tried on a text that is not too long. */
export const crdPatterns: ReadonlyMap<string, RegExp> = new Map(
  [
    /^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
    /^[-_A-Za-z0-9]+$/,
  ].map((pattern) => [pattern.source, pattern] as const),
);
