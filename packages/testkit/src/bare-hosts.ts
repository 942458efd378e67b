import {
  diagnose,
  type Finding,
  isProblem,
  type Mesh,
  type ParsedDocument,
  type Path,
  splitHttp,
} from "@meshproof/engine";
import type { Suite, Table } from "./suite.ts";

/**
 * `GET api/orders` asks the host `api`: mostly the first slash was forgotten, and a test of a denial would hold whatever the
 * policies say. A Service may be called so, by whom it shares a namespace with.
 */
export function bareHosts(
  { spec }: Suite,
  document: ParsedDocument,
  mesh: Mesh,
): readonly Finding[] {
  const inTables = (spec.tests ?? []).flatMap(({ table }, index) =>
    table === undefined ? [] : columnOf(table, ["spec", "tests", index, "table"]),
  );
  const elsewhere = [
    ...textsIn(spec.given, ["spec", "given"]),
    ...textsIn(spec.tests, ["spec", "tests"]),
  ];
  return [...elsewhere, ...inTables]
    .map(({ text, path }) => ({ text, path, host: bareHost(text, mesh) }))
    .filter(({ host }) => host !== undefined)
    .map(({ text, path, host }) => {
      const message = `\`${text}\` asks the host \`${host}\``;
      return diagnose("suite/bare-host", message, document.locate(path), bareHostHint);
    });
}

/** What to write instead. */
const bareHostHint =
  "a path begins with a slash; if it is the host: `http: { host: ..., path: ... }`";

/** The host of a short form, if it is one word and no Service is called so. */
export function bareHost(text: string, { inventory }: Mesh): string | undefined {
  const parts = splitHttp(text);
  const host = isProblem(parts) || text.includes("://") ? undefined : parts.host;
  if (host === undefined || !/^[\w-]+$/.test(host)) return undefined;
  return inventory.services.some(({ key }) => key.name === host) ? undefined : host;
}

interface TextAt {
  readonly text: string;
  readonly path: Path;
}

/** The short forms of requests: below `http`, or listed in a matrix by that name. */
function textsIn(value: unknown, path: Path): readonly TextAt[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === "http") return textsAt(part, [...path, key]);
    return textsIn(part, [...path, key]);
  });
}

function textsAt(value: unknown, path: Path): readonly TextAt[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each, index) => textsAt(each, [...path, index]));
}

function columnOf({ columns, rows }: Table, path: Path): readonly TextAt[] {
  const column = columns.indexOf("http");
  if (column < 0) return [];
  return rows.flatMap((row, index) => textsAt(row[column], [...path, "rows", index, column]));
}
