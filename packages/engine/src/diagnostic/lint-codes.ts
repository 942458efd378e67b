/** Every finding of the linter, and how bad it is. Stable: people search for these and silence them by name. */
export const lintCodes = {
  "config/process-dies": "error",
  "config/update-refused": "error",
  "value/inner-star": "warning",
  "value/block-as-text": "warning",
  "value/method-case": "warning",
  "value/grpc-method": "warning",
  "value/unknown-method": "warning",
  "value/principal-scheme": "warning",
  "value/path-query": "warning",
  "value/path-relative": "warning",
  "lint/suppression": "warning",
} as const;

export type LintCode = keyof typeof lintCodes;
