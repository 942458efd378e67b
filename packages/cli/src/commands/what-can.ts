import { whatCan as accessOf, type Requests } from "@meshproof/engine/analyse";
import { readerOf } from "@meshproof/testkit/files";
import { accessAgain } from "../analysis/ask-again.ts";
import { meshFlags, meshOf } from "../analysis/mesh-of.ts";
import { planeOf } from "../analysis/plane-flag.ts";
import {
  callerNamed,
  requestsFlags,
  requestsOf,
  sound,
  warnOfBareHost,
} from "../analysis/requests-named.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { accessJson } from "../format/analysis/access-json.ts";
import { accessText } from "../format/analysis/access-text.ts";
import { type Access, columnsOf, type Io } from "../io.ts";
import { pairsOf } from "../world-flags.ts";
import { accessCode } from "./who-can.ts";

const flags: Flags = {
  ...meshFlags,
  ...requestsFlags,
  claim: {
    value: "NAME=VALUE",
    multiple: true,
    help: "with a token that says so; repeatable: --claim iss=https://login.example --claim groups=admin",
  },
  output: { short: "o", value: "FORMAT", oneOf: ["text", "json"], help: "text (default), json" },
  verbose: {
    short: "v",
    help: "one request for each answer, the command that asks it again, and where nothing gets through",
  },
};

/** What a caller reaches, of all requests there can be. */
export const whatCan: Command = {
  summary: "what does this caller reach? of all requests there can be",
  usage: [
    "CALLER -f MESH... [--http ...]   sa/NS/NAME, spiffe://..., ns/NS, an address or CIDR, none",
  ],
  about: "Workloads that nothing gets through to are left out (-v shows them).",
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const requests = await requestsFrom(args, io);
    if (isMisuse(requests)) return requests;
    const mesh = await meshOf(args, access);
    if (mesh === undefined) return 2;
    if (isMisuse(mesh)) return mesh;
    warnOfBareHost(args, mesh, io);
    const answers = accessOf(mesh, requests, planeOf(args));
    const verbose = args.on("verbose");
    const shown = verbose ? answers : answers.filter(({ nobody }) => !nobody);
    const again = verbose ? { again: accessAgain(mesh, args) } : {};
    const style = { mesh, texts: access.reader, columns: columnsOf(io), verbose, ...again };
    const words = { empty: "nothing", all: "every request" };
    if (args.one("output") === "json") io.out(accessJson(answers, mesh, access.reader));
    else if (answers.length === 0) io.out("nothing enforces policies here\n");
    else if (shown.length === 0) io.out("nothing\n");
    else io.out(accessText(shown, { ...style, ...words }));
    return accessCode(answers);
  },
};

async function requestsFrom(args: Args, io: Io): Promise<Requests | Misuse> {
  const [caller, more] = args.positionals;
  if (caller === undefined || more !== undefined)
    return { misuse: "which caller?", hint: "authz what-can sa/shop/web -f policies/" };
  const from = callerNamed(caller, args.one("namespace"));
  if (isMisuse(from)) return from;
  const requests = requestsOf(args);
  if (isMisuse(requests)) return requests;
  const claims = pairsOf("claim", args);
  if (isMisuse(claims)) return claims;
  const when = Object.entries(claims.pairs).map(([name, value]) => ({
    key: `request.auth.claims[${name.split(".").join("][")}]`,
    values: [value],
  }));
  return sound({ ...requests, ...from, ...(when.length === 0 ? {} : { when }) }, io);
}
