/** One field that differs. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** What a comparison came to, and what it left out although there was something to compare. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly string[];
}

/** One request of one scenario: in agreement, diverging, or not compared and why. */
export interface Judgement extends Comparison {
  readonly scenario: string;
  readonly request: string;
  readonly skipped?: string;
  readonly shown?: Readonly<Record<string, unknown>>; // everything there is to see, for a person
}

/** Nothing differs and nothing was left out. */
export const agreement: Comparison = { differences: [], notCompared: [] };

/** The fields whose values are not equal as JSON. */
export function differing(
  fields: readonly (readonly [field: string, expected: unknown, got: unknown])[],
): readonly Difference[] {
  return fields
    .filter(([, expected, got]) => JSON.stringify(expected) !== JSON.stringify(got))
    .map(([field, expected, got]) => ({ field, expected, got }));
}
