import { Buffer } from "node:buffer";
import { nativeJson } from "@meshproof/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlatJson, flatJson } from "../src/replay/bytes/flat-json.ts";
import { kinds } from "../src/replay/bytes/json-values.ts";
import { alikeLines, line, mutated, names } from "./drawn-lines.ts";

/** What a scan says of a line: its members of some names as values, and names of texts. Undefined: it leaves the line alone. */
function scanned(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  const object = flatJson(names);
  const bytes = Buffer.concat([Buffer.from("x\n"), line, Buffer.from("\n{}\n")]);
  const end = object.scan(bytes, 2);
  if (end < 0) return undefined;
  expect(end).toBe(2 + line.length);
  const present = names.flatMap((name, at): [string, unknown][] => {
    const text = bytes.toString("latin1", object.starts[at], object.ends[at]);
    switch (object.kinds[at]) {
      case kinds.text:
        return [[name, text]];
      case kinds.number:
        return [[name, Number(text)]];
      case kinds.null:
        return [[name, null]];
      case kinds.object:
        return [[name, {}]];
      default:
        return [];
    }
  });
  return { ...Object.fromEntries(present), ...wordsOf(object) };
}

function wordsOf({ noted }: FlatJson): Readonly<Record<string, unknown>> {
  const words = noted.bytes.toString("latin1", 0, noted.length()).split("\u0004").slice(0, -1);
  return words.length === 0 ? {} : { "o.t.*": new Set(words) };
}

/** The same of what `JSON.parse` reads. */
function read(value: unknown): Readonly<Record<string, unknown>> {
  const all = { ...membersIn(value, ""), ...membersIn(member(value, "o"), "o.") };
  const texts = member(member(value, "o"), "t");
  const words = isObject(texts) ? Object.entries(texts) : [];
  for (const [, text] of words) expect(text).toBeTypeOf("string");
  return words.length === 0 ? all : { ...all, "o.t.*": new Set(words.map(([word]) => word)) };
}

function membersIn(value: unknown, prefix: string): Readonly<Record<string, unknown>> {
  const looked = names.map((name) => name.slice(prefix.length));
  const own = isObject(value) ? Object.entries(value) : [];
  const found = own.filter(([key]) => looked.includes(key) && names.includes(`${prefix}${key}`));
  return Object.fromEntries(
    found.map(([key, inner]) => [`${prefix}${key}`, isObject(inner) ? {} : inner]),
  );
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

test("a scan finds what JSON.parse reads, or leaves the line to it", () => {
  let taken = 0;
  let within = 0;
  const holds = (bytes: Buffer): void => {
    const found = scanned(bytes);
    if (found === undefined) return;
    taken += 1;
    if (found["o.t.*"] !== undefined) within += 1;
    expect(found).toEqual(read(nativeJson(bytes.toString("utf8"))));
    expect(bytes.toString("utf8")).toBe(bytes.toString("latin1"));
  };
  const plain = line.map((whole) => Buffer.from(whole));
  fc.assert(fc.property(fc.oneof(plain, mutated), holds), { numRuns: 20_000, seed: 7 });
  expect(taken).toBeGreaterThan(3000);
  expect(within).toBeGreaterThan(100);
});

test.each([
  ['{"a":"x","bc":12,"to":null}', { a: "x", bc: 12, to: null }],
  ['{"a": "x", "z": "y"}\r', { a: "x" }],
  ['{"a":"x","a":"y"}', undefined],
  ['{"z":1,"z":2}', {}],
  ['{"a":"x"', undefined],
  ['{"a":"\u00e9"}', undefined],
  ['{"a":{}}', undefined],
  [
    '{"o":{"a":1,"t":{"x":"y","z":""}}}',
    { o: {}, "o.a": 1, "o.t": {}, "o.t.*": new Set(["x", "z"]) },
  ],
  ['{"o":{"a":1},"o":{"t":{}}}', undefined],
  ['{"o":{"t":{"x":1}}}', undefined],
  ['{"o":{"b":{}}}', undefined],
  ["{}", {}],
])("of %j it finds %j", (whole, found) => {
  expect(scanned(Buffer.from(whole))).toEqual(found);
});

/** What a scan says of a line at a place, whatever else it has scanned. */
function foundAt(object: FlatJson, bytes: Buffer, at: number): readonly unknown[] {
  const end = object.scan(bytes, at);
  if (end < 0) return [];
  const members = names.map((_, name) => {
    const kind = object.kinds[name];
    const hasPlace = kind !== kinds.absent && kind !== kinds.object;
    return hasPlace ? [kind, object.starts[name], object.ends[name]] : [kind];
  });
  return [end, object.strangers(), members];
}

test("of a line that is like the one before a scan finds what it finds of that line alone, and says what is the same", () => {
  let alike = 0;
  const valuesOf = (object: FlatJson, bytes: Buffer): readonly string[] =>
    names.map((_, name) => {
      const kind = object.kinds[name];
      const text = bytes.toString("latin1", object.starts[name], object.ends[name]);
      return kind === kinds.absent || kind === kinds.object ? `${kind}` : `${kind}${text}`;
    });
  fc.assert(
    fc.property(alikeLines, (lines) => {
      const bytes = Buffer.concat(lines.flatMap((each) => [each, Buffer.from("\n")]));
      const object = flatJson(names);
      let before: readonly string[] = [];
      let at = 0;
      for (const each of lines) {
        const found = foundAt(object, bytes, at);
        expect([at, found]).toEqual([at, foundAt(flatJson(names), bytes, at)]);
        const values = found.length === 0 ? [] : valuesOf(object, bytes);
        if (found.length > 0 && object.isAlike()) {
          alike += 1;
          const kept = (own: readonly string[]): readonly string[] =>
            own.filter((_, name) => object.changed[name] === 0);
          expect(kept(values)).toEqual(kept(before));
        }
        before = values;
        at += each.length + 1;
      }
    }),
    { numRuns: 3000, seed: 9 },
  );
  expect(alike).toBeGreaterThan(2000);
});
