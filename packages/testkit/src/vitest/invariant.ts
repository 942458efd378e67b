import type { ParsedDocument } from "@meshproof/engine";
import { type AnalyseOptions, type Invariant, type Proof, prove } from "@meshproof/engine/analyse";
import { parseInvariants } from "../invariants/parse-invariants.ts";
import { findingsText } from "./findings-text.ts";
import { type MeshLike, meshIn } from "./mesh-like.ts";

/** What must hold of every request, as code says it: a mesh that it is compared with is one that was opened. */
export interface InvariantInCode extends Omit<Invariant, "name" | "expect"> {
  readonly name?: string; // absent: what is expected
  readonly expect:
    | Exclude<Invariant["expect"], object>
    | Extract<Invariant["expect"], { readonly "allowed-only-if": unknown }>
    | Extract<Invariant["expect"], { readonly "only-with-provider": unknown }>
    | { readonly "no-wider-than": MeshLike }
    | { readonly "same-as": MeshLike };
}

/** An invariant as `toSatisfy` takes it. Called with a mesh it says whether it is met there. */
export interface Satisfies {
  (mesh: unknown): boolean;
  readonly invariant: Invariant;
  /** What becomes of it in a mesh, at each of the points that it speaks of. */
  readonly proofsIn: (mesh: unknown) => readonly Proof[];
}

/**
 * Something that must hold of every request there can be: `expect(mesh).toSatisfy(invariant({ requests, expect: "never-allowed" }))`.
 * The words are those of an Invariants file. Throws a TypeError for what is none.
 */
export function invariant(stated: InvariantInCode, options: AnalyseOptions = {}): Satisfies {
  const made = checked(stated);
  const proofsIn = (mesh: unknown): readonly Proof[] => prove(meshIn(mesh), [made], options);
  const satisfies = (mesh: unknown): boolean => proofsIn(mesh).every(isMet);
  return Object.assign(satisfies, { invariant: made, proofsIn });
}

/** Whether what `toSatisfy` was given is an invariant, and not some function. */
export function isSatisfies(value: unknown): value is Satisfies {
  return typeof value === "function" && "invariant" in value && "proofsIn" in value;
}

/** Whether an invariant may be taken as met. */
export function isMet({ result, invariant: { vacuous } }: Proof): boolean {
  return result === "holds" || (result === "holds-vacuously" && vacuous === "ok");
}

/** An invariant after the validation that one in a file gets. */
function checked({ name, expect, ...stated }: InvariantInCode): Invariant {
  const [verb = ""] = typeof expect === "string" ? [expect] : Object.keys(Object(expect));
  const called = name ?? verb;
  const other = otherOf(expect);
  const written = other === undefined ? expect : { [verb]: { mesh: "another" } };
  faultless({ ...stated, name: called, expect: written });
  if (other === undefined)
    return { ...stated, name: called, expect: expect as Invariant["expect"] };
  const mesh = meshIn(other);
  const compared = verb === "same-as" ? { "same-as": mesh } : { "no-wider-than": mesh };
  return { ...stated, name: called, expect: compared };
}

function otherOf(expect: InvariantInCode["expect"]): MeshLike | undefined {
  if (typeof expect !== "object") return undefined;
  if ("same-as" in expect) return expect["same-as"];
  return "no-wider-than" in expect ? expect["no-wider-than"] : undefined;
}

function faultless(invariant: unknown): void {
  const value = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "Invariants",
    spec: { invariants: [invariant] },
  };
  const locate: ParsedDocument["locate"] = () => ({ file: "an invariant", start: 0, end: 0 });
  const { findings } = parseInvariants({
    file: "an invariant",
    value,
    locate,
    locateKey: locate,
  });
  if (findings.length > 0) throw new TypeError(findingsText(findings, new Map()));
}
