import {
  type Fact,
  type Finding,
  type LoadOptions,
  loadMesh,
  type Mesh,
  type Severity,
} from "@meshproof/engine";
import { type LintFinding, type LintOptions, lintMesh } from "@meshproof/engine/lint";
import type { ExitCode } from "../io.ts";
import { inOrder, ofLint, ofLoading, type Reported, reaches } from "./report.ts";

/** Files as they were read, and what is found in them. */
export interface State {
  readonly mesh: Mesh;
  readonly findings: readonly Finding[]; // of loading
  readonly found: readonly LintFinding[];
  readonly assumptions: readonly Fact[];
}

/** What loading and the linter say of files. */
export function stateOf(load: LoadOptions, options: LintOptions): State {
  const { mesh, findings, assumptions } = loadMesh(load);
  return { mesh, findings, found: lintMesh(mesh, options), assumptions };
}

/** All that is said of files, the worst first. */
export function reportedOf({ mesh, findings, found }: State): readonly Reported[] {
  return inOrder([...findings.map(ofLoading), ...found.map((finding) => ofLint(finding, mesh))]);
}

/** Files that cannot be read as a mesh are unusable input; what an author can mend is a finding. */
export function exitCode(state: State, failOn: Severity): ExitCode {
  if (state.findings.some(isUnusable)) return 2;
  return reportedOf(state).some((each) => reaches(each, failOn)) ? 1 : 0;
}

/** Whether a file cannot be read as a part of a mesh. */
export function isUnusable({ code, severity }: Finding): boolean {
  return severity === "error" && /^(?:yaml|load)\//.test(code);
}
