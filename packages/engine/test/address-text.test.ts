import { expect, test } from "vitest";
import { addressText, goAddressText, parseAddress, plainAddress } from "../src/match/address.ts";

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

test.each([
  ["10.1.2.3", "10.1.2.3"],
  ["::ffff:10.1.2.4", "::ffff:10.1.2.4"],
  ["::10.1.2.4", "::a01:204"],
  ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
])("istiod writes %s as %s", (text, written) => {
  const address = parseAddress(text);
  expect(address && goAddressText(address)).toBe(written);
});

test.each([
  ["2001:DB8:0:0::7", "2001:db8::7"],
  ["::FFFF:10.96.0.7", "10.96.0.7"],
  ["::ffff:a60:7", "10.96.0.7"],
  ["::10.96.0.7", "::10.96.0.7"],
  ["10.96.0.7", "10.96.0.7"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["2001:db8::/32", "2001:db8::/32"],
  ["api.example.com", "api.example.com"],
])("%s is %s to who connects to it", (text, plain) => {
  expect(plainAddress(text)).toBe(plain);
});
