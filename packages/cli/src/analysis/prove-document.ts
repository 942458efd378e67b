import {
  diagnose,
  didYouMean,
  type Fact,
  type Finding,
  type Loaded,
  type Mesh,
} from "@meshproof/engine";
import { type Invariant, type Proof, prove } from "@meshproof/engine/analyse";
import {
  type InvariantsDocument,
  listOf,
  type OtherMesh,
  openInvariants,
  type StatedExpectation,
} from "@meshproof/testkit";
import { type File, folderOf, within } from "@meshproof/testkit/files";
import { isMisuse } from "../command.ts";
import type { Misuse } from "../flags.ts";
import type { Access } from "../io.ts";
import type { World } from "../world-flags.ts";
import type { Taken } from "./plane-flag.ts";
import { lacks, type Side, sideAt, sideOnDisk, tellMissing } from "./side.ts";

/** What became of the invariants of one document. */
export interface Proved {
  readonly name: string;
  readonly document: InvariantsDocument;
  readonly patterns: readonly string[]; // of the mesh, as seen from the working directory
  readonly files: readonly File[];
  readonly mesh?: Mesh; // absent: it cannot be used
  readonly findings: readonly Finding[];
  readonly proofs: readonly Proof[];
  readonly assumptions: readonly Fact[]; // of loading
  readonly plane: Taken; // that the document or the command line states
}

/** How documents are proved. `fallback`: the mesh of documents that name none. */
export interface Proving {
  readonly stated: readonly string[]; // `-f`, which replaces what documents say
  readonly fallback: readonly string[];
  readonly world: World;
  readonly access: Access;
  readonly plane: Taken; // that the command line states
}

/** Proves every invariant of a document in its mesh. */
export async function proveDocument(
  document: InvariantsDocument,
  proving: Proving,
): Promise<Proved | Misuse> {
  const patterns = patternsOf(document, proving);
  const side = await sideOnDisk("the mesh", patterns, proving.access);
  if (isMisuse(side)) return side;
  const { loaded, findings } = open(document, side, proving);
  const name = document.invariants.metadata?.name ?? document.document.file;
  const { dataPlane, assume } = document.invariants.spec.environment ?? {};
  const plane = {
    ...(dataPlane === undefined ? {} : { dataPlane }),
    ...(assume === undefined ? {} : { assume }),
    ...proving.plane,
  };
  const { assumptions } = loaded;
  const base = { name, document, patterns, files: side.files, plane, assumptions };
  if (isBroken(findings)) return { ...base, findings, proofs: [] };
  const read = await invariantsOf(document, { ...proving, patterns });
  if (isMisuse(read)) return read;
  const all = [...findings, ...read.findings];
  if (isBroken(read.findings)) return { ...base, findings: all, proofs: [] };
  const proofs = prove(loaded.mesh, read.invariants, plane);
  const files = [...base.files, ...read.files];
  return {
    ...base,
    files,
    mesh: loaded.mesh,
    findings: [...all, ...aimless(proofs, document), ...strangers(loaded.mesh, document)],
    proofs,
  };
}

function patternsOf(
  { invariants, document }: InvariantsDocument,
  { stated, fallback }: Proving,
): readonly string[] {
  if (stated.length > 0) return stated;
  const own = listOf(invariants.spec.mesh);
  if (own.length === 0) return fallback;
  return own.map((pattern) => within(folderOf(document.file), pattern));
}

function open(
  document: InvariantsDocument,
  { files }: Side,
  { world }: Proving,
): { readonly loaded: Loaded; readonly findings: readonly Finding[] } {
  return openInvariants(document, { ...world, files });
}

function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

interface ReadInvariants {
  readonly invariants: readonly Invariant[];
  readonly files: readonly File[]; // of the meshes that they are compared with
  readonly findings: readonly Finding[];
}

async function invariantsOf(
  document: InvariantsDocument,
  proving: Proving & { readonly patterns: readonly string[] },
): Promise<ReadInvariants | Misuse> {
  const invariants: Invariant[] = [];
  const files: File[] = [];
  const findings: Finding[] = [];
  for (const { expect, ...stated } of document.invariants.spec.invariants) {
    const other = otherOf(expect);
    if (other === undefined) {
      invariants.push({ ...stated, expect: expect as Invariant["expect"] });
      continue;
    }
    const side = await otherSide(other.mesh, document, proving);
    if (isMisuse(side)) return side;
    const opened = open(document, side, proving);
    files.push(...side.files);
    findings.push(...opened.findings.filter(({ severity }) => severity === "error"));
    const { mesh } = opened.loaded;
    const compared = other.verb === "same-as" ? { "same-as": mesh } : { "no-wider-than": mesh };
    invariants.push({ ...stated, expect: compared });
  }
  return { invariants, files, findings };
}

function otherOf(
  expect: StatedExpectation,
): { readonly verb: "same-as" | "no-wider-than"; readonly mesh: OtherMesh } | undefined {
  if (typeof expect === "string") return undefined;
  if ("same-as" in expect) return { verb: "same-as", mesh: expect["same-as"] };
  if ("no-wider-than" in expect) return { verb: "no-wider-than", mesh: expect["no-wider-than"] };
  return undefined;
}

async function otherSide(
  other: OtherMesh,
  { document }: InvariantsDocument,
  { patterns, access }: Proving & { readonly patterns: readonly string[] },
): Promise<Side | Misuse> {
  if ("revision" in other) return sideBefore(other.revision, patterns, access);
  const folder = folderOf(document.file);
  const paths = listOf(other.mesh).map((pattern) => within(folder, pattern));
  return sideOnDisk("the other mesh", paths, access);
}

/** The same files as they were: some may have been added since. */
async function sideBefore(
  revision: string,
  patterns: readonly string[],
  access: Access,
): Promise<Side | Misuse> {
  const side = await sideAt(revision, patterns, access);
  if (isMisuse(side)) return side;
  const [lost] = side.missing ?? [];
  if (lost !== undefined && side.files.length === 0) return lacks([revision], lost);
  tellMissing(side, access);
  return side;
}

/** An invariant about nobody proves nothing. */
function aimless(
  proofs: readonly Proof[],
  { invariants, document }: InvariantsDocument,
): readonly Finding[] {
  return proofs.flatMap(({ invariant, points, assumptions }) => {
    if (points.length > 0) return [];
    const index = invariants.spec.invariants.findIndex(({ name }) => name === invariant.name);
    const at = document.locate(["spec", "invariants", index, "target"]);
    const [why = ""] = assumptions;
    const isWay = /^no (?:gateway|workload|way)\b/.test(why);
    const lost = isWay ? `: ${why}` : " speaks of no workload of the mesh";
    const hint = "authz describe shows which there are";
    return [diagnose("suite/unknown-name", `\`${invariant.name}\`${lost}`, at, hint)];
  });
}

/** A provider that no policy asks lets nothing in: its name may be wrong. */
function strangers(mesh: Mesh, { invariants, document }: InvariantsDocument): readonly Finding[] {
  const known = mesh.authorizationPolicies.flatMap(({ spec }) => spec.provider?.name ?? []);
  return invariants.spec.invariants.flatMap(({ name, expect }, index) => {
    if (typeof expect === "string" || !("only-with-provider" in expect)) return [];
    const provider = expect["only-with-provider"];
    if (known.includes(provider)) return [];
    const at = document.locate(["spec", "invariants", index, "expect", "only-with-provider"]);
    const message = `\`${name}\`: no CUSTOM policy asks a provider \`${provider}\``;
    return [diagnose("suite/unknown-name", message, at, didYouMean(provider, known))];
  });
}
