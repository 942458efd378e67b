import { valueAt } from "../explain/written.ts";
import type { Place } from "../model/place.ts";
import type { Scene } from "./scene.ts";

/** What a policy says at a place, as its author wrote it. */
export function textAt({ authorization }: Scene, { resource, path }: Place): string {
  return String(valueAt(authorization(resource), path) ?? "");
}
