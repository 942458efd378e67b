import type { Admission } from "../admit/admit.ts";
import { diagnose, type Finding } from "../diagnostic.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Span } from "../model/place.ts";
import type { SourceFile } from "../parse/document.ts";
import { objectOf, refuseOther, refuseUnknown } from "../parse/known-keys.ts";
import { releaseRanges, type UnknownRelease } from "../release.ts";

/** How a mesh is loaded. Nothing is read from disk: the caller hands over texts. */
export interface LoadOptions {
  readonly files: readonly SourceFile[];
  readonly namespace?: string; // for what states none; otherwise `default`, as an assumption
  readonly istio?: string; // "1.31", "1.29.2"
  readonly envoy?: string; // another patch level than the release ships
  readonly features?: Readonly<Record<string, string>>; // istiod's environment
  readonly meshConfig?: Readonly<Record<string, unknown>>; // laid over what the files hold
  readonly workloads?: readonly Workload[]; // stated, not loaded
  readonly admission?: Admission; // enforce
  readonly onDuplicate?: "error" | "first" | "last"; // error
  readonly allowEmpty?: boolean;
}

const optionKeys: Readonly<Record<keyof Required<LoadOptions>, true>> = {
  files: true,
  namespace: true,
  istio: true,
  envoy: true,
  features: true,
  meshConfig: true,
  workloads: true,
  admission: true,
  onDuplicate: true,
  allowEmpty: true,
};

/** Throws a TypeError for options that there are not: a release under a misspelt key would be another release. */
export function checkLoadOptions(options: LoadOptions): void {
  const where = "the options of `loadMesh`";
  refuseUnknown(objectOf(options, where), optionKeys, where);
  refuseOther(options.admission, ["enforce", "skip", "prune", "bypass"], "`admission`");
  refuseOther(options.onDuplicate, ["error", "first", "last"], "`onDuplicate`");
}

/** A release that nobody knows: of a control plane in the files, or of an option, which has no place in a file. */
export function unknownRelease(
  { unknown, known }: UnknownRelease,
  { istio, envoy }: LoadOptions,
  installed?: Span,
): Finding {
  const ofEnvoy = unknown === `Envoy ${envoy}`;
  const option = ofEnvoy ? "envoy" : "istio";
  const isStated = ofEnvoy || istio !== undefined || installed === undefined;
  const ranges = `known are ${releaseRanges(known)}`;
  return isStated
    ? diagnose(
        "load/unknown-release",
        `the option \`${option}\` names an unknown release: \`${ofEnvoy ? envoy : unknown}\``,
        { file: "", start: 0, end: 0 },
        ranges,
      )
    : diagnose(
        "load/unknown-release",
        `unknown release \`${unknown}\``,
        installed,
        `say --istio; ${ranges}`,
      );
}
