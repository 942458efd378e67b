import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AdmissionAnswer, compareAdmission } from "@meshproof/testkit/conformance";
import type { ExitCode } from "../io.ts";

/** Compares admission with the answers of a real API server, a JSON line each. Exit code 1: somewhere it differs. */
export function runAdmission(file: string, corpus: string, out: (text: string) => void): ExitCode {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const answers = lines.map((line) => JSON.parse(line) as AdmissionAnswer);
  const { text, divergences } = compareAdmission(answers, (name) =>
    readFileSync(join(corpus, name), "utf8"),
  );
  out(text);
  return divergences > 0 ? 1 : 0;
}
