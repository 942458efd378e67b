import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  conform,
  type Judgement,
  reportText,
  total,
  type Vector,
  type World,
} from "@meshproof/testkit/conformance";
import type { ExitCode } from "../io.ts";
import { readVectors, readWorld } from "./read-vectors.ts";

const usage = `usage: npm run conformance -- FILE.jsonl[.gz] ...
  --show N      divergences of each group (3)
  --group KIND  only groups whose kind contains this
  --only ID     one scenario, or one request of it (ID/REQUEST), in full
  --no-jwt      only scenarios without RequestAuthentication and CUSTOM
`;

const options = {
  show: { type: "string", default: "3" },
  group: { type: "string" },
  only: { type: "string" },
  "no-jwt": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const defaultWorld = fileURLToPath(
  new URL("../../../../policies/conformance/world", import.meta.url),
);

/** Runs files of vectors and says where the engine disagrees with what really happened. Exit code 1: somewhere. */
export async function runConformance(
  args: readonly string[],
  out: (text: string) => void,
): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help || positionals.length === 0) {
    out(usage);
    return values.help ? 0 : 2;
  }
  const world = readWorld(defaultWorld);
  const judgements: Judgement[] = [];
  for (const file of positionals)
    for (const vector of readVectors(file))
      if (isWanted(vector, values.only, values["no-jwt"]))
        judgements.push(...(await conform(vector, world)));
  if (values.only !== undefined) showInFull(judgements, values.only, positionals, world, out);
  const totals = total(judgements);
  out(reportText(totals, { show: Number(values.show), only: values.group }));
  return totals.divergences > 0 ? 1 : 0;
}

function isWanted({ scenario }: Vector, only: string | undefined, noJwt: boolean): boolean {
  if (only !== undefined && only !== scenario.id && !only.startsWith(`${scenario.id}/`))
    return false;
  return !noJwt || !scenario.objects.some(asksForMore);
}

function asksForMore({ kind, spec }: Vector["scenario"]["objects"][number]): boolean {
  return kind === "RequestAuthentication" || JSON.stringify(spec ?? {}).includes('"CUSTOM"');
}

function showInFull(
  judgements: readonly Judgement[],
  only: string,
  files: readonly string[],
  _world: World,
  out: (text: string) => void,
): void {
  const vectors = files.flatMap(readVectors).filter((vector) => isWanted(vector, only, false));
  for (const { scenario, ...rest } of vectors) {
    const { requests, ...shown } = scenario;
    out(
      `${JSON.stringify({ ...shown, rejected: rest.rejected, crashed: rest.crashed }, null, 1)}\n`,
    );
    for (const request of requests) {
      const name = `${scenario.id}/${request.id}`;
      if (only !== scenario.id && only !== name) continue;
      const judgement = judgements.find((each) => each.request === request.id);
      out(`${JSON.stringify({ request, ...judgement }, null, 1)}\n`);
    }
  }
}
