import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const docs = join(root, "docs");
const conformance = join(root, "policies/conformance");

/** One row of a table: an id, or several that are answered alike. */
interface Row {
  readonly page: string;
  readonly ids: readonly string[];
  readonly statement: string;
  readonly files: readonly string[];
  readonly shown: string;
}

const pages = readdirSync(join(docs, "semantics"));
const rows = pages.flatMap(rowsOf);
const listed = readFileSync(join(docs, "statements.txt"), "utf8").trim().split("\n");

function rowsOf(page: string): readonly Row[] {
  const lines = readFileSync(join(docs, "semantics", page), "utf8").split("\n");
  return lines
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, ids = ""]) => /^(?:az|an|ctx):/.test(ids))
    .map(([, ids = "", statement = "", files = "", shown = ""]) => ({
      page,
      ids: ids.split(", "),
      statement,
      files: quoted(files),
      shown,
    }));
}

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, text = ""]) => [text]);
}

/** The folders of suites that a row names, by their link. */
function foldersOf({ shown }: Row): readonly string[] {
  return [...shown.matchAll(/\]\(\.\.\/\.\.\/policies\/conformance\/([^)]+)\)/g)].flatMap(
    ([, name = ""]) => [name],
  );
}

test("every statement is in exactly one row", () => {
  const found = rows.flatMap(({ ids }) => ids);
  expect(found.toSorted()).toEqual(listed.toSorted());
  expect(new Set(found).size).toBe(found.length);
});

test("every page is in the index", () => {
  const index = readFileSync(join(docs, "semantics.md"), "utf8");
  expect(pages.filter((page) => !index.includes(`semantics/${page}`))).toEqual([]);
});

test("every row says what it states and what shows it", () => {
  const empty = rows.filter(({ statement, shown }) => statement === "" || shown === "");
  expect(empty).toEqual([]);
});

test("every row names where it is implemented, or says that it is not", () => {
  const silent = rows.filter(
    ({ files, shown }) => files.length === 0 && !shown.includes("not modelled: "),
  );
  expect(silent.map(({ ids }) => ids)).toEqual([]);
});

test("a row has marks that are explained, and nothing else", () => {
  const marks = /^(?:\[[^\]]+\]\([^)]+\)|`[^`]+\.test\.ts`|vectors|derived)$/;
  const strange = rows.flatMap(({ ids, shown }) => {
    const [known = ""] = shown.split(/(?:^|, )not modelled: /);
    return known
      .split(", ")
      .filter((mark) => mark !== "" && !marks.test(mark))
      .map((mark) => `${ids.join(", ")}: ${mark}`);
  });
  expect(strange).toEqual([]);
});

describe("what the tables name exists", () => {
  test("files of the engine", () => {
    const files = new Set(rows.flatMap(({ files }) => files));
    const missing = [...files].filter(
      (file) => !existsSync(join(root, "packages/engine/src", file)),
    );
    expect(missing).toEqual([]);
  });

  test("tests of the engine", () => {
    const tests = new Set(
      rows.flatMap(({ shown }) => quoted(shown.split("not modelled: ")[0] ?? "")),
    );
    const missing = [...tests].filter((file) => !existsSync(join(import.meta.dirname, file)));
    expect(missing).toEqual([]);
  });

  test("folders of suites", () => {
    const folders = new Set(rows.flatMap(foldersOf));
    expect([...folders].filter((name) => !existsSync(join(conformance, name)))).toEqual([]);
  });
});

/** The ids that the cases of a folder carry, in suites and in scenarios. */
function idsIn(folder: string): readonly string[] {
  return readdirSync(join(conformance, folder)).flatMap((name) => {
    const text = readFileSync(join(conformance, folder, name), "utf8");
    const named = name.endsWith(".jsonl") ? /^\{"id":"([^"]+)"/gm : /^ {2}- name: "?(.+)$/gm;
    return [...text.matchAll(named)].flatMap(
      ([, title = ""]) =>
        title
          .match(/^(?:(?:az|an|ctx):\S+ )+/)?.[0]
          .trim()
          .split(" ") ?? [],
    );
  });
}

const folders = readdirSync(conformance, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["vectors", "world"].includes(entry.name))
  .map(({ name }) => name);

describe.each(folders)("the cases of %s", (folder) => {
  test("carry ids of statements", () => {
    const ids = idsIn(folder);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !listed.includes(id))).toEqual([]);
  });

  test("are named in the rows of their statements", () => {
    const ids = new Set(idsIn(folder));
    const silent = rows.filter(
      (row) => row.ids.some((id) => ids.has(id)) && !foldersOf(row).includes(folder),
    );
    expect(silent.map((row) => row.ids)).toEqual([]);
  });

  test("are those that the tables mean: a trap that names the folder has a case there", () => {
    const ids = new Set(idsIn(folder));
    const traps = rows.filter(
      (row) => row.ids.every((id) => /:T-?\d+$/.test(id)) && foldersOf(row).includes(folder),
    );
    const absent = traps.filter((row) => !row.ids.some((id) => ids.has(id)));
    expect(absent.map((row) => row.ids)).toEqual([]);
  });
});
