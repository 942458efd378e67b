import { fieldsOf, listOf, textOf } from "./decode.ts";
import type { ParsedObject } from "./objects.ts";

/** The release in the image of an istiod that was loaded: "1.31.0" of `docker.io/istio/pilot:1.31.0-distroless`. */
export function imageTagOf({ kind, fields }: ParsedObject): string | undefined {
  if (kind !== "Deployment" && kind !== "Pod") return undefined;
  const spec = fieldsOf(fields["spec"]);
  const pod = kind === "Pod" ? spec : fieldsOf(fieldsOf(spec["template"])["spec"]);
  for (const container of listOf(pod["containers"])) {
    const { name, image } = fieldsOf(container);
    const tag = /\/pilot:(\d+\.\d+\.\d+)(?:-[\w.]+)?$/.exec(textOf(image) ?? "");
    if (name === "discovery" && tag) return tag[1];
  }
  return undefined;
}
