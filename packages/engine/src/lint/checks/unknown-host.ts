import { findService } from "../../kubernetes/service.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** A host that names a Service which there is not. */
export const unknownHost: Check = {
  code: "binding/unknown-host",
  title: "a host that names no Service",
  why: "Services of the namespace were loaded, and none has this name. A rule compares the Host header with the text, whatever it names, so a host that is no name of a Service in the cluster is never told of.",
  like: ["KIA0104"],
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "host")) {
      const [, name, namespace] =
        /^([\w-]+)\.([\w-]+)\.svc(?:\.cluster\.local)?(?::.*)?$/.exec(value.text) ?? [];
      if (name === undefined || namespace === undefined) continue;
      const isLoaded = mesh.inventory.services.some(({ key }) => key.namespace === namespace);
      if (!isLoaded || findService(mesh.inventory, namespace, name) !== undefined) continue;
      yield {
        at: value.at,
        message: `no Service \`${name}\` was loaded in namespace \`${namespace}\`, where others were: ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because: "no client resolves the name of a Service that there is not",
        },
      };
    }
  },
};
