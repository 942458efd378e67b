import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The lines of a recording in `data/`, each a JSON document. */
export function recorded<Line>(name: string): readonly Line[] {
  const text = readFileSync(join(import.meta.dirname, "data", name), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): Line => JSON.parse(line));
}
