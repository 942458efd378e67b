import {
  booleanOf,
  fieldsOf,
  listOf,
  numberOf,
  textMapOf,
  textOf,
  textsOf,
} from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

const inherited = [
  ...["rewrite", "directResponse", "timeout", "retries", "fault", "mirror", "mirrorPercent"],
  ...["mirrorPercentage", "corsPolicy", "mirrors", "headers"],
];

/**
 * A rule of a delegate under the rule that delegates to it: its matches narrowed, what it does not say inherited. Undefined where a
 * match of the delegate fits none of the root's. Follows istio/istio:pilot/pkg/model/virtualservice.go mergeHTTPRoute.
 */
export function delegated(root: Fields, rule: Fields): Fields | undefined {
  const match = mergedMatches(listOf(root["match"]), listOf(rule["match"]));
  if (match === undefined) return undefined;
  const { match: _match, ...own } = rule;
  const absent = inherited.filter((field) => own[field] === undefined && root[field] !== undefined);
  const name = joinedName(textOf(root["name"]), textOf(rule["name"]));
  return {
    ...own,
    ...Object.fromEntries(absent.map((field) => [field, root[field]])),
    ...(name === "" ? {} : { name }),
    ...(match.length === 0 ? {} : { match }),
  };
}

function joinedName(root: string | undefined, own: string | undefined): string {
  return [root, own].filter((name) => name !== undefined && name !== "").join("-");
}

function mergedMatches(
  root: readonly unknown[],
  own: readonly unknown[],
): readonly Fields[] | undefined {
  if (root.length === 0 || own.length === 0) return [...root, ...own].map(fieldsOf);
  const merged = own.map(fieldsOf).map((match) =>
    root
      .map(fieldsOf)
      .filter((above) => !conflicts(above, match))
      .map((above) => mergedMatch(above, match)),
  );
  return merged.some((matches) => matches.length === 0) ? undefined : merged.flat();
}

const texts = ["uri", "scheme", "method", "authority"] as const;
const maps = ["headers", "withoutHeaders", "queryParams", "sourceLabels"] as const;

function mergedMatch(root: Fields, own: Fields): Fields {
  const plain = [...texts, "port", "sourceNamespace", "gateways"].filter(
    (field) => isEmpty(own[field]) && !isEmpty(root[field]),
  );
  const joined = maps.filter((field) => root[field] !== undefined);
  const name = joinedName(textOf(root["name"]), textOf(own["name"]));
  return {
    ...own,
    ...Object.fromEntries(plain.map((field) => [field, root[field]])),
    ...Object.fromEntries(
      joined.map((field) => [field, { ...fieldsOf(root[field]), ...fieldsOf(own[field]) }]),
    ),
    ...(name === "" ? {} : { name }),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === 0 ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** `virtualservice.go`, hasConflict */
function conflicts(root: Fields, own: Fields): boolean {
  return (
    texts.some((field) => differs(root[field], own[field])) ||
    (["headers", "withoutHeaders", "queryParams"] as const).some((field) =>
      Object.entries(fieldsOf(own[field])).some(([name, value]) =>
        differs(fieldsOf(root[field])[name], value),
      ),
    ) ||
    (booleanOf(root["ignoreUriCase"]) ?? false) !== (booleanOf(own["ignoreUriCase"]) ?? false) ||
    portDiffers(root, own) ||
    sourceDiffers(root, own) ||
    gatewaysDiffer(root, own)
  );
}

function portDiffers(root: Fields, own: Fields): boolean {
  const [above, below] = [root, own].map((match) => numberOf(match["port"]) ?? 0);
  return above !== 0 && below !== 0 && above !== below;
}

function sourceDiffers(root: Fields, own: Fields): boolean {
  const space = textOf(root["sourceNamespace"]) ?? "";
  const labels = textMapOf(root["sourceLabels"]);
  return (
    (space !== "" && textOf(own["sourceNamespace"]) !== space) ||
    Object.entries(textMapOf(own["sourceLabels"])).some(
      ([key, value]) => labels[key] !== undefined && labels[key] !== value,
    )
  );
}

function gatewaysDiffer(root: Fields, own: Fields): boolean {
  const above = textsOf(root["gateways"]);
  const below = textsOf(own["gateways"]);
  if (!above || !below) return false;
  return above.length < below.length || below.some((name) => !above.includes(name));
}

/** Whether a text of the delegate is no narrower one: any expression beside anything, or what does not start alike. */
function differs(root: unknown, own: unknown): boolean {
  if (root === undefined || own === undefined) return false;
  const above = textsIn(root);
  const below = textsIn(own);
  const says = ({ exact, prefix, regex }: Texts): boolean => `${exact}${prefix}${regex}` !== "";
  if ((above.regex && says(below)) || (below.regex && says(above))) return true;
  if (above.exact) return below.prefix !== "" || below.exact !== above.exact;
  const narrower = below.prefix || below.exact;
  return above.prefix === "" || narrower === "" || !narrower.startsWith(above.prefix);
}

interface Texts {
  readonly exact: string;
  readonly prefix: string;
  readonly regex: string;
}

function textsIn(value: unknown): Texts {
  const { exact, prefix, regex } = fieldsOf(value);
  return { exact: textOf(exact) ?? "", prefix: textOf(prefix) ?? "", regex: textOf(regex) ?? "" };
}
