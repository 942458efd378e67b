import type { Coverage } from "@meshproof/testkit";
import type { Texts } from "../format/position.ts";
import { escapeXml } from "../reporters/xml.ts";
import { isCovered, type Line, linesOf } from "./lines.ts";

/** Cobertura's XML, as CI systems read it: a file is a class, and each piece that begins on a line a branch of it. */
export function cobertura({ pieces }: Coverage, texts: Texts): string {
  const files = [...linesOf(pieces, texts)];
  const lines = files.flatMap(([, each]) => each);
  const covered = lines.filter((line) => line.covered).length;
  const branches = pieces.filter(isCovered).length;
  const counts = `lines-valid="${lines.length}" lines-covered="${covered}" branches-valid="${pieces.length}" branches-covered="${branches}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<coverage ${rates(lines)} ${counts} complexity="0" version="1" timestamp="0">
  <sources><source>.</source></sources>
  <packages>
    <package name="policies" ${rates(lines)} complexity="0">
      <classes>
${files.map(([file, each]) => classOf(file, each)).join("")}      </classes>
    </package>
  </packages>
</coverage>
`;
}

function classOf(file: string, lines: readonly Line[]): string {
  const name = escapeXml(file);
  return `        <class name="${name}" filename="${name}" ${rates(lines)} complexity="0">
          <methods/>
          <lines>
${lines.map(lineOf).join("")}          </lines>
        </class>
`;
}

function lineOf({ line, pieces, covered }: Line): string {
  const hit = pieces.filter(isCovered).length;
  const rate = `${Math.floor((hit * 100) / pieces.length)}% (${hit}/${pieces.length})`;
  return `            <line number="${line}" hits="${covered ? 1 : 0}" branch="true" condition-coverage="${rate}"/>\n`;
}

function rates(lines: readonly Line[]): string {
  const pieces = lines.flatMap((line) => line.pieces);
  const whole = ratio(lines.filter(({ covered }) => covered).length, lines.length);
  return `line-rate="${whole}" branch-rate="${ratio(pieces.filter(isCovered).length, pieces.length)}"`;
}

function ratio(part: number, all: number): string {
  return all === 0 ? "1" : String(Math.floor((part * 10_000) / all) / 10_000);
}
