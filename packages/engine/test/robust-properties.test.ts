import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { canonicalPath } from "../src/envoy/http/canonical-path.ts";
import { parseAddress, parseCidr } from "../src/match/address.ts";
import { matches, matchesText } from "../src/match/matches.ts";
import {
  parsePrincipal,
  parseServiceAccount,
  parseText,
  sequence,
} from "../src/match/parse-text.ts";
import { parsePathTemplate } from "../src/match/path-template.ts";
import { matchesRe2 } from "../src/match/re2.ts";
import type { Piece } from "../src/model/rule.ts";
import { pieces, runs, small } from "./fuzz/arbitraries.ts";

vi.setConfig({ testTimeout: 1_000_000 }); // a long run tries more

describe("paths", () => {
  test("in canonical form are their own canonical form, without dot segments", () => {
    fc.assert(
      fc.property(small("/.%2eEfF5cC;\\a0\x80", 24), (path) => {
        const canonical = canonicalPath(path);
        if (canonical === undefined) return;
        expect(canonicalPath(canonical)).toBe(canonical);
        expect(canonical.split("/")).not.toContain("..");
        expect(canonical.split("/")).not.toContain(".");
      }),
      runs,
    );
  });

  const part = fc.constantFrom("{*}", "{**}", "a", "b.c", "*", "**", "{x}", "{y=a/*}");
  test("match a template as its regular expression says", () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        small("/abc.", 10),
        (parts, value) => {
          const parsed = parsePathTemplate(`/${parts.join("/")}`);
          if (!("text" in parsed)) return;
          const inside = "a-zA-Z0-9\\-._~%!$&'()+,;:@=*";
          const source = parts
            .map((each) =>
              each
                .replace(/^\{(\*\*?)\}$/, "$1")
                .replace("{x}", "*")
                .replace("{y=a/*}", "a/*"),
            )
            .map((each) =>
              each
                .replaceAll(".", "\\.")
                .replaceAll("**", "Q")
                .replaceAll("*", `[${inside}]+`)
                .replaceAll("Q", `[${inside}/]*`),
            );
          expect(matchesText(parsed.text, `/${value}`)).toBe(
            new RegExp(`^/${source.join("/")}$`).test(`/${value}`),
          );
        },
      ),
      runs,
    );
  });
});

const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

describe("patterns", () => {
  const classes = {
    any: "[^\\n]",
    segment: "[^/]",
    template: "[A-Za-z0-9\\-._~%!$&'()+,;:@=*]",
    "template-or-slash": "[/A-Za-z0-9\\-._~%!$&'()+,;:@=*]",
  };
  const sourceOf = (piece: Piece): string =>
    typeof piece === "string"
      ? escape(piece)
      : `${classes[piece.run]}${piece.min === 0 ? "*" : "+"}`;

  test("of pieces match as a regular expression would", () => {
    fc.assert(
      fc.property(pieces, small("ab/\n|", 8), (all, value) => {
        expect(matchesText(sequence(all), value)).toBe(
          new RegExp(`^${all.map(sourceOf).join("")}$`).test(value),
        );
      }),
      runs,
    );
  });

  test("with one star match what begins or ends so", () => {
    fc.assert(
      fc.property(small("ab*", 4), small("ab*", 6), (pattern, value) => {
        const inner =
          pattern === "*"
            ? ".+"
            : pattern.startsWith("*")
              ? `.*${escape(pattern.slice(1))}`
              : pattern.endsWith("*")
                ? `${escape(pattern.slice(0, -1))}.*`
                : escape(pattern);
        expect(matchesText(parseText(pattern), value)).toBe(new RegExp(`^${inner}$`).test(value));
      }),
      runs,
    );
  });

  const literal = { namespaces: true, serviceAccounts: true };
  test("of principals match identities", () => {
    fc.assert(
      fc.property(small("ab*/", 4), small("ab/", 6), (pattern, rest) => {
        const value = `spiffe://${rest}`;
        const inner =
          pattern === "*"
            ? ".+"
            : pattern.startsWith("*")
              ? `spiffe:\\/\\/.*${escape(pattern.slice(1))}`
              : pattern.endsWith("*")
                ? `spiffe:\\/\\/${escape(pattern.slice(0, -1))}.*`
                : `spiffe:\\/\\/${escape(pattern)}`;
        expect(matchesText(parsePrincipal(pattern, literal), value)).toBe(
          new RegExp(`^${inner}$`).test(value),
        );
      }),
      runs,
    );
  });

  test("of service accounts match as Istio's expression does", () => {
    const name = small("ab", 2);
    const parts = fc.array(fc.constantFrom("a", "b", "ns", "sa", "/", "", "ab"), { maxLength: 9 });
    fc.assert(
      fc.property(name, name, parts, (namespace, account, path) => {
        const value = `spiffe://${path.join("/")}`;
        const expression = new RegExp(`^spiffe://.+/ns/${namespace}/(.+/|)sa/${account}(/.+)?$`);
        const texts = parseServiceAccount(`${namespace}/${account}`, "x", literal);
        expect(texts.some((text) => matchesText(text, value))).toBe(expression.test(value));
      }),
      runs,
    );
  });

  const expression = fc.letrec<{ all: string; one: string }>((tie) => ({
    one: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("a", "b", "/", ".", "[ab]", "[^a]", "\\d", "\\w", "\\.", "\\b", "^", "$"),
      fc
        .tuple(tie("all"), fc.constantFrom("", "*", "+", "?", "{2}", "{0,2}", "*?"))
        .map(([all, times]) => `(?:${all})${times}`),
    ),
    all: fc
      .array(tie("one"), { minLength: 1, maxLength: 4 })
      .chain((ones) => fc.constantFrom("", "|").map((joint) => ones.join(joint))),
  })).all;
  test("of RE2 match whole values as those of JavaScript", () => {
    fc.assert(
      fc.property(expression, small("ab/.1\n", 7), (source, value) => {
        expect(matchesRe2(source, value)).toBe(new RegExp(`^(?:${source})$`).test(value));
      }),
      runs,
    );
  });
});

describe("addresses", () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    small("0123456789abcdef.:", 12),
    small("12.:", 16),
  );
  test("are what Node takes for one", () => {
    fc.assert(
      fc.property(address, (text) => {
        expect(parseAddress(text)?.family ?? 0).toBe(isIP(text));
      }),
      runs,
    );
  });

  test("are in a block if the first bits are the same", () => {
    const bits = (text: string): string =>
      [...(parseAddress(text)?.value ?? "")]
        .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"))
        .join("");
    const any = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(any, any, fc.nat(128), (base, other, length) => {
        const block = parseCidr(`${base}/${length}`);
        if (block === undefined) {
          expect(length).toBeGreaterThan(bits(base).length);
          return;
        }
        const same =
          bits(base).length === bits(other).length &&
          bits(base).slice(0, length) === bits(other).slice(0, length);
        expect(matches(block, other)).toBe(same);
      }),
      runs,
    );
  });
});
