import { type Code, diagnose, type Finding, oneLine } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import type { ParsedDocument } from "./document.ts";

/** Something to say about a part of an object: a Finding before anyone has looked up where it stands. */
export interface Remark {
  readonly code: Code;
  readonly message: string;
  readonly path: Path; // from the root of the object
  readonly at?: "key"; // the key is at fault, not its value
  readonly hint?: string | undefined;
  readonly related?: readonly Pick<Remark, "message" | "path" | "at">[];
}

/** A remark with its place in the file. */
export function findingOf(remark: Remark, document: ParsedDocument): Finding {
  const { code, message, hint, related } = remark;
  const finding = diagnose(code, message, spanOf(remark, document), hint);
  if (related === undefined) return finding;
  return {
    ...finding,
    related: related.map((other) => ({
      message: oneLine(other.message),
      at: spanOf(other, document),
    })),
  };
}

function spanOf(
  { path, at }: Pick<Remark, "path" | "at">,
  document: ParsedDocument,
): Finding["at"] {
  return at === "key" ? document.locateKey(path) : document.locate(path);
}
