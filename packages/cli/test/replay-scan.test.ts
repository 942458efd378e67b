import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlatJson, flatJson } from "../src/replay/bytes/flat-json.ts";
import { kinds } from "../src/replay/bytes/json-values.ts";
import { alikeLines, line, mutated, names } from "./drawn-logs.ts";

/** What a scan says of a line: its members of some names as values. Undefined: it leaves the line alone. */
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
      default:
        return [];
    }
  });
  return Object.fromEntries(present);
}

test("a scan finds what JSON.parse reads, or leaves the line to it", () => {
  let taken = 0;
  const holds = (bytes: Buffer): void => {
    const found = scanned(bytes);
    if (found === undefined) return;
    taken += 1;
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    const read = Object.entries(value ?? {}).filter(([key]) => names.includes(key));
    expect(found).toEqual(Object.fromEntries(read));
    expect(bytes.toString("utf8")).toBe(bytes.toString("latin1"));
  };
  const plain = line.map((whole) => Buffer.from(whole));
  fc.assert(fc.property(fc.oneof(plain, mutated), holds), { numRuns: 20_000, seed: 7 });
  expect(taken).toBeGreaterThan(5000);
});

test.each([
  ['{"a":"x","bc":12,"to":null}', { a: "x", bc: 12, to: null }],
  ['{"a": "x", "z": "y"}\r', { a: "x" }],
  ['{"a":"x","a":"y"}', undefined],
  ['{"z":1,"z":2}', {}],
  ['{"a":"x"', undefined],
  ['{"a":"\u00e9"}', undefined],
  ['{"a":{}}', undefined],
  ["{}", undefined],
])("of %j it finds %j", (whole, found) => {
  expect(scanned(Buffer.from(whole))).toEqual(found);
});

/** What a scan says of a line at a place, whatever else it has scanned. */
function foundAt(object: FlatJson, bytes: Buffer, at: number): readonly unknown[] {
  const end = object.scan(bytes, at);
  if (end < 0) return [];
  const members = names.map((_, name) => {
    const kind = object.kinds[name];
    return kind === kinds.absent ? [] : [kind, object.starts[name], object.ends[name]];
  });
  return [end, object.count(), members];
}

test("of a line that is like the one before a scan finds what it finds of that line alone, and says what is the same", () => {
  let alike = 0;
  const valuesOf = (object: FlatJson, bytes: Buffer): readonly string[] =>
    names.map((_, name) => {
      const kind = object.kinds[name];
      const text = bytes.toString("latin1", object.starts[name], object.ends[name]);
      return kind === kinds.absent ? "" : `${kind}${text}`;
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
  expect(alike).toBeGreaterThan(3000);
});
