import type { LoadOptions, PolicyChange } from "@meshproof/engine";
import type { LintFinding, LintOptions } from "@meshproof/engine/lint";
import { patchedFile } from "../format/explain-patch.ts";
import { type State, stateOf } from "./state.ts";

/** What fixes did. */
export interface Fixed {
  readonly files: ReadonlyMap<string, string>; // that changed, with their texts
  readonly before: State;
  readonly after: State;
}

/** So often the files are looked at again: what one fix changes, another may be about. */
const passes = 20;

/** The files with every mechanical fix made, comments and formatting kept. What cannot be patched so is left as it is. */
export function fixedFiles(load: LoadOptions, options: LintOptions): Fixed {
  const texts = new Map(load.files.map(({ path, text }) => [path, text]));
  const before = stateOf(load, options);
  let after = before;
  for (let pass = 0; pass < passes && patchAll(after, texts); pass += 1) {
    const files = [...texts].map(([path, text]) => ({ path, text }));
    after = stateOf({ ...load, files }, options);
  }
  const isChanged = ([path, text]: readonly [string, string]): boolean =>
    text !== load.files.find((file) => file.path === path)?.text;
  return { files: new Map([...texts].filter(isChanged)), before, after };
}

/** Whether a finding has a fix, and is not silenced. */
export function isMendable({ fix, suppressed }: LintFinding): boolean {
  return fix.length > 0 && suppressed === undefined;
}

/** Makes every change that can be made before the files are read again, from their ends on. Whether any was made. */
function patchAll({ mesh, found }: State, texts: Map<string, string>): boolean {
  const start = ({ at }: PolicyChange): number => mesh.locate(at)?.start ?? 0;
  const changes = found
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
