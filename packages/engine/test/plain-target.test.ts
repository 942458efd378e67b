import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pathInBytes, plainPathEnd, plainPathLength } from "../src/evaluate/plain-target.ts";

const target = fc.oneof(
  fc.stringMatching(/^\/[a-z0-9/.?=%&~;é]{0,20}$/),
  fc.array(fc.nat(255), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
);

test("a path among bytes is plain where its text is, and is as long", () => {
  let plain = 0;
  fc.assert(
    fc.property(target, fc.nat(5), (text, ahead) => {
      const bytes = Buffer.from(`${"/".repeat(ahead)}${text}/`, "latin1");
      const length = plainPathLength(text);
      const [from, to] = [ahead, ahead + text.length];
      expect(plainPathEnd(bytes, from, to)).toBe(length < 0 ? -1 : ahead + length);
      const held = pathInBytes();
      const asked = {
        ...{ method: "GET", bytes, target: { from, to } },
        text: (start: number, end: number) => bytes.toString("latin1", start, end),
      };
      expect(held.take(asked)).toBe(length >= 0);
      if (length < 0) return;
      plain += 1;
      expect(held.path).toBe(text.slice(0, length));
      const { pathIn } = held;
      expect([pathIn.bytes, pathIn.from, pathIn.to]).toEqual([bytes, from, from + length]);
    }),
    { numRuns: 5000, seed: 4 },
  );
  expect(plain).toBeGreaterThan(500);
});
