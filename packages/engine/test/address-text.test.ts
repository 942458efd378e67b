import { expect, test } from "vitest";
import { addressText, parseAddress } from "../src/match/address.ts";

test.each([
  ["10.1.2.3", "10.1.2.3"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
  ["0:0:0:0:0:0:0:0", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["::ffff:10.1.2.4", "::ffff:10.1.2.4"],
  ["::10.1.2.4", "::10.1.2.4"],
  ["10:0:0:a0:0:0:0:100", "10:0:0:a0::100"],
])("a proxy writes %s as %s", (text, written) => {
  const address = parseAddress(text);
  expect(address && addressText(address)).toBe(written);
});
