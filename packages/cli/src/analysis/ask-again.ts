import type { AccessRequest, Mesh } from "@meshproof/engine";
import type { Proof, Witness } from "@meshproof/engine/analyse";
import { witnessToken } from "@meshproof/testkit";
import type { Args } from "../flags.ts";
import type { Again } from "../format/analysis/places.ts";
import { quoted } from "../shell.ts";
import { planeOf } from "./plane-flag.ts";
import type { Proved } from "./prove-document.ts";
import { requestWords } from "./request-words.ts";
import { type Found, isShown } from "./shown-by.ts";

/** A mesh that a command can load again. `side`: which answer of a witness is the one of this mesh. */
export interface Asked {
  readonly words: readonly string[]; // its flags
  readonly side?: number; // counted from the end, -1: the last
}

/** The flags that load the files of a mesh as they were loaded here. Undefined: some of it came from stdin. */
export function meshWords(
  patterns: readonly string[],
  args: Args,
  own: Readonly<Record<string, string | undefined>> = {},
): readonly string[] | undefined {
  if (patterns.includes("-") || patterns.length === 0) return undefined;
  const names = ["namespace", "istio", "admission", "on-duplicate"] as const;
  const stated = names.map((name) => [name, args.one(name) ?? own[name]] as const);
  return [
    ...patterns.flatMap((pattern) => ["-f", pattern]),
    ...stated.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...args.many("feature").flatMap((pair) => ["--feature", pair]),
    ...args.many("assume").flatMap((word) => ["--assume", word]),
    ...(args.on("allow-empty") ? ["--allow-empty"] : []),
  ];
}

/** The command that asks the request of a witness again, if there is one that is answered as the witness was. */
export function askAgain(
  witness: Witness,
  found: Found,
  { words, side = -1 }: Asked,
): string | undefined {
  const expect = witness.statuses.at(side) === "allowed" ? "deny" : "allow";
  const token = witnessToken(witness);
  for (const request of wordingsOf(witness.request, found)) {
    if (!isShown({ name: "", witness, expect, request }, found)) continue;
    const flags = requestWords(request, token);
    if (flags !== undefined) {
      const keys = token?.issuer === undefined ? [] : ["--keys", `${token.issuer}=trusted`];
      return ["authz", "check", ...words, ...flags, ...keys].map(quoted).join(" ");
    }
    if (token === undefined) {
      // `echo` of some shells reads escapes
      const line = quoted(JSON.stringify(request));
      return `printf '%s\\n' ${line} | ${["authz", "decide", ...words].map(quoted).join(" ")}`;
    }
  }
  return undefined;
}

/** How requests are asked again in the mesh that `-f` names. */
export function accessAgain(mesh: Mesh, args: Args): Again {
  const words = args.on("data-plane") ? undefined : meshWords(args.many("filename"), args);
  const taken = planeOf(args);
  return (witness, point) =>
    words && askAgain(witness, { mesh, point, isWay: false, ...taken }, { words });
}

/** How counterexamples are asked again. Not where a document states what no flag does, or a data plane. */
export function proofAgain(args: Args): (proof: Proof, proved: Proved) => Again {
  return ({ through }, { mesh, patterns, plane, document }) => {
    const { namespace, environment = {}, workloads } = document.invariants.spec;
    const { istio, features = {}, meshConfig, envoy } = environment;
    const isTold = [workloads, meshConfig, envoy, plane.dataPlane].every((each) => !each);
    const words = isTold ? meshWords(patterns, args, { namespace, istio }) : undefined;
    const own = Object.entries(features).flatMap(([name, value]) => [
      "--feature",
      `${name}=${value}`,
    ]);
    return (witness, point) => {
      if (mesh === undefined || words === undefined) return undefined;
      const found: Found = { mesh, point, isWay: through !== undefined, ...plane };
      return askAgain(witness, found, { words: [...words, ...own] });
    };
  };
}

/** As it is, and to a workload by its labels, with what a port speaks that nothing declares. */
function wordingsOf(request: AccessRequest, { point, isWay }: Found): readonly AccessRequest[] {
  const { to, http } = request;
  const { kind, namespace, labels } = point.proxy;
  const port = typeof to === "string" ? /:(\d+)$/.exec(to)?.[1] : to.port;
  if (isWay || port === undefined || kind === "gateway" || kind === "waypoint") return [request];
  const described = { namespace, labels, port: Number(port) };
  const protocol = http === "none" ? ("tcp" as const) : ("auto" as const);
  return [request, { ...request, to: described }, { ...request, to: { ...described, protocol } }];
}
