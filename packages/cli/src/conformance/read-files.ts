import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { VectorFile } from "@meshproof/testkit/conformance";

/** Files of vectors, one at a time; those that end in `.gz` are compressed. */
export function* readVectorFiles(paths: readonly string[]): Iterable<VectorFile> {
  for (const path of paths) {
    const bytes = readFileSync(path);
    yield { path, text: (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8") };
  }
}

/** The JSON files of a folder, decoded, by name. */
export function readJsonFiles(folder: string): Readonly<Record<string, unknown>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const files = names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
  return Object.fromEntries(files);
}
