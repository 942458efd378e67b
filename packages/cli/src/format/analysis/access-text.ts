import type { Mesh } from "@meshproof/engine";
import type { Access, Region } from "@meshproof/engine/analyse";
import type { Texts } from "../position.ts";
import { inColumns, type Line, placed, wrapped } from "../trace-lines.ts";
import { type Again, againLines, pointsText } from "./places.ts";
import { decidedText, witnessText } from "./witness.ts";

/** What answers about access are printed with. */
export interface AccessStyle {
  readonly mesh: Mesh;
  readonly texts: Texts;
  readonly columns?: number;
  readonly verbose: boolean; // a request for each region
  readonly again?: Again;
  readonly empty: string; // what is said where nothing gets through
  readonly all: string; // and where everything does
}

/** Who or what gets through at each point: regions in the policies' words. */
export function accessText(answers: readonly Access[], style: AccessStyle): string {
  const groups = new Map<string, Access[]>();
  for (const access of answers) {
    const where = pointsText(access.points);
    groups.set(where, [...(groups.get(where) ?? []), access]);
  }
  const lines = [...groups].flatMap(([where, some]) => [
    ...wrapped("", where),
    ...some.flatMap((access) => accessLines(access, some.length > 1, style)),
  ]);
  const assumptions = [...new Set(answers.flatMap((each) => each.assumptions))];
  const taken = assumptions.length === 0 ? [] : wrapped("assumed: ", assumptions.join("; "));
  return `${inColumns([...lines, ...taken], style.columns).join("\n")}\n`;
}

function accessLines(access: Access, several: boolean, style: AccessStyle): readonly Line[] {
  const { protocol, regions, complete, everyone, nobody, undecided } = access;
  const over = several ? `${protocol === "http" ? "HTTP" : "bytes"}: ` : "";
  if (nobody) return wrapped(`  ${over}`, style.empty);
  if (everyone) return wrapped(`  ${over}`, style.all);
  return [
    ...(over === "" ? [] : [`  ${over.trimEnd()}`]),
    ...regions.flatMap((region) => [
      ...regionLines(region, style),
      ...againLines("      ", style.again, region.witness, access.points),
    ]),
    ...(complete || undecided.length > 0 ? [] : ["  and more like these"]),
    ...undecided.flatMap(({ text }) => wrapped("  ? undecided: ", text)),
  ];
}

function regionLines({ text, witness }: Region, style: AccessStyle): readonly Line[] {
  const by = decidedText(witness, style.mesh, style.texts);
  return [
    ...placed("  - ", text === "" ? "every request" : text, by || undefined),
    ...(style.verbose ? wrapped("    such as ", witnessText(witness)) : []),
  ];
}
