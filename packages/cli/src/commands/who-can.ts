import type { Mesh } from "@meshproof/engine";
import { type Access as Answer, whoCan as callersOf } from "@meshproof/engine/analyse";
import { readerOf } from "@meshproof/testkit/files";
import { accessAgain } from "../analysis/ask-again.ts";
import { meshFlags, meshOf } from "../analysis/mesh-of.ts";
import { planeOf } from "../analysis/plane-flag.ts";
import { type Front, pointsNamed } from "../analysis/points-named.ts";
import { requestsFlags, requestsOf, sound, warnOfBareHost } from "../analysis/requests-named.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags } from "../flags.ts";
import { accessJson } from "../format/analysis/access-json.ts";
import { accessText } from "../format/analysis/access-text.ts";
import { type Access, columnsOf, type ExitCode } from "../io.ts";

const flags: Flags = {
  ...meshFlags,
  ...requestsFlags,
  output: { short: "o", value: "FORMAT", oneOf: ["text", "json"], help: "text (default), json" },
  verbose: {
    short: "v",
    help: "one request for each kind of caller, and the command that asks it again",
  },
};

/** Who gets through to a workload, of all callers there can be. */
export const whoCan: Command = {
  summary: "who gets through to this workload? of all callers there can be",
  usage: [
    "WORKLOAD -f MESH... [--http ...]   deploy/NS/NAME, svc/NS/NAME:PORT, gateway/NS/NAME:PORT, ns/NS, ns/NS,label=value",
  ],
  about: `Answers are in the words of the policies: "peer is in namespace ops and claim groups is admin". Each stands for
requests of which one was evaluated (-v shows it). Exit code 3: there is no answer within the budget.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const [target, more] = args.positionals;
    if (target === undefined || more !== undefined)
      return { misuse: "which workload?", hint: "authz who-can svc/shop/orders:80 -f policies/" };
    const loaded = await meshOf(args, access);
    if (loaded === undefined) return 2;
    if (isMisuse(loaded)) return loaded;
    const named = pointsNamed(loaded, target, args.one("namespace"), planeOf(args));
    if (isMisuse(named)) return named;
    const { mesh = loaded } = named;
    warnOfBareHost(args, mesh, io);
    const asked = requestsOf(args, named.ports);
    const requests = isMisuse(asked) ? asked : await sound(asked, io);
    if (isMisuse(requests)) return requests;
    const behind = callersOf(mesh, requests, { only: named.only, ...planeOf(args) });
    const { front } = named;
    const answers = front ? withFront(front, mesh, args, behind) : behind;
    const style = {
      mesh,
      texts: access.reader,
      columns: columnsOf(io),
      verbose: args.on("verbose"),
      ...(args.on("verbose") && !named.mesh ? { again: accessAgain(mesh, args) } : {}),
    };
    const words = { empty: "nobody", all: "everybody" };
    io.out(
      args.one("output") === "json"
        ? accessJson(answers, mesh, access.reader)
        : accessText(answers, { ...style, ...words }),
    );
    return accessCode(answers);
  },
};

/** Requests to a Service meet its waypoint first: who gets through there is another answer, and each says that it is not all. */
function withFront(
  { name, only, service }: Front,
  mesh: Mesh,
  args: Args,
  behind: readonly Answer[],
): readonly Answer[] {
  const asked = requestsOf(args);
  const before = isMisuse(asked) ? [] : callersOf(mesh, asked, { only, service, ...planeOf(args) });
  const way = `what is sent to the Service passes ${name}, whom its pods see as the caller then: each is looked at alone, and an invariant with \`through: ${name}\` is about the whole way`;
  return [...before, ...behind].map((each) => ({
    ...each,
    assumptions: [...each.assumptions, way],
  }));
}

/** 3: something is not known. */
export function accessCode(answers: readonly Answer[]): ExitCode {
  return answers.some(({ undecided }) => undecided.length > 0) ? 3 : 0;
}
