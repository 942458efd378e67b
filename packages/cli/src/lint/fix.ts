import { type LoadOptions, loadMesh, type PolicyChange } from "@meshproof/engine";
import { type LintOptions, lintMesh } from "@meshproof/engine/lint";
import { patchedFile } from "../format/explain-patch.ts";

/** The files that fixes changed, with their texts. */
export type Fixed = ReadonlyMap<string, string>;

/** So often the files are looked at again: what one fix changes, another may be about. */
const passes = 20;

/** The files with every mechanical fix made, comments and formatting kept. What cannot be patched so is left as it is. */
export function fixedFiles(load: LoadOptions, options: LintOptions): Fixed {
  const texts = new Map(load.files.map(({ path, text }) => [path, text]));
  for (let pass = 0; pass < passes; pass += 1) {
    const files = [...texts].map(([path, text]) => ({ path, text }));
    if (!patchAll({ ...load, files }, options, texts)) break;
  }
  return new Map([...texts].filter(([path, text]) => text !== originalOf(load, path)));
}

function originalOf({ files }: LoadOptions, wanted: string): string | undefined {
  return files.find(({ path }) => path === wanted)?.text;
}

/** Makes one change in each file that needs one. Whether any was made. */
function patchAll(load: LoadOptions, options: LintOptions, texts: Map<string, string>): boolean {
  const { mesh } = loadMesh(load);
  const touched = new Set<string>();
  for (const { fix, suppressed } of lintMesh(mesh, options)) {
    const [change]: readonly PolicyChange[] = suppressed === undefined ? fix : [];
    const patched = change && patchedFile(change, mesh, { texts });
    if (patched === undefined || touched.has(patched.file)) continue;
    touched.add(patched.file);
    texts.set(patched.file, patched.text);
  }
  return touched.size > 0;
}
