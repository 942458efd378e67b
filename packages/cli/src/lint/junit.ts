import { positionText, type Texts } from "../format/position.ts";
import { escapeXml } from "../reporters/xml.ts";
import { evidenceLines } from "./evidence.ts";
import type { Reported } from "./report.ts";

/** JUnit's XML: a suite a file, a test case a finding; errors and warnings fail, what is suppressed or for information is skipped. */
export function junit(findings: readonly Reported[], texts: Texts): string {
  const files = [...new Set(findings.map(({ at }) => at.file))];
  const suites = files.map((file) => {
    const own = findings.filter(({ at }) => at.file === file);
    const failures = own.filter(isFailure).length;
    const head = `name="${escapeXml(file)}" tests="${own.length}" failures="${failures}" errors="0" skipped="${own.length - failures}"`;
    const cases = own.map((finding) => testcase(finding, texts)).join("");
    return `  <testsuite ${head}>\n${cases}  </testsuite>\n`;
  });
  const none = `  <testsuite name="authz lint" tests="1" failures="0" errors="0" skipped="0">\n    <testcase classname="authz" name="lint"/>\n  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.length === 0 ? none : suites.join("")}</testsuites>\n`;
}

function isFailure({ severity, suppressed }: Reported): boolean {
  return suppressed === undefined && severity !== "info";
}

function testcase(finding: Reported, texts: Texts): string {
  const { code, message, at, evidence, hint, suppressed } = finding;
  const head = `classname="${escapeXml(code)}" name="${escapeXml(message)}"`;
  const place = at.file === "" ? [] : [positionText(at, texts)];
  const lines = [...place, ...(evidence ? evidenceLines(evidence) : []), ...(hint ? [hint] : [])];
  const inner = isFailure(finding)
    ? `<failure message="${escapeXml(message)}">${escapeXml(lines.join("\n"))}</failure>`
    : `<skipped message="${escapeXml(suppressed ?? message)}"/>`;
  return `    <testcase ${head}>\n      ${inner}\n    </testcase>\n`;
}
