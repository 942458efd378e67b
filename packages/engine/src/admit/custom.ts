import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { bothSides, isPresent, isSet, type Part, part, parts, when } from "./read.ts";

const sourceFields = bothSides([
  "namespaces",
  "serviceAccounts",
  "principals",
  "requestPrincipals",
]);
const trustDomainFields = bothSides(["trustDomains"]);
const keys: readonly string[] = [
  "source.namespace",
  "source.serviceAccount",
  "source.trustDomain",
  "source.principal",
];

/**
 * What the action CUSTOM needs, and what it cannot use: Envoy asks the provider before it knows the request principal
 * (istio/istio:pkg/config/validation/validation.go, az:VAL-4 to VAL-7).
 */
export function webhookCustom(spec: Part, readsTrustDomains: boolean): readonly Remark[] {
  const provider = part(spec, "provider");
  const fields = readsTrustDomains ? [...sourceFields, ...trustDomainFields] : sourceFields;
  const rules = parts(spec, "rules");
  return [
    ...when(rules.length > 0 && (textOf(provider.fields["name"]) ?? "") === "", {
      code: "webhook/no-provider",
      path: [...spec.path, isPresent(spec, "provider") ? "provider" : "action"],
      message: "a CUSTOM policy without `provider.name`",
      hint: "name one of the `extensionProviders` of the mesh config",
    }),
    ...rules.flatMap((rule) => [
      ...parts(rule, "from").flatMap((from) => unusableFields(part(from, "source"), fields)),
      ...parts(rule, "when").flatMap((condition) => unusableKey(condition, readsTrustDomains)),
    ]),
  ];
}

const hint = "Envoy asks the provider before it authenticates: use a header, a path or `ipBlocks`";

function unusableFields(source: Part, fields: readonly string[]): readonly Remark[] {
  return fields
    .filter((name) => isSet(source, name))
    .map((name) => ({
      code: "webhook/custom-field",
      path: [...source.path, name],
      at: "key",
      message: `\`${name}\` is not supported with CUSTOM`,
      hint,
    }));
}

function unusableKey(condition: Part, readsTrustDomains: boolean): readonly Remark[] {
  const key = textOf(condition.fields["key"]) ?? "";
  const isUnusable =
    (keys.includes(key) && (key !== "source.trustDomain" || readsTrustDomains)) ||
    key.startsWith("request.auth.");
  return when(isUnusable, {
    code: "webhook/custom-field",
    path: [...condition.path, "key"],
    message: `\`${key}\` is not supported with CUSTOM`,
    hint,
  });
}
