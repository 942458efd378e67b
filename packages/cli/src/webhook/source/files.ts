import { type Loaded, loadMesh } from "@meshproof/engine";
import { nodeDisk, readerOf, readFiles } from "@meshproof/testkit/files";
import { reasonOf } from "../log.ts";
import type { Readiness } from "../reviewer.ts";
import type { JudgeSettings } from "../settings.ts";
import type { Source, SourceWorld } from "./source.ts";

/** How often files are looked at where nothing tells that they changed, as in a volume that links to another folder. */
const every = 2000;

/**
 * The mesh of files, read again when they change. What cannot be read or is wrong leaves the mesh as it was, and is told; at the
 * start there is nothing to leave, so that it does not get ready.
 */
export function watchFiles(
  patterns: readonly string[],
  world: JudgeSettings["world"],
  { state, log, now }: SourceWorld,
): Source {
  let readiness: Readiness = { ready: false, why: "reading files" };
  let known = "";
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const load = async (): Promise<void> => {
    const read = await readMesh(patterns, world);
    if (read.text === known) return;
    known = read.text;
    const wrong = wrongIn(read);
    if (wrong !== undefined) {
      log({ level: "error", message: "the files of the mesh cannot be used", because: wrong });
      if (!readiness.ready)
        readiness = { ready: false, why: "the files of the mesh cannot be used" };
      return;
    }
    state.replace(read.loaded.mesh, now());
    readiness = { ready: true, why: "ready" };
    log({ level: "info", message: "read the mesh", ...read.loaded.counts, otherKinds: undefined });
  };
  const again = (): void => {
    load()
      .catch((error: unknown) =>
        log({ level: "error", message: "cannot read the mesh", because: reasonOf(error) }),
      )
      .finally(() => {
        if (!closed) timer = setTimeout(again, every);
      });
  };
  again();
  return {
    readiness: () => readiness,
    close: async () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

interface Read {
  readonly loaded: Loaded;
  readonly missing: readonly string[];
  readonly text: string; // of everything: when it is the same, nothing changed
}

async function readMesh(patterns: readonly string[], world: JudgeSettings["world"]): Promise<Read> {
  const access = { io: nodeDisk, reader: readerOf(nodeDisk) };
  const { files, missing } = await readFiles(patterns, ".", access);
  const { keys: _keys, now: _now, facts: _facts, assume: _assume, ...options } = world;
  return {
    loaded: loadMesh({ ...options, files }),
    missing,
    text: JSON.stringify([files, missing]),
  };
}

function wrongIn({ loaded, missing }: Read): string | undefined {
  const [path] = missing;
  if (path !== undefined) return `no file at ${path}`;
  const error = loaded.findings.find(({ severity }) => severity === "error");
  return error && `${error.at.file}: ${error.message}`;
}
