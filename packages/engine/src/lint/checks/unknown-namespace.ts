import { matches } from "../../match/matches.ts";
import type { Mesh } from "../../model/mesh.ts";
import { didYouMean } from "../../parse/suggest.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { type Value, valuesOn } from "../values.ts";

/** A namespace that there is not (istio/istio:pkg/config/analysis/analyzers/authz). */
export const unknownNamespace: Check = {
  code: "binding/unknown-namespace",
  title: "a namespace that does not exist",
  why: "Namespaces were loaded, and none has this name. Names are compared letter by letter; a star may stand anywhere.",
  like: ["IST0101", "KIA0101"],
  *find({ mesh }) {
    const names = knownNamespaces(mesh);
    if (mesh.inventory.namespaces.length === 0) return;
    for (const value of valuesOn(mesh, "peer")) {
      const isNamespace = value.field === "namespaces" || value.field === "source.namespace";
      if (!isNamespace || names.some((name) => fits(value, name))) continue;
      const hint = didYouMean(value.text, names);
      yield {
        at: value.at,
        ...(hint === undefined ? {} : { hint }),
        message: `no namespace \`${value.text}\` is among the ${names.length} that were loaded: ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because: "no identity in any loaded namespace matches the value",
        },
      };
    }
  },
};

function fits({ patterns }: Value, name: string): boolean {
  return patterns.some((pattern) => matches(pattern, `spiffe://any/ns/${name}/sa/any`));
}

function knownNamespaces({ inventory, authorizationPolicies }: Mesh): readonly string[] {
  const { namespaces, workloads, services, others } = inventory;
  return [
    ...new Set([
      ...namespaces.map(({ key }) => key.name),
      ...[...workloads, ...services, ...others, ...authorizationPolicies].map(
        ({ key }) => key.namespace,
      ),
    ]),
  ].filter((name) => name !== "");
}
