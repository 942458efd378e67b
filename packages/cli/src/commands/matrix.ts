import { type Matrix, matrix as matrixOf } from "@meshproof/engine/analyse";
import { readerOf } from "@meshproof/testkit/files";
import { meshFlags, meshOf } from "../analysis/mesh-of.ts";
import { planeOf } from "../analysis/plane-flag.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Flags } from "../flags.ts";
import { matrixDot, matrixMermaid } from "../format/analysis/matrix-graph.ts";
import { matrixHtml } from "../format/analysis/matrix-html.ts";
import { matrixCsv, matrixJson, matrixMarkdown } from "../format/analysis/matrix-table.ts";
import { matrixText } from "../format/analysis/matrix-text.ts";
import { type Access, columnsOf } from "../io.ts";

const formats: Readonly<Record<string, (matrix: Matrix, columns: number) => string>> = {
  text: matrixText,
  csv: matrixCsv,
  markdown: matrixMarkdown,
  html: matrixHtml,
  dot: matrixDot,
  mermaid: matrixMermaid,
  json: matrixJson,
};

const flags: Flags = {
  ...meshFlags,
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: Object.keys(formats),
    help: "text (default), csv, markdown, html (a page), dot, mermaid, json",
  },
};

/** Who reaches what: every caller against every workload. */
export const matrix: Command = {
  summary: "who reaches what? every service account against every workload",
  usage: [
    "-f MESH...   callers are the service accounts of workloads and deployed gateways, else those that policies name",
  ],
  about:
    "all: every request gets through; some: those that are listed; none; ?: undecided, for the reason given.",
  flagsOnly: true,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const mesh = await meshOf(args, access);
    if (mesh === undefined) return 2;
    if (isMisuse(mesh)) return mesh;
    const found = matrixOf(mesh, planeOf(args));
    const print = formats[args.one("output") ?? "text"] ?? matrixText;
    io.out(print(found, columnsOf(io)));
    return found.cells.some(({ allowed }) => allowed === "undecided") ? 3 : 0;
  },
};
