import type { Finding } from "@meshproof/engine";
import { positionText, type Texts } from "../place.ts";

/** Findings as the message of an error: one after another, each with its place where a file has it, and its hint. */
export function findingsText(findings: readonly Finding[], texts: Texts): string {
  return findings.map((finding) => findingText(finding, texts)).join("\n");
}

function findingText({ code, message, at, hint, related = [] }: Finding, texts: Texts): string {
  const place = texts.has(at.file) ? `${positionText(at, texts)}: ` : "";
  const others = related.map((other) => `\n  ${positionText(other.at, texts)}: ${other.message}`);
  return `${place}${code}: ${message}${hint === undefined ? "" : ` (${hint})`}${others.join("")}`;
}
