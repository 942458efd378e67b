import { type Finding, parseDocuments } from "@meshproof/engine";
import {
  type Guard,
  invariants,
  lint,
  noNewAccess,
  type PlacedGuard,
  valid,
} from "@meshproof/engine/admission";
import type { Invariant } from "@meshproof/engine/analyse";
import { isInvariants, parseInvariants } from "@meshproof/testkit";
import { suites } from "@meshproof/testkit/admission";
import { type Access, findSuites, folderOf, readFiles, within } from "@meshproof/testkit/files";
import { seemingFindings } from "../analysis/seeming-values.ts";
import { defaultGuards, type GuardEntry, readGuardEntries } from "./guard-entries.ts";
import type { JudgeSettings } from "./settings.ts";

/** The guards that were asked for, or why there are none. */
export interface Guards {
  readonly guards: readonly PlacedGuard[];
  readonly findings: readonly Finding[];
  readonly missing: readonly string[]; // paths without a suite
}

/** Reads what guards are made of. */
export async function readGuards(
  { guardsFile, suites: more, world }: Pick<JudgeSettings, "guardsFile" | "suites" | "world">,
  access: Access,
): Promise<Guards> {
  const text = guardsFile === undefined ? undefined : await access.reader.text(guardsFile);
  const read =
    guardsFile === undefined || text === undefined
      ? { entries: defaultGuards, findings: [] }
      : readGuardEntries(guardsFile, text);
  const folder = guardsFile === undefined ? "." : folderOf(guardsFile);
  const stated = read.entries.map((entry) => ({
    ...entry,
    suites: (entry.suites ?? []).map((path) => within(folder, path)),
    invariants: (entry.invariants ?? []).map((path) => within(folder, path)),
  }));
  const own: GuardEntry = { guard: "suites", name: "suites", action: "deny", suites: more };
  const entries = more.length === 0 ? stated : [...stated, own];
  const made = await Promise.all(entries.map((entry) => placed(entry, world, access)));
  return {
    guards: made.flatMap(({ guard }) => guard ?? []),
    findings: [...read.findings, ...made.flatMap(({ findings }) => findings)],
    missing: made.flatMap(({ missing }) => missing),
  };
}

interface Made {
  readonly guard?: PlacedGuard;
  readonly findings: readonly Finding[];
  readonly missing: readonly string[];
}

async function placed(
  entry: GuardEntry,
  world: JudgeSettings["world"],
  access: Access,
): Promise<Made> {
  const { guard: kind, suites: _paths, invariants: _others, threshold: _level, ...where } = entry;
  switch (kind) {
    case "valid":
      return plain({ ...where, guard: valid() });
    case "suites": {
      const { guard, ...rest } = await suitesGuard(entry, world, access);
      return guard === undefined ? rest : { ...rest, guard: { ...where, guard } };
    }
    case "lint":
      return plain({ ...where, guard: lint({ threshold: entry.threshold ?? "error" }) });
    case "no-new-access":
      return plain({ ...where, guard: noNewAccess() });
    case "invariants": {
      const { guard, ...rest } = await invariantsGuard(entry, access);
      return guard === undefined ? rest : { ...rest, guard: { ...where, guard } };
    }
  }
}

function plain(guard: PlacedGuard): Made {
  return { guard, findings: [], missing: [] };
}

/** Those that compare with another mesh are for `authz prove`: here there is only that of the cluster. */
async function invariantsGuard(
  { invariants: paths = [] }: GuardEntry,
  access: Access,
): Promise<Omit<Made, "guard"> & { readonly guard?: Guard }> {
  const { files, missing } = await readFiles(paths, ".", access);
  const read = files.map(parseDocuments);
  const parsed = read.flatMap(({ documents }) =>
    documents.filter(isInvariants).map(parseInvariants),
  );
  const findings = [...read, ...parsed].flatMap((each) => each.findings);
  for (const each of parsed)
    if (each.parsed !== undefined) findings.push(...(await seemingFindings(each.parsed)));
  const stated = parsed.flatMap((each) => each.parsed?.invariants.spec.invariants ?? []);
  const other = stated.filter(({ expect }) => isOfTwo(expect)).map(({ name }) => name);
  const lost = [
    ...missing,
    ...other.map((name) => `invariant ${name}: it compares with another mesh`),
  ];
  if (stated.length === 0 && lost.length === 0) lost.push("invariants");
  if (lost.length > 0) return { findings, missing: lost };
  const usable = stated.map((each) => ({ ...each, expect: each.expect as Invariant["expect"] }));
  return { guard: invariants(usable), findings, missing: [] };
}

function isOfTwo(expect: unknown): boolean {
  return (
    typeof expect === "object" &&
    expect !== null &&
    ("same-as" in expect || "no-wider-than" in expect)
  );
}

async function suitesGuard(
  { suites: paths = [] }: GuardEntry,
  world: JudgeSettings["world"],
  access: Access,
): Promise<Omit<Made, "guard"> & { readonly guard?: Guard }> {
  const found = await findSuites(paths, access);
  const broken = found.findings.some(({ severity }) => severity === "error");
  const missing = paths.length === 0 ? ["suites"] : found.missing;
  if (broken || missing.length > 0) return { findings: found.findings, missing };
  const { keys, assume, facts, namespace, now } = world;
  const options = { keys, assume, facts, namespace, now };
  const kept = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  return { guard: suites(found.suites, kept), findings: found.findings, missing };
}
