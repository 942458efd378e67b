import type { Code, Path } from "@meshproof/engine";

/** Notes a finding at a path of the suite; `key`: at the key rather than at its value. */
export type Report = (finding: {
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly key?: boolean;
}) => void;
