import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import { groupOf } from "./kinds.ts";
import { type KnownFields, knownFieldsOf } from "./known-fields.ts";
import { isFields, type ParsedObject } from "./objects.ts";
import { didYouMean } from "./suggest.ts";

/**
 * Fields of inventory that there are not. One that is nearly a known one is an error: `lables` would silently be no labels, and
 * policies would go past the workload. Of any other a warning says that nothing is read from it: a newer release may have it. The API
 * server refuses them, or drops them for a lenient client (kubernetes/apimachinery:pkg/runtime/serializer/json/json.go).
 */
export function unknownFields(object: ParsedObject): readonly Finding[] {
  const known = knownFieldsOf(`${groupOf(object).group}/${object.kind}`);
  const strangers: Stranger[] = [];
  lookAt(object.fields, known, [], strangers);
  return strangers.map(({ path, hint, known: beside }) => {
    const [key, ...above] = path.toReversed();
    const part = above.find((step) => typeof step === "string");
    const where = part === undefined ? "" : ` in \`${part}\``;
    const at = object.document.locateKey(path);
    if (hint !== undefined)
      return diagnose("schema/unknown-field", `unknown field \`${String(key)}\`${where}`, at, hint);
    const message = `nothing is read from \`${String(key)}\`${where}: no such field is known`;
    const isFew = beside.length <= mostListed;
    const listed = isFew
      ? `one of ${beside.join(", ")}`
      : "remove it, unless a newer release has it";
    return diagnose("schema/unread-field", message, at, listed);
  });
}

const mostListed = 14;

interface Stranger {
  readonly path: Path;
  readonly hint: string | undefined; // what was probably meant
  readonly known: readonly string[]; // what may stand there
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
    const names = [...known.fields];
    strangers.push({ path: [...path, key], hint: didYouMean(key, names), known: names });
  }
}
