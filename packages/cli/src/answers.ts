import type { Finding } from "@meshproof/engine";
import type { Expectation, SuiteResult } from "@meshproof/testkit";
import { findSuites } from "@meshproof/testkit/files";
import { isMisuse } from "./command.ts";
import type { Args, Misuse } from "./flags.ts";
import type { ExitCode } from "./io.ts";
import { requestOf } from "./request-flags.ts";
import { type Job, missingFiles, runRequest, runSuites } from "./run-suites.ts";
import { quoted } from "./shell.ts";

/** What requests came to, and what is wrong with suites that could not be read. */
export interface Answers {
  readonly results: readonly SuiteResult[];
  readonly findings: readonly Finding[];
}

/** Asks the requests of the suites that are named, or the one that flags describe. */
export async function answer(
  args: Args,
  job: Job,
  expect?: Expectation,
): Promise<Answers | Misuse> {
  const request = requestOf(args);
  if (isMisuse(request)) return request;
  if (request !== undefined && isUnquoted(args)) return asOneWord(args.positionals.join(" "));
  if (request !== undefined && args.positionals.length > 0)
    return { misuse: "a request by flags, or suites: not both" };
  if (request === undefined && args.positionals.length === 0)
    return { misuse: "nothing to check: give suites, or a request (--from, --to, --http)" };
  if (request === undefined && expect !== undefined)
    return { misuse: "`--expect` is about one request: suites say what they expect" };
  const wrong = await missingFiles(job);
  if (wrong !== undefined) return wrong;
  if (request === undefined) return answerSuites(args.positionals, job);
  if (job.mesh.length === 0) return { misuse: "which mesh? `-f` is missing", hint: "-f policies/" };
  return { results: [await runRequest(request, expect, job)], findings: [] };
}

function asOneWord(request: string): Misuse {
  const hint = `a request is one word: --http ${quoted(request)}`;
  return { misuse: `what is \`${request}\`?`, hint };
}

/** `GET /orders` where no `--http` is. */
function isUnquoted(args: Args): boolean {
  const [method = "", path = ""] = args.positionals;
  return !args.on("http") && /^[A-Z]+$/.test(method) && /^[/\w]/.test(path);
}

async function answerSuites(paths: readonly string[], job: Job): Promise<Answers | Misuse> {
  const { suites, findings, missing } = await findSuites(paths, job.access);
  const [path] = missing;
  if (path !== undefined)
    return { misuse: `no suite at \`${path}\``, hint: "`-f` loads files of a mesh" };
  return { results: await runSuites(suites, job), findings };
}

/** An error makes the input unusable. */
export function errorCode({ severity }: Finding): ExitCode {
  return severity === "error" ? 2 : 0;
}
