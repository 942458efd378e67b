import { expect, test } from "vitest";
import { integer, objectId, sequence, tagged } from "../src/webhook/manifests/der.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** X.690, 8.1.3: up to 127 in one byte, and then how many bytes hold it. */
test.each([
  [0, "0400"],
  [127, "047f"],
  [128, "048180"],
  [255, "0481ff"],
  [256, "04820100"],
  [65_536, "0483010000"],
])("a body of %i bytes has its length in front", (length, head) => {
  expect(hex(tagged(0x04, new Uint8Array(length))).slice(0, head.length)).toBe(head);
});

test("numbers stay positive, and names are of base 128", () => {
  expect(hex(integer(Buffer.from([0x7f])))).toBe("02017f");
  expect(hex(integer(Buffer.from([0x80])))).toBe("02020080");
  expect(hex(objectId("1.2.840.113549.1.1.11"))).toBe("06092a864886f70d01010b");
  expect(hex(sequence(integer(Buffer.from([1])), integer(Buffer.from([2]))))).toBe(
    "3006020101020102",
  );
});
