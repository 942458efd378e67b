import type { Matrix } from "@meshproof/engine/analyse";

/** A matrix as a graph for Graphviz: a line for whoever gets something through, dashed where it is not everything. */
export function matrixDot({ callers, points, cells }: Matrix): string {
  const edges = cells.flatMap(({ from, to, allowed, undecided = [] }) => {
    if (allowed === "none") return [];
    const cause = quoted(undecided.map(({ text }) => text).join("; "));
    const open = allowed === "some" ? "" : `, label="?", labeltooltip=${cause}`;
    const style = allowed === "all" ? "" : ` [style=dashed${open}]`;
    return [`  ${quoted(from)} -> ${quoted(to.name)}${style};`];
  });
  const lines = [
    "digraph access {",
    "  rankdir=LR;",
    "  node [shape=box, style=rounded];",
    ...callers.map((name) => `  ${quoted(name)} [shape=plaintext];`),
    ...points.map(({ name }) => `  ${quoted(name)};`),
    ...edges,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The same as a flowchart of Mermaid. */
export function matrixMermaid({ callers, points, cells }: Matrix): string {
  const from = new Map(callers.map((name, index) => [name, `c${index}`]));
  const to = new Map(points.map(({ name }, index) => [name, `p${index}`]));
  const arrows = { all: "-->", some: "-.->", none: "", undecided: "-. ? .->" };
  const lines = [
    "flowchart LR",
    ...callers.map((name) => `  ${from.get(name)}([${label(name)}])`),
    ...points.map(({ name }) => `  ${to.get(name)}[${label(name)}]`),
    ...cells.flatMap((cell) =>
      cell.allowed === "none"
        ? []
        : [`  ${from.get(cell.from)} ${arrows[cell.allowed]} ${to.get(cell.to.name)}`],
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function label(text: string): string {
  return `"${text.replaceAll('"', "#quot;")}"`;
}
