import type { Code } from "../diagnostic.ts";
import type { Release } from "../model/mesh.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { closest } from "../parse/suggest.ts";
import { behaves } from "../release.ts";
import { portFaults } from "./operation.ts";
import { emptyValues, isAnySet, type Part, type Value, values, when } from "./read.ts";
import { serviceAccountFaults } from "./service-account.ts";
import { addressFaults } from "./source.ts";
import { trustDomainFaults } from "./trust-domain.ts";

const sides: readonly string[] = ["values", "notValues"];

/** The attributes of a condition, and what is said of their values. */
const attributes: Readonly<Record<string, (list: readonly Value[]) => readonly Remark[]>> = {
  "source.ip": addressFaults,
  "remote.ip": addressFaults,
  "source.namespace": emptyValues,
  "source.serviceAccount": serviceAccountFaults,
  "source.principal": emptyValues,
  "source.trustDomain": (list) => trustDomainFaults(list, "any"),
  "request.auth.principal": emptyValues,
  "request.auth.audiences": emptyValues,
  "request.auth.presenter": emptyValues,
  "destination.ip": addressFaults,
  "destination.port": portFaults,
  "connection.sni": emptyValues,
};

/** Families, each with a name in brackets. What stands between the prefix and the bracket is not looked at (az:VAL-19). */
const families: Readonly<Record<string, string>> = {
  "request.headers": "request.headers[x-user]",
  "request.auth.claims": "request.auth.claims[groups]",
  "experimental.envoy.filters.": "experimental.envoy.filters.NAME[KEY]",
};

const obsolete: readonly (readonly [prefix: RegExp, hint: string])[] = [
  [/^destination\.namespace$/, "a policy applies in its own namespace"],
  [/^destination\.labels/, "use the `selector` of the policy"],
  [/^destination\.(?:name|user)$/, "it was an attribute of v1alpha1: use the `selector`"],
];

/** What istiod's webhook says of one `when` (istio/istio:pkg/config/security/security.go ValidateAttribute, az:VAL-18 to VAL-21). */
export function webhookCondition(condition: Part, release: Release): readonly Remark[] {
  const key = textOf(condition.fields["key"]) ?? "";
  const path = [...condition.path, ...("key" in condition.fields ? ["key"] : [])];
  if (key === "") return [{ code: "webhook/empty-key", path, message: "a `when` without a key" }];
  const lists = sides.flatMap((side) => values(condition, side));
  if (!isAnySet(condition, sides))
    return [
      {
        code: "webhook/no-values",
        path: condition.path,
        message: `neither \`values\` nor \`notValues\` for \`${key}\``,
        hint: 'write `values: ["*"]` to match any value that is there',
      },
    ];
  const perSide = checkOf(key, release);
  if (perSide) return sides.flatMap((side) => perSide(values(condition, side)));
  return [...emptyValues(lists), ...keyFaults(path, key)];
}

/** What is said of the values of an attribute. Undefined: the release does not know it. */
function checkOf(
  key: string,
  release: Release,
): ((list: readonly Value[]) => readonly Remark[]) | undefined {
  if (key === "source.trustDomain" && !behaves(release, "trust-domain-key")) return undefined;
  if (key === "source.trustDomain" && !behaves(release, "trust-domains")) return emptyValues;
  return Object.hasOwn(attributes, key) ? attributes[key] : undefined;
}

function keyFaults(path: Part["path"], key: string): readonly Remark[] {
  const family = Object.keys(families).find((prefix) => key.startsWith(prefix));
  const about = (code: Code, message: string, hint?: string): Remark => ({
    code,
    path,
    message: `${message} \`${key}\``,
    hint,
  });
  if (family !== undefined)
    return when(
      !isBracketed(key),
      about("webhook/bad-key", "no name in brackets:", `like \`${families[family]}\``),
    );
  const [, hint] = obsolete.find(([pattern]) => pattern.test(key)) ?? [];
  if (hint !== undefined) return [about("webhook/obsolete-attribute", "obsolete attribute", hint)];
  return [about("webhook/unknown-attribute", "unknown attribute", attributeHint(key))];
}

function isBracketed(key: string): boolean {
  const open = key.indexOf("[");
  return key.endsWith("]") && open > 0 && open < key.length - 2;
}

function attributeHint(key: string): string {
  const [base = ""] = key.split("[", 1);
  const brackets = key.slice(base.length);
  const known = brackets === "" ? Object.keys(attributes) : Object.keys(families);
  const meant = closest(base, known);
  if (meant === undefined) return anyAttribute;
  return `did you mean \`${meant}${brackets}\`?`;
}
const anyAttribute = `one of ${[...Object.keys(attributes), ...Object.values(families)].join(", ")}`;
