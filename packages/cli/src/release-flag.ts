import { releaseRanges, resolveRelease } from "@meshproof/engine";
import type { Flag, Misuse } from "./flags.ts";

/** A flag whose value is a release of Istio. One that nobody knows is wrong with the command line, and not with any file. */
export function releaseFlag(help: string): Flag {
  return { value: "RELEASE", help, fault };
}

function fault(text: string): Misuse | undefined {
  const release = resolveRelease(text);
  if (!("unknown" in release)) return undefined;
  return { misuse: "unknown release", hint: `known are ${releaseRanges(release.known)}` };
}
