import type { Matrix, MatrixCell } from "@meshproof/engine/analyse";
import { escapeXml } from "../../reporters/xml.ts";
import { matrixStyle } from "./matrix-style.ts";
import { causesOf, cellOf, regionText } from "./matrix-text.ts";

/** A matrix as one page for a browser, without scripts and without anything to load. */
export function matrixHtml(matrix: Matrix): string {
  const { callers, points, cells, assumptions } = matrix;
  const count = (allowed: MatrixCell["allowed"]): number =>
    cells.filter((cell) => cell.allowed === allowed).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Who reaches what</title>
<style>
${matrixStyle}</style>
</head>
<body>
<header>
<h1>Who reaches what</h1>
<p>${callers.length} callers, ${points.length} workloads. Every answer is about all requests there can be.</p>
<ul class="legend">${legend.map(([allowed, text]) => `<li class="${allowed}"><b>${marks[allowed]}</b> ${text} <i>${count(allowed)}</i></li>`).join("")}</ul>
</header>
<main>
<div class="scroll"><table>
<thead><tr><th></th>${points.map(({ name }) => `<th scope="col"><span>${escapeXml(name)}</span></th>`).join("")}</tr></thead>
<tbody>
${callers.map((caller) => row(matrix, caller)).join("")}</tbody>
</table></div>
${details(cells)}${causes(matrix)}
<p class="assumed">${assumptions.length === 0 ? "" : `assumed: ${escapeXml(assumptions.join("; "))}`}</p>
</main>
</body>
</html>
`;
}

const marks: Readonly<Record<MatrixCell["allowed"], string>> = {
  all: "●",
  some: "◐",
  none: "·",
  undecided: "?",
};

const legend: readonly (readonly [MatrixCell["allowed"], string])[] = [
  ["all", "everything gets through"],
  ["some", "some requests do"],
  ["none", "nothing does"],
  ["undecided", "undecided: why is said below"],
];

function row(matrix: Matrix, caller: string): string {
  const cells = matrix.points.map(({ name }) => cell(cellOf(matrix, caller, name)));
  return `<tr><th scope="row">${escapeXml(caller)}</th>${cells.join("")}</tr>\n`;
}

function cell(found: MatrixCell | undefined): string {
  if (found === undefined) return "<td></td>";
  const { allowed, from, to } = found;
  const open = (found.undecided ?? []).map(({ text }) => text);
  const more = [...found.regions.map(regionText), ...open].join("\n");
  const told = `${from} → ${to.name}: ${allowed}\n${more}`;
  const mark = `<span title="${escapeXml(told.trim())}">${marks[allowed]}</span>`;
  const inner = allowed === "some" ? `<a href="#${anchor(found)}">${mark}</a>` : mark;
  return `<td class="${allowed}">${inner}</td>`;
}

function anchor({ from, to }: MatrixCell): string {
  return encodeURIComponent(`${from}-${to.name}`);
}

function details(cells: readonly MatrixCell[]): string {
  const some = cells.filter(({ allowed }) => allowed === "some");
  if (some.length === 0) return "";
  const items = some.map((each) => {
    const regions = each.regions.map((region) => `<li>${escapeXml(regionText(region))}</li>`);
    const more = each.complete ? "" : "<li>and more like these</li>";
    return `<section id="${anchor(each)}"><h3>${escapeXml(each.from)} → ${escapeXml(each.to.name)}</h3><ul>${regions.join("")}${more}</ul></section>\n`;
  });
  return `<h2>Which requests get through</h2>\n<div class="some">\n${items.join("")}</div>`;
}

function causes(matrix: Matrix): string {
  const open = causesOf(matrix);
  if (open.length === 0) return "";
  const items = open.map(
    ({ where, cause }) =>
      `<section><h3>${escapeXml(where.replace(" -> ", " → "))}</h3><ul><li>${escapeXml(cause)}</li></ul></section>\n`,
  );
  return `<h2>What is undecided</h2>\n<div class="some">\n${items.join("")}</div>`;
}
