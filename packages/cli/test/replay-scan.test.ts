import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { flatJson, kinds } from "../src/replay/bytes/flat-json.ts";
import { line, mutated, names } from "./drawn-logs.ts";

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
