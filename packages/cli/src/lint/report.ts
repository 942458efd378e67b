import type { Code, Finding, Mesh, PolicyChange, Severity, Span } from "@meshproof/engine";
import type { Evidence, LintFinding } from "@meshproof/engine/lint";

/** One finding with its place in a file: of loading, or of the linter. */
export interface Reported {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  readonly resource?: string; // KIND/NAMESPACE/NAME
  readonly hint?: string;
  readonly related: readonly { readonly message: string; readonly at: Span }[];
  readonly evidence?: Evidence;
  readonly fix: readonly PolicyChange[];
  readonly suppressed?: string;
}

/** A finding of loading: its evidence is what the API server or istiod's webhook says. */
export function ofLoading({ related = [], ...finding }: Finding): Reported {
  return { ...finding, related, fix: [] };
}

/** A finding of the linter at the place that its path leads to. What no file holds has none. */
export function ofLint(finding: LintFinding, mesh: Mesh): Reported {
  const { at, related, ...said } = finding;
  const { kind, namespace, name } = at.resource;
  return {
    ...said,
    at: mesh.locate(at) ?? { file: "", start: 0, end: 0 },
    resource: [kind, namespace, name].join("/"),
    related: related.map(({ message, at: place }) => ({
      message,
      at: mesh.locate(place) ?? { file: "", start: 0, end: 0 },
    })),
  };
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Whether a finding is as bad as a threshold, or worse. */
export function reaches({ severity, suppressed }: Reported, threshold: Severity): boolean {
  return suppressed === undefined && rank[severity] <= rank[threshold];
}

/** The worst first, then by file and place. What an anchor repeats is told once. */
export function inOrder(findings: readonly Reported[]): readonly Reported[] {
  const once = new Map(findings.map((each) => [sameText(each), each]));
  return [...once.values()].toSorted(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start) ||
      (a.code < b.code ? -1 : 1),
  );
}

function sameText({ code, message, at: { file, start, end }, resource }: Reported): string {
  return JSON.stringify([code, message, file, start, end, resource]);
}

/** "2 errors, 1 warning". */
export function countsText(findings: readonly Reported[]): string {
  const shown = findings.filter(({ suppressed }) => suppressed === undefined);
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = shown.filter((each) => each.severity === severity).length;
    const word = severity === "info" || count === 1 ? severity : `${severity}s`;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const silenced = findings.length - shown.length;
  const told = counts.length === 0 ? "nothing found" : counts.join(", ");
  return silenced === 0 ? told : `${told} (${silenced} suppressed)`;
}
