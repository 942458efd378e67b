import type { Path, Span } from "../model/place.ts";
import { fieldsOf, listOf, textOf } from "./decode.ts";
import { hasEnded } from "./ended-pod.ts";
import { groupOf } from "./kinds.ts";
import { type ParsedObject, valueAt } from "./objects.ts";

/** The release of a control plane that is in the files. */
export interface InstalledRelease {
  readonly version: string; // "1.31.0"
  readonly at: Span;
}

/** Where the objects that install Istio name its release. */
const places: Readonly<Record<string, Path>> = {
  "IstioOperator.install.istio.io": ["spec", "tag"],
  "Istio.sailoperator.io": ["spec", "version"],
};

/**
 * The release that an object installs: the image of an istiod (`docker.io/istio/pilot:1.31.0-distroless`), or what an operator is
 * told.
 */
export function installedRelease(object: ParsedObject): InstalledRelease | undefined {
  const { kind, fields, document } = object;
  const path = places[`${kind}.${groupOf(object).group}`] ?? istiodImage(object);
  if (path === undefined) return undefined;
  const version = /(?:^|\/pilot:)v?(\d+\.\d+(?:\.\d+)?)(?:-[\w.-]+)?(?:@|$)/.exec(
    textOf(valueAt(fields, path)) ?? "",
  )?.[1];
  return version === undefined ? undefined : { version, at: document.locate(path) };
}

function istiodImage({ kind, fields }: ParsedObject): Path | undefined {
  if ((kind !== "Deployment" && kind !== "Pod") || hasEnded(kind, fields)) return undefined;
  const spec: Path = kind === "Pod" ? ["spec"] : ["spec", "template", "spec"];
  const containers = listOf(valueAt(fields, [...spec, "containers"]));
  const index = containers.findIndex((item) => {
    const { name, image } = fieldsOf(item);
    return name === "discovery" && /\/pilot:/.test(textOf(image) ?? "");
  });
  return index < 0 ? undefined : [...spec, "containers", index, "image"];
}
