import type { Path } from "../../model/place.ts";
import type { JwtRule } from "../../model/policy.ts";
import type { Check } from "../check.ts";

/** Output headers are removed before tokens are looked for (an:T-77). */
export const jwtOutputHeader: Check = {
  code: "jwt/output-header",
  title: "what a rule writes is where it reads the token",
  why: "Headers that a jwtRule writes are removed from the request before tokens are looked for. A rule that writes into the header in which the token comes never sees one.",
  find: ({ mesh }) =>
    mesh.requestAuthentications.flatMap(({ key, spec }) =>
      (spec.jwtRules ?? []).flatMap((rule, index) =>
        clashes(rule ?? {}).map(({ header, path }) => ({
          at: { resource: key, path: ["spec", "jwtRules", index, ...path] },
          message: `the header \`${header}\` is removed before the rule looks for its token in it`,
          evidence: {
            kind: "proof",
            because: "Envoy sanitises the output headers of a provider before it extracts tokens",
          },
        })),
      ),
    ),
};

interface Output {
  readonly header: string;
  readonly path: Path;
}

/** The headers that a rule writes and reads its token from. */
function clashes(rule: JwtRule): readonly Output[] {
  const { fromHeaders = [], fromParams = [], fromCookies = [], outputPayloadToHeader } = rule;
  const elsewhere = fromHeaders.length + fromParams.length + fromCookies.length > 0;
  const read = elsewhere ? fromHeaders.map(({ name }) => name.toLowerCase()) : ["authorization"];
  const payload: readonly Output[] =
    outputPayloadToHeader === undefined
      ? []
      : [{ header: outputPayloadToHeader, path: ["outputPayloadToHeader"] }];
  const claims = (rule.outputClaimToHeaders ?? []).map(
    ({ header }, at): Output => ({ header, path: ["outputClaimToHeaders", at, "header"] }),
  );
  return [...payload, ...claims].filter(({ header }) => read.includes(header.toLowerCase()));
}
