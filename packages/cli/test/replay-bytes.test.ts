import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { byteTable } from "../src/replay/bytes/byte-table.ts";
import { differsAt, plainEnd, viewOf } from "../src/replay/bytes/words.ts";

const few = fc.array(fc.constantFrom("a", "b", "é", "\u0000"), { maxLength: 11 });
const texts = fc.array(
  few.map((letters) => Buffer.from(letters.join(""))),
  { maxLength: 300 },
);

test("a table of texts numbers them as a Map does, wherever they stand", () => {
  fc.assert(
    fc.property(texts, fc.nat(9), (all, ahead) => {
      const table = byteTable();
      const known = new Map<string, number>();
      for (const text of all) {
        const bytes = Buffer.concat([Buffer.alloc(ahead, "a"), text, Buffer.from("b")]);
        const [from, to] = [ahead, ahead + text.length];
        const key = text.toString("hex");
        expect(table.find(bytes, from, to)).toBe(known.get(key) ?? -1);
        if (known.has(key)) continue;
        known.set(key, known.size);
        expect(table.add(bytes, from, to)).toBe(known.get(key));
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});

/** Bytes that are plain, but some. */
const mostlyPlain = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0x20, max: 0x7f }) },
    { weight: 1, arbitrary: fc.nat(255) },
    { weight: 1, arbitrary: fc.constantFrom(0x1f, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f, 0x80) },
  ),
  { maxLength: 40 },
);

test("the end of plain bytes is where a look at each finds it", () => {
  fc.assert(
    fc.property(mostlyPlain, fc.nat(40), (all, start) => {
      const from = Math.min(start, all.length);
      const isOdd = (byte: number, at: number): boolean =>
        at >= from && (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c);
      const found = all.findIndex(isOdd);
      expect(plainEnd(viewOf(Buffer.from(all)), from)).toBe(found < 0 ? all.length : found);
    }),
    { numRuns: 20_000, seed: 5 },
  );
});

test("where a stretch differs from what comes so much later is where a look at each byte finds it", () => {
  const repeated = fc
    .tuple(fc.array(fc.nat(2), { maxLength: 20 }), fc.array(fc.nat(2), { maxLength: 20 }))
    .map(([one, other]) => [...one, ...one, ...other]);
  fc.assert(
    fc.property(repeated, fc.nat(30), fc.nat(30), fc.nat(25), (all, start, length, ahead) => {
      const from = Math.min(start, all.length);
      const to = Math.min(from + length, all.length);
      const isSame = (at: number): boolean =>
        at + ahead < all.length && all[at] === all[at + ahead];
      let wanted = from;
      while (wanted < to && isSame(wanted)) wanted += 1;
      expect(differsAt(viewOf(Buffer.from(all)), from, to, ahead)).toBe(wanted);
    }),
    { numRuns: 20_000, seed: 6 },
  );
});
