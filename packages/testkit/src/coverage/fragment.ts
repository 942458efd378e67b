import { nativeJson } from "@meshproof/engine";
import type { Texts } from "../place.ts";
import type { Coverage } from "./coverage.ts";

/** Coverage as a file, to be merged with that of other runs. `texts`: what the policies' files held then, as a checksum each. */
export interface CoverageFragment {
  readonly apiVersion: "meshproof.dev/v1alpha1";
  readonly kind: "CoverageFragment";
  readonly of: string; // the tests
  readonly texts: Readonly<Record<string, string>>;
  readonly coverage: Coverage;
}

/** The text of a fragment. */
export function fragmentText(of: string, coverage: Coverage, texts: Texts): string {
  const files = new Set(coverage.pieces.map(({ at }) => at.file));
  const sums = [...files].map((file) => [file, checksum(texts.get(file) ?? "")]);
  const fragment: CoverageFragment = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "CoverageFragment",
    of,
    texts: Object.fromEntries(sums),
    coverage,
  };
  return `${JSON.stringify(fragment)}\n`;
}

/** Reads a fragment; undefined: it is none. */
export function readFragment(text: string): CoverageFragment | undefined {
  try {
    const value = nativeJson(text);
    return isFragment(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFragment(value: unknown): value is CoverageFragment {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "CoverageFragment"
  );
}

/** The files that have changed since: their places are no longer those of the fragment. */
export function outdatedIn({ texts }: CoverageFragment, now: Texts): readonly string[] {
  return Object.entries(texts)
    .filter(([file, sum]) => now.has(file) && checksum(now.get(file) ?? "") !== sum)
    .map(([file]) => file);
}

/** FNV-1a: enough to see that a text is another one. */
function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return `${text.length}-${sum.toString(16)}`;
}
