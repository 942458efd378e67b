import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Path, Span } from "../src/model/place.ts";
import { parseDocuments } from "../src/parse/document.ts";
import { parseFully } from "../src/parse/full-yaml.ts";
import { isFields } from "../src/parse/objects.ts";
import { plainPlaces, plainReader, readPlain } from "../src/parse/plain-yaml.ts";
import { splitDocuments } from "../src/parse/split.ts";
import { random } from "./drawn-rules.ts";
import { drawn, mutated } from "./drawn-yaml.ts";

const root = join(import.meta.dirname, "../../..");
const texts = ["policies", "packages/engine/test", "packages/testkit/test", "docs"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, folder, name),
    ),
  )
  .filter((path) => /\.(?:ya?ml|md)$/.test(path))
  .map((path) => readFileSync(path, "utf8"))
  .flatMap((text) =>
    text.includes("```")
      ? [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code)
      : [text],
  );
const parts = texts.flatMap((text) => [...splitDocuments(text).values()]);

/** A text as one document of the plain reader; `undefined` where it reads none, or another one follows. */
function plainValue(text: string): { readonly value: unknown } | undefined {
  const reader = plainReader(text);
  const value = readPlain(reader, 0);
  return value !== undefined && reader.at >= text.length ? { value } : undefined;
}

/** Both readers, where the plain one reads at all: what they read, and where each key and value of it is. */
function agreed(text: string): boolean {
  const plain = plainValue(text);
  if (!plain) return false;
  const { documents, findings } = parseFully({ path: "a.yaml", text });
  expect({ text, values: documents.map(({ value }) => value), findings }).toEqual({
    text,
    values: [plain.value],
    findings: [],
  });
  const places = plainPlaces(text, 0);
  const paths = [...pathsOf(plain.value, []), ["nowhere"], ["metadata", "nowhere", 0]];
  const found = paths.map((path) => [path, places(path)] as const);
  const [document] = documents;
  expect({ text, found: found.map(([path, at]) => [path, at.value, at.key ?? at.value]) }).toEqual({
    text,
    found: paths.map((path) => [
      path,
      span(document?.locate(path)),
      span(document?.locateKey(path)),
    ]),
  });
  return true;
}

function span(at: Span | undefined): Omit<Span, "file"> | undefined {
  return at && { start: at.start, end: at.end };
}

test("what the plain reader reads is what the full parser reads, and most of what people write is plain", () => {
  const read = parts.filter(agreed);
  expect(read.length).toBeGreaterThan(parts.length / 2);
});

test.each([1, 2, 3, 4])(
  "the two agree on mutated documents, or the plain one leaves it (seed %i)",
  (seed) => {
    const pick = random(seed);
    let read = 0;
    for (let count = 0; count < 1500; count += 1)
      if (agreed(mutated(parts[pick(parts.length)] ?? "", pick))) read += 1;
    expect(read).toBeGreaterThan(100);
  },
);

test.each([1, 2, 3])(
  "the two agree on drawn documents, or the plain one leaves it (seed %i)",
  (seed) => {
    const pick = random(seed);
    let read = 0;
    for (let count = 0; count < 1500; count += 1) if (agreed(drawn(pick))) read += 1;
    expect(read).toBeGreaterThan(100);
  },
);

test.each(["%: 1", '"%": 1', "a: {%: 1}", '- {a: 1, "%": 1}'])(
  "a key that is too long before its colon is no key: %s",
  (form) => {
    const long = form.replace("%", "k".repeat(1100));
    expect(plainValue(long)).toBeUndefined();
    expect(parseDocuments({ path: "a", text: long }).findings).toHaveLength(
      parseFully({ path: "a", text: long }).findings.length,
    );
    expect(agreed(form.replace("%", "k".repeat(900)))).toBe(true);
  },
);

function pathsOf(value: unknown, path: Path): readonly Path[] {
  if (Array.isArray(value))
    return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (!isFields(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

const readable = parts
  .slice(0, 80)
  .flatMap((text, index) =>
    parseFully({ path: "a", text }).documents.map((full) => ({ index, text, full })),
  );

test.each(readable)(
  "keys and values are where the full parser finds them, also in JSON (document $index)",
  ({ text, full }) => {
    const pretty = JSON.stringify(full.value, null, 2) ?? "";
    for (const source of [text, pretty, ` ${JSON.stringify(full.value) ?? ""} `]) {
      const [wanted] = parseFully({ path: "a", text: source }).documents;
      const [found] = parseDocuments({ path: "a", text: source }).documents;
      const paths = [...pathsOf(full.value, []), ["nowhere"], ["metadata", "nowhere", 0]];
      for (const path of paths) {
        expect([path, found?.locate(path)]).toEqual([path, wanted?.locate(path)]);
        expect([path, found?.locateKey(path)]).toEqual([path, wanted?.locateKey(path)]);
      }
    }
  },
);

test("a file of several documents is read as a whole would be", () => {
  for (const text of texts) {
    const cut = parseDocuments({ path: "a", text });
    const whole = parseFully({ path: "a", text });
    expect(cut.documents.map(({ value }) => value)).toEqual(
      whole.documents.map(({ value }) => value),
    );
    expect(cut.findings).toEqual(whole.findings);
    expect(cut.documents.map(({ locate }) => locate(["spec"]))).toEqual(
      whole.documents.map(({ locate }) => locate(["spec"])),
    );
  }
});

test.each([
  "a:\n- '1'\nb:\n- 1\nc:\n- '1'\nd:\n- \"1\"\ne:\n- 1\n",
  "a:\n- 'it''s'\nb:\n- it's\nc:\n- 'it''s'\n",
  "a:\n- b\n- b\nc:\n- b\nd: b\nb:\n- c: b\n",
  "a:\n- \nb:\n- ''\nc:\n- ~\nd:\n- ''\n",
  "a: \u00e9\u{1f600}\nb: [\u00e9\u{1f600}]\n\u00e9: e\n",
  "a: b\u0000",
  `${"a".repeat(49)}: ${"b".repeat(49)}\n`,
])("words that came before are read as if they came for the first time: %j", (text) => {
  const many = `${text}---\n`.repeat(3);
  const cut = parseDocuments({ path: "a", text: many });
  const whole = parseFully({ path: "a", text: many });
  expect(cut.documents.map(({ value }) => value)).toEqual(
    whole.documents.map(({ value }) => value),
  );
  expect(cut.findings).toEqual(whole.findings);
  for (const [index, { locate }] of cut.documents.entries())
    expect([locate(["b", 0]), locate(["b"])]).toEqual([
      whole.documents[index]?.locate(["b", 0]),
      whole.documents[index]?.locate(["b"]),
    ]);
});

test("a mapping is as plain as any other, whatever number of keys it has", () => {
  for (let keys = 1; keys < 20; keys += 1) {
    const text = Array.from({ length: keys }, (_, index) => `k${index}: ${index}\n`).join("");
    const value = plainValue(text)?.value;
    expect(value).toStrictEqual(parseFully({ path: "a", text }).documents[0]?.value);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  }
});
