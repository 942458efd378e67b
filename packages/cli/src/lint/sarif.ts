import { checks } from "@meshproof/engine/lint";
import { positionOf, type Texts } from "../format/position.ts";
import { packageVersion } from "../package-version.ts";
import { evidenceLines } from "./evidence.ts";
import type { Reported } from "./report.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;
const page = "https://github.com/meshproof/meshproof/blob/main/docs/diagnostics.md";

/** SARIF 2.1.0, as code scanning of GitHub and others read it. Lines and columns count from 1, columns in UTF-16 units. */
export function sarif(findings: readonly Reported[], texts: Texts): string {
  const ids = [...new Set(findings.map(({ code }) => code))].toSorted();
  const run = {
    tool: {
      driver: { name: "authz lint", version: packageVersion, rules: ids.map(rule) },
    },
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => result(finding, { ids, texts })),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(id: string) {
  const check = checks.find(({ code }) => code === id);
  return {
    id,
    shortDescription: { text: check?.title ?? id },
    ...(check === undefined ? {} : { fullDescription: { text: check.why } }),
    helpUri: `${page}#${id.replaceAll("/", "")}`,
  };
}

interface Written {
  readonly ids: readonly string[];
  readonly texts: Texts;
}

function result(finding: Reported, { ids, texts }: Written) {
  const { code, severity, message, hint, at, related, evidence, suppressed } = finding;
  const lines = [message, ...(evidence ? evidenceLines(evidence) : []), ...(hint ? [hint] : [])];
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: levels[severity],
    message: { text: lines.join("\n") },
    locations: at.file === "" ? [] : [{ physicalLocation: physical(at, texts) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, index) => ({
            id: index + 1,
            message: { text: each.message },
            physicalLocation: physical(each.at, texts),
          })),
        }),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: suppressed }] }),
    partialFingerprints: { primary: `${code}:${finding.resource ?? at.file}:${message}` },
  };
}

function physical(at: Reported["at"], texts: Texts) {
  const start = positionOf(at, texts);
  const end = positionOf({ ...at, start: at.end }, texts);
  return {
    artifactLocation: { uri: encodeURI(at.file.replaceAll("\\", "/")) },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: Math.max(end.column, end.line === start.line ? start.column + 1 : 1),
    },
  };
}
