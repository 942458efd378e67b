import { existsSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { isVisible } from "@meshproof/testkit/files";

/** An editor writes a file in several steps: what comes together counts once. */
const settled = 40;

/**
 * Waits until something changes in one of these folders. A folder that is made in one of them, and what comes into it, is a change too;
 * what is written to a file of which no answer is made is none: it may be the log that this goes to.
 */
export function changed(
  folders: readonly string[],
  signal?: AbortSignal,
  counts: (path: string) => boolean = () => true,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    };
    const settle = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        stop();
        resolve(true);
      }, settled);
    };
    const watchers = withFoldersIn(folders).map((folder) =>
      watch(folder, (event, name) => {
        if (event === "rename" || name === null || counts(join(folder, name))) settle();
      }).on("error", (error) => {
        stop();
        reject(error);
      }),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Folders that are there, and those that stand in them. */
function withFoldersIn(folders: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const folder of folders.filter((each) => existsSync(each))) {
    found.add(folder);
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && isVisible(entry.name)) found.add(join(folder, entry.name));
  }
  return [...found];
}
