import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** ztunnel knows a star at either end only (ctx:T16). */
export const ambientNamespaceStar: Check = {
  code: "ambient/namespace-star",
  title: "a star inside a namespace is literal for ztunnel",
  why: "For Envoy a star may stand anywhere in a namespace; ztunnel knows it at either end only, and anywhere else it is an ordinary character, which no namespace has.",
  *find({ mesh, boundTo }) {
    for (const value of valuesOn(mesh, "peer")) {
      const isNamespace = value.field === "namespaces" || value.field === "source.namespace";
      const inner = value.text.replace(/^\*/, "").replace(/\*$/, "");
      const both = value.text.length > 1 && value.text.startsWith("*") && value.text.endsWith("*");
      const points = boundTo(value.policy).filter(({ plane }) => plane === "ambient");
      if (!isNamespace || (!inner.includes("*") && !both) || points.length === 0) continue;
      yield {
        at: value.at,
        message: `at ${pointsText(points)} the star inside \`${value.text}\` is an ordinary character: ${whenDead(value)}`,
        hint: "list the namespaces",
        evidence: {
          kind: "proof",
          because: "istiod makes an exact, prefix or suffix match for ztunnel",
        },
      };
    }
  },
};
