import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codes } from "../src/diagnostic.ts";
import { loadMesh } from "../src/load.ts";
import { lineAndColumn } from "./line-and-column.ts";

const folder = join(import.meta.dirname, "diagnostics");
const files = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name));

/**
 * `#~ code` at the end of the faulty line: the fault is at its first character, or at the column after `@`. Several stand side by
 * side. Where there can be no comment, a file beside it says the same: "2:14 code" a line.
 */
function expected(name: string): readonly string[] {
  const beside = join(folder, `${name}.expected`);
  if (existsSync(beside)) return readFileSync(beside, "utf8").trim().split("\n");
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const marks = line.split("#~")[1]?.trim().split(" ") ?? [];
    return marks.map((mark) => {
      const [code = "", column] = mark.split("@");
      return `${index + 1}:${column ?? firstColumn(line, code)} ${code}`;
    });
  });
}

/** A field that must not be there is marked at its key, everything else at its value. */
function firstColumn(line: string, code: string): number {
  const atKey = [
    "schema/unknown-field",
    "yaml/duplicate-key",
    "load/patch",
    "load/two-mesh-configs",
  ];
  const indent = /^[\s-]*/.exec(line)?.[0].length ?? 0;
  const value = /^[\s-]*[\w$]+: */.exec(line)?.[0].length;
  return (atKey.includes(code) || value === undefined ? indent : value) + 1;
}

describe.each(files)("%s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const { findings } = loadMesh({ files: [{ path: name, text }], allowEmpty: true });

  test("is faulted at exactly the places that are marked", () => {
    const found = findings.map(({ code, at }) => `${lineAndColumn(text, at.start)} ${code}`);
    expect(found).toEqual(expected(name));
  });

  test("says it in one line, in lower case, without a full stop", () => {
    const said = findings.map(({ message }) => message);
    const fine = said.filter((each) => /^[^A-Z\n][^\n]*[^.\n]$|^PeerAuth|^RequestAuth/.test(each));
    expect(fine).toEqual(said);
  });
});

test("an empty run is an error unless it is allowed", () => {
  const file = { path: "empty.yaml", text: "# nothing\n" };
  expect(loadMesh({ files: [file] }).findings.map(({ code }) => code)).toEqual(["load/nothing"]);
  expect(loadMesh({ files: [file], allowEmpty: true }).findings).toEqual([]);
});

test("an unknown release is an error that lists the known ones", () => {
  const [finding] = loadMesh({ files: [], istio: "1.99", allowEmpty: true }).findings;
  expect(finding?.code).toBe("load/unknown-release");
  expect(finding?.hint).toContain("1.31.0");
});

/** What istiod's webhook would say, had the CRD not said it before: admit-webhook.test.ts asks it alone. */
const hidden: readonly string[] = [
  ...["two-attachments", "empty-label", "label-wildcard", "target-name", "target-namespace"],
  ...["service-accounts-alone", "port-modes-without-selector", "empty-port-modes", "bad-header"],
  "bad-proxy-config",
].map((name) => `webhook/${name}`);

test("every code that loading can give has a fixture", () => {
  const marked = files.flatMap(expected);
  const shown = new Set(marked.map((line) => line.split(" ")[1]));
  const elsewhere = ["load/nothing", "load/unknown-release", "yaml/too-deep", "yaml/too-large"];
  const own = Object.keys(codes).filter((code) => /^(yaml|load|schema|webhook)\//.test(code));
  const missing = own.filter((code) => !shown.has(code) && !elsewhere.includes(code));
  expect(missing.toSorted()).toEqual(hidden.toSorted());
});
