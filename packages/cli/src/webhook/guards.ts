import type { Finding } from "@meshproof/engine";
import { type Guard, type PlacedGuard, valid } from "@meshproof/engine/admission";
import { suites } from "@meshproof/testkit/admission";
import { type Access, findSuites, folderOf, within } from "@meshproof/testkit/files";
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
      return { guard: { ...where, guard: valid() }, findings: [], missing: [] };
    case "suites": {
      const { guard, ...rest } = await suitesGuard(entry, world, access);
      return guard === undefined ? rest : { ...rest, guard: { ...where, guard } };
    }
    default:
      return { findings: [], missing: [`guard \`${kind}\``] };
  }
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
