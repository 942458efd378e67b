import { expect, test } from "vitest";
import { judge } from "../src/admit/judge.ts";
import { loadMesh } from "../src/load.ts";
import type { Path } from "../src/model/place.ts";
import type { Fields } from "../src/parse/objects.ts";
import type { Remark } from "../src/parse/remark.ts";
import { resolveRelease } from "../src/release.ts";
import { recorded } from "./recorded.ts";

interface Answer {
  readonly accepted: boolean;
  readonly message: string | null;
  readonly causes?: readonly { readonly field: string }[];
  readonly storedSpec?: unknown;
}
interface Line extends Answer {
  readonly name: string;
  readonly object: Fields & { readonly kind: string };
  readonly withFieldValidationWarn?: Answer; // what a lenient client gets, where it differs
}

const lines = recorded<Line>("admission-apiserver.jsonl");
const release = resolveRelease("1.31");
if ("unknown" in release) throw new Error("no release 1.31");

/** What no file shows: the server did not have the namespace. */
const unknowable: readonly string[] = ["a namespace that does not exist"];
/** What is not JSON of the kind any more, or has no name: said on loading, before admission. */
const beforeAdmission: readonly string[] = [
  "no name",
  "annotation as a number",
  "v1alpha1, not served",
];

/** Whether the API server would take it; the webhook is not asked in these recordings. */
function isAccepted({ object }: Line, admission: "enforce" | "prune"): boolean {
  const files = [{ path: "object.json", text: JSON.stringify(object, null, 2) }];
  const { findings } = loadMesh({ files, istio: "1.31", admission, allowEmpty: true });
  const isRefusal = /^(?:schema|load)\//;
  return !findings.some(({ code, severity }) => isRefusal.test(code) && severity === "error");
}

const named = (line: Line): readonly [string, Line] => [line.name, line];

test.each(lines.filter(({ name }) => !unknowable.includes(name)).map(named))(
  "as the API server answered a strict and a lenient client: %s",
  (_, line) => {
    const lenient = line.withFieldValidationWarn ?? line;
    expect([isAccepted(line, "enforce"), isAccepted(line, "prune")]).toEqual([
      line.accepted,
      lenient.accepted,
    ]);
  },
);

test("what was stored is what a lenient client's object comes to", () => {
  const stored = lines.flatMap((line) => {
    const { storedSpec } = line.withFieldValidationWarn ?? line;
    return storedSpec === undefined ? [] : [{ line, storedSpec }];
  });
  expect(stored.length).toBeGreaterThan(10);
  for (const { line, storedSpec } of stored)
    expect(judge(line.object.kind, line.object, release).stored["spec"]).toEqual(storedSpec);
});

/** As the API server writes a path; where it has brackets around a key, a dot stands here. */
function fieldOf(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

function faultedFields({ message, causes = [] }: Answer): readonly string[] {
  const fields = causes.map(({ field }) => field.replace(/\[([^\d\]][^\]]*)\]/g, ".$1"));
  const unknown = [...(message ?? "").matchAll(/unknown field "([^"]+)"/g)].map(
    ([, field]) => field,
  );
  return [...fields, ...unknown].flatMap((field) => (field && field !== "<nil>" ? [field] : []));
}

/** A rule of the CRD may speak of a whole part where the fault is one key of it, and of a list where it is an item. */
function isNear(field: string, remark: Remark): boolean {
  const own = fieldOf(remark.path);
  return own.startsWith(field) || field.startsWith(own);
}

test.each(
  lines
    .filter(
      ({ name, accepted }) => !accepted && ![...unknowable, ...beforeAdmission].includes(name),
    )
    .map(named),
)("each cause has a remark at its field, and no remark is without one: %s", (_, line) => {
  const { unknown, crd } = judge(line.object.kind, line.object, release);
  const remarks = [...unknown, ...crd];
  const fields = faultedFields(line);
  expect(fields.filter((field) => !remarks.some((remark) => isNear(field, remark)))).toEqual([]);
  expect(remarks.filter((remark) => !fields.some((field) => isNear(field, remark)))).toEqual([]);
});
