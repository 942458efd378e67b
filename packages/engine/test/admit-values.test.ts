import { expect, test } from "vitest";
import { isDuration, isWholeDuration, parseDuration } from "../src/admit/duration.ts";
import { parseJwkSet } from "../src/admit/jwk-set.ts";
import { isRequestUri, parseUrl } from "../src/admit/url.ts";
import { recorded } from "./recorded.ts";

type Line =
  | { readonly duration: string; readonly nanoseconds: string | null }
  | {
      readonly url: string;
      readonly isRequestUri: boolean;
      readonly scheme?: string;
      readonly port?: string;
    }
  | { readonly jwks: string; readonly error?: string; readonly secret?: readonly number[] };

const lines = recorded<Line>("admission-values.jsonl");

test.each(lines.flatMap((line) => ("duration" in line ? [[line.duration, line] as const] : [])))(
  "a duration is read as Go reads it: %s",
  (text, { nanoseconds }) => {
    expect(parseDuration(text)).toBe(nanoseconds === null ? undefined : BigInt(nanoseconds));
  },
);

test.each(lines.flatMap((line) => ("url" in line ? [[line.url, line] as const] : [])))(
  "a URL is read as Go reads it: %s",
  (text, { isRequestUri: wanted, scheme, port }) => {
    expect(isRequestUri(text)).toBe(wanted);
    expect(parseUrl(text)).toEqual(scheme === undefined ? undefined : { scheme, port });
  },
);

test.each(lines.flatMap((line) => ("jwks" in line ? [[line.jwks, line] as const] : [])))(
  "a key set is read as istiod's webhook reads it: %s",
  (text, { error, secret }) => {
    const set = parseJwkSet(text);
    expect(set.fault === undefined).toBe(error === undefined);
    if (set.fault === undefined) expect(set.secret).toEqual(secret);
  },
);

test("what is a duration at first sight is one when it is read", () => {
  const numbers = [
    "0",
    "1",
    "7",
    "30",
    "999",
    "1500",
    "9999999",
    "99999999",
    "-5",
    "1.5",
    "",
    "01",
  ];
  const units = ["ns", "us", "ms", "s", "m", "h", "", "d", "ms1s"];
  for (const text of numbers.flatMap((number) => units.map((unit) => number + unit))) {
    const read = parseDuration(text) ?? 0n;
    expect([text, isDuration(text)]).toEqual([text, read >= 1_000_000n]);
    expect([text, isWholeDuration(text)]).toEqual([
      text,
      read >= 1_000_000n && read % 1_000_000n === 0n,
    ]);
  }
});
