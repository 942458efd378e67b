import type { Code, Path } from "@meshproof/engine";

/** Notes a finding at a path of the suite; `key`: at the key rather than at its value. */
export type Report = (finding: {
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly key?: true;
}) => void;

/** A part of the format that is not built yet. */
export function notSupported(path: Path, report: Report): void {
  const message = `\`${path.at(-1)}\` is not supported yet`;
  report({ code: "suite/not-supported", path, message, key: true });
}
