import type { Check } from "../check.ts";
import { isOfToken } from "../issuers.ts";
import { policyText } from "../policies.ts";
import { providersOf } from "../request-of.ts";
import { valuesOf } from "../values.ts";

/** The gateway takes the token away (an:T-09, ctx:T62). */
export const jwtNotForwarded: Check = {
  code: "jwt/not-forwarded",
  title: "the gateway takes away the token that the workload asks for",
  why: "After it has verified a token a proxy removes it, unless `forwardOriginalToken` is true. A workload behind the gateway that asks for a principal of the same issuer then answers 403.",
  *find({ mesh, points, boundTo }) {
    const gateways = points.filter(({ plane, standIn }) => plane === "gateway" && !standIn);
    const taken = gateways.flatMap(providersOf).filter(({ forward }) => !forward);
    const asking = valuesOf(mesh).filter(
      (value) => isOfToken(value) && !value.negated && value.action === "ALLOW",
    );
    const told = new Set<string>();
    for (const provider of taken) {
      const value = asking.find(({ policy }) =>
        boundTo(policy).some(
          (point) =>
            point.plane === "sidecar" &&
            providersOf(point).some(({ issuer }) => issuer === provider.issuer),
        ),
      );
      const key = JSON.stringify(provider.at);
      if (value === undefined || told.has(key)) continue;
      told.add(key);
      const at = provider.at;
      yield {
        at,
        message: `a gateway removes tokens of \`${provider.issuer}\`, and \`${policyText(value.policy)}\` asks for one behind it`,
        hint: "forwardOriginalToken: true",
        related: [{ message: "asked for here", at: value.at }],
        evidence: {
          kind: "proof",
          because: "Envoy removes a verified token from where it found it, unless forward is set",
        },
        fix: [
          {
            at: { ...at, path: [...at.path, "forwardOriginalToken"] },
            do: "set",
            values: ["true"],
            left: true,
          },
        ],
      };
    }
  },
};
