import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import { groupOf } from "./kinds.ts";
import { type KnownFields, knownFieldsOf } from "./known-fields.ts";
import { isFields, type ParsedObject } from "./objects.ts";
import { didYouMean } from "./suggest.ts";

/**
 * Fields of inventory that are nearly one that there is: `lables` would silently be no labels, and policies would go past the workload.
 * The API server refuses them, or drops them for a lenient client (kubernetes/apimachinery:pkg/runtime/serializer/json/json.go).
 */
export function misspeltFields(object: ParsedObject): readonly Finding[] {
  const known = knownFieldsOf(`${groupOf(object).group}/${object.kind}`);
  const strangers: Stranger[] = [];
  lookAt(object.fields, known, [], strangers);
  return strangers.map(({ path, hint }) => {
    const [key, ...above] = path.toReversed();
    const part = above.find((step) => typeof step === "string");
    const where = part === undefined ? "" : ` in \`${part}\``;
    const message = `unknown field \`${String(key)}\`${where}`;
    return diagnose("schema/unknown-field", message, object.document.locateKey(path), hint);
  });
}

interface Stranger {
  readonly path: Path;
  readonly hint: string;
}

/** `path`: where the value is; written on the way down, and cleaned on the way up. */
function lookAt(
  value: unknown,
  known: KnownFields,
  path: (string | number)[],
  strangers: Stranger[],
): void {
  const goInto = (step: string | number, part: unknown, inner: KnownFields): void => {
    path.push(step);
    lookAt(part, inner, path, strangers);
    path.pop();
  };
  const each = known.inner.get("*");
  if (Array.isArray(value)) {
    if (each) for (const [index, item] of value.entries()) goInto(index, item, each);
    return;
  }
  if (!isFields(value)) return;
  for (const key of Object.keys(value)) {
    const inner = known.inner.get(key) ?? each;
    if (inner) goInto(key, value[key], inner);
    if (known.fields?.has(key) !== false) continue;
    const hint = didYouMean(key, [...known.fields]);
    if (hint !== undefined) strangers.push({ path: [...path, key], hint });
  }
}
