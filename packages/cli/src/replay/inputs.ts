import type { Side } from "../analysis/side.ts";
import type { Io } from "../io.ts";
import type { World } from "../world-flags.ts";
import type { ReplayJob } from "./job.ts";

/** How the files of a side are loaded, as plain data. */
export function loadOf({ files }: Side, world: World): ReplayJob["load"] {
  const { istio, namespace, features, admission, onDuplicate, allowEmpty } = world;
  return {
    files,
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(features === undefined ? {} : { features }),
    ...(admission === undefined ? {} : { admission }),
    ...(onDuplicate === undefined ? {} : { onDuplicate }),
    ...(allowEmpty === undefined ? {} : { allowEmpty }),
  };
}

/** What the flags say beyond the mesh. */
export function optionsOf({ keys, facts, assume, namespace, now }: World): ReplayJob["options"] {
  return {
    ...(keys === undefined ? {} : { keys }),
    ...(facts === undefined ? {} : { facts }),
    ...(assume === undefined ? {} : { assume }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  };
}

/** Stdin in pieces, where it comes in pieces. */
export async function* chunksOf({ chunks, stdin }: Io): AsyncGenerator<Buffer> {
  if (chunks) yield* chunks();
  else yield Buffer.from(await stdin());
}
