import { type LoadOptions, loadMesh, type Mesh, type PolicyChange } from "@meshproof/engine";
import { type LintFinding, type LintOptions, lintMesh } from "@meshproof/engine/lint";
import { patchedFile } from "../format/explain-patch.ts";

/** What fixes did. */
export interface Fixed {
  readonly files: ReadonlyMap<string, string>; // that changed, with their texts
  readonly left: readonly LintFinding[]; // with a fix that cannot be made in the text: of an anchor, say
  readonly mesh: Mesh; // as it is now
}

/** So often the files are looked at again: what one fix changes, another may be about. */
const passes = 20;

/** The files with every mechanical fix made, comments and formatting kept. What cannot be patched so is left as it is. */
export function fixedFiles(load: LoadOptions, options: LintOptions): Fixed {
  const texts = new Map(load.files.map(({ path, text }) => [path, text]));
  for (let pass = 0; pass < passes; pass += 1) {
    const files = [...texts].map(([path, text]) => ({ path, text }));
    if (!patchAll({ ...load, files }, options, texts)) break;
  }
  const files = [...texts].map(([path, text]) => ({ path, text }));
  const { mesh } = loadMesh({ ...load, files });
  return {
    files: new Map([...texts].filter(([path, text]) => text !== originalOf(load, path))),
    left: lintMesh(mesh, options).filter(isMendable),
    mesh,
  };
}

function isMendable({ fix, suppressed }: LintFinding): boolean {
  return fix.length > 0 && suppressed === undefined;
}

function originalOf({ files }: LoadOptions, wanted: string): string | undefined {
  return files.find(({ path }) => path === wanted)?.text;
}

/** Makes every change that can be made before the files are read again, from their ends on. Whether any was made. */
function patchAll(load: LoadOptions, options: LintOptions, texts: Map<string, string>): boolean {
  const { mesh } = loadMesh(load);
  const start = ({ at }: PolicyChange): number => mesh.locate(at)?.start ?? 0;
  const changes = lintMesh(mesh, options)
    .filter(isMendable)
    .flatMap(({ fix: [change] }) => change ?? [])
    .toSorted((a, b) => start(b) - start(a));
  let isChanged = false;
  for (const change of changes) {
    const patched = patchedFile(change, mesh, { texts });
    if (patched === undefined) continue;
    texts.set(patched.file, patched.text);
    isChanged = true;
  }
  return isChanged;
}
