import type { Coverage, CoveredPiece } from "@meshproof/testkit";
import { positionOf, type Texts } from "../format/position.ts";
import { escapeXml } from "../reporters/xml.ts";
import { coverageStyle } from "./html-style.ts";
import { isCovered } from "./lines.ts";
import { percentOf } from "./percent.ts";

/** Coverage as one page for a browser, without scripts and without anything to load: the policies with what no test hangs on. */
export function coverageHtml({ pieces, layers, outcomes }: Coverage, texts: Texts): string {
  const files = [...byFile(pieces)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${percentOf(pieces)}% of the policies covered</title>
<style>
${coverageStyle}</style>
</head>
<body>
<header>
${ring(percentOf(pieces))}
<div>
<h1>What the tests hold fast</h1>
<p>${headline(pieces)}</p>
<ul class="tiles">
${kinds.map(([kind, many]) => tile(many, ofKind(pieces, kind))).join("")}</ul>
<dl>${words("decided by", layers)}${words("outcomes", outcomes)}</dl>
</div>
</header>
<main>
<p class="legend"><span class="needed">✓ a test fails without it</span> <span class="seen">○ looked at, but no test fails without it</span> <span class="unseen">✗ no test comes to it</span>
<label><input type="checkbox" id="only"> only lines that are not covered</label></p>
${files.map(([file, some]) => fileSection(file, some, texts)).join("")}</main>
</body>
</html>
`;
}

const kinds: readonly (readonly [kind: CoveredPiece["kind"], many: string])[] = [
  ["policy", "policies"],
  ["rule", "rules"],
  ["entry", "entries"],
  ["value", "values"],
];

const marks: Readonly<Record<CoveredPiece["state"], string>> = {
  needed: "✓",
  seen: "○",
  unseen: "✗",
};

function byFile(pieces: readonly CoveredPiece[]): ReadonlyMap<string, readonly CoveredPiece[]> {
  const files = new Map<string, CoveredPiece[]>();
  for (const piece of pieces) {
    const known = files.get(piece.at.file) ?? [];
    known.push(piece);
    files.set(piece.at.file, known);
  }
  return files;
}

function ofKind(
  pieces: readonly CoveredPiece[],
  kind: CoveredPiece["kind"],
): readonly CoveredPiece[] {
  return pieces.filter((piece) => piece.kind === kind);
}

function headline(pieces: readonly CoveredPiece[]): string {
  const left = pieces.filter((piece) => !isCovered(piece)).length;
  if (left === 0) return "Delete any piece of these policies, and some test fails.";
  const some = left === 1 ? "One piece" : `${left} pieces`;
  return `${some} of ${pieces.length} could be deleted without any test failing.`;
}

function ring(percent: number): string {
  const shown = `<circle r="52" cx="60" cy="60" pathLength="100" stroke-dasharray="${percent} 100"/>`;
  return `<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="${percent}% covered"><circle class="rest" r="52" cx="60" cy="60"/>${percent === 0 ? "" : shown}<text x="60" y="68">${percent}%</text></svg>`;
}

function tile(many: string, some: readonly CoveredPiece[]): string {
  if (some.length === 0) return "";
  return `<li><b>${some.filter(isCovered).length}<i>/${some.length}</i></b> ${many} ${bar(some)}</li>\n`;
}

function bar(some: readonly CoveredPiece[]): string {
  const percent = percentOf(some);
  return `<meter min="0" max="100" value="${percent}" title="${percent}%">${percent}%</meter>`;
}

function words(name: string, counts: Readonly<Record<string, number>>): string {
  const each = Object.entries(counts).map(
    ([word, count]) => `<dd>${escapeXml(word)} <b>${count}</b></dd>`,
  );
  return `<div><dt>${name}</dt>${each.join("")}</div>`;
}

/** A file with its text; what is covered is folded. */
function fileSection(file: string, pieces: readonly CoveredPiece[], texts: Texts): string {
  const full = pieces.every(isCovered);
  const lines = (texts.texts.get(file) ?? "").replace(/\n$/, "").split("\n");
  const byLine = new Map<number, CoveredPiece[]>();
  for (const piece of pieces) {
    const { line } = positionOf(piece.at, texts);
    byLine.set(line, [...(byLine.get(line) ?? []), piece]);
  }
  const body = lineSections(lines, byLine);
  return `<details${full ? "" : " open"}><summary><code>${escapeXml(file)}</code> ${bar(pieces)} <span>${pieces.filter(isCovered).length}/${pieces.length}</span></summary>
<pre>${body}</pre></details>
`;
}

function lineSections(
  lines: readonly string[],
  pieces: ReadonlyMap<number, readonly CoveredPiece[]>,
): string {
  let offset = 0;
  const made = lines.map((text, index) => {
    const html = lineHtml(index + 1, { text, offset, pieces: pieces.get(index + 1) ?? [] });
    offset += text.length + 1;
    return html;
  });
  return made.join("");
}

interface LineText {
  readonly text: string;
  readonly offset: number; // of the line in its file
  readonly pieces: readonly CoveredPiece[];
}

function lineHtml(number: number, line: LineText): string {
  const { pieces } = line;
  const left = pieces.filter((piece) => !isCovered(piece));
  const worst = left.find(({ state }) => state === "unseen") ?? left[0] ?? pieces[0];
  const state = worst === undefined ? "plain" : worst.state;
  const gutter = worst === undefined ? " " : marks[worst.state];
  const notes = left.filter(({ kind }) => kind !== "value").map(note);
  return `<span class="line ${state}"><i>${number}</i><u title="${escapeXml(pieces.map(told).join("\n"))}">${gutter}</u><code>${marked(line)}</code>${notes.join("")}</span>`;
}

function note({ kind, state }: CoveredPiece): string {
  return `<em class="${state}">${kind}: ${whys[state]}</em>`;
}

const whys: Readonly<Record<CoveredPiece["state"], string>> = {
  needed: "a test fails without it",
  seen: "no test fails without it",
  unseen: "no test comes to it",
};

function told({ text, state, by }: CoveredPiece): string {
  const why = by === undefined ? whys[state] : `“${by}” fails without it`;
  return `${marks[state]} ${text}: ${why}`;
}

/** The text of a line with its values and names marked where they stand. */
function marked({ text, offset, pieces }: LineText): string {
  let [html, from] = ["", 0];
  const leaves = pieces.filter(({ kind }) => kind === "value" || kind === "policy");
  for (const piece of leaves.toSorted((a, b) => a.at.start - b.at.start)) {
    const start = piece.at.start - offset;
    const end = Math.min(piece.at.end - offset, text.length);
    if (start < from || end <= start) continue;
    const title = escapeXml(told(piece));
    html += `${escapeXml(text.slice(from, start))}<mark class="${piece.state}" title="${title}">${escapeXml(text.slice(start, end))}</mark>`;
    from = end;
  }
  return html + escapeXml(text.slice(from));
}
