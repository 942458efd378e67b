import { parseArgs } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flags } from "../src/flags.ts";
import { type Token, tokensOf } from "../src/tokens-of.ts";

const flags: Flags = {
  filename: { help: "", value: "FILE", short: "f", multiple: true },
  output: { help: "", value: "FORMAT", short: "o" },
  to: { help: "", value: "TO" },
  verbose: { help: "", short: "v" },
  quiet: { help: "", short: "q" },
  x: { help: "", value: "X" },
};

/** What node itself makes of a command line. */
function byNode(args: readonly string[]): readonly Token[] {
  const options = Object.entries(flags).map(([name, { value, short }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple: true, ...(short === undefined ? {} : { short }) }] as const;
  });
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  return tokens.flatMap((token): readonly Token[] => {
    if (token.kind === "positional") return [{ word: token.value }];
    if (token.kind === "option-terminator") return [];
    const { name, rawName, value } = token;
    return [{ name, rawName, value }];
  });
}

test.each([
  [["-f", "mesh.yaml", "--to=ns/shop", "suite.yaml"]],
  [["-fmesh.yaml", "-qvf", "-", "-", "--"]],
  [["-qvo", "json", "-ojson", "-o=json", "-of", "-f"]],
  [["--to", "--quiet", "--to", "--", "--", "-q", "--to", "--"]],
  [["--=", "--=x", "--x=", "--to==", "--quiet=yes", "-x", "1", "-", "--no-quiet", "-zv", ""]],
  [["--__proto__", "a", "--toString=b", "--constructor", "-\u{1f600}f", "a"]],
])("%j is read as node reads it", (args) => {
  expect(tokensOf(args, flags)).toEqual(byNode(args));
});

test("any command line is read as node reads it", () => {
  const piece = fc.constantFrom(
    "-",
    "--",
    "=",
    "f",
    "o",
    "q",
    "v",
    "x",
    "to",
    "filename",
    "a",
    "\u{1f600}",
  );
  const arg = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.array(arg, { maxLength: 6 }), (args) => {
      expect(tokensOf(args, flags)).toEqual(byNode(args));
    }),
    { numRuns: 3000 },
  );
});
