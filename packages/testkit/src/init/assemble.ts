import { type Mesh, nativeJson, type ParsedDocument, type SourceFile } from "@meshproof/engine";
import { accountsOf } from "../accounts.ts";
import { defined } from "../defined.ts";
import type { SuiteDocument } from "../parse-suite.ts";
import type { CaseResult } from "../result.ts";
import { runSuite } from "../run.ts";
import type { Expectation, StatedWorkload, Suite, Test } from "../suite.ts";
import type { TokenSpec } from "../token.ts";
import type { Draft } from "./requests.ts";

/** What a first suite is made from. */
export interface FirstSuiteOptions {
  readonly files: readonly SourceFile[];
  readonly mesh: Mesh;
  readonly name: string;
  readonly paths: readonly string[]; // of the mesh, as the suite will name it
  readonly namespace?: string;
}

/** A request that is tried, or that was found, and what it is about. */
export interface Found {
  readonly about: string; // "shop/orders[0]": a rule; "shop/edge http[0]": a route
  readonly verb: " decides" | ":"; // what it does in the name of the test
  readonly draft: Draft;
  readonly expect: Expectation;
}

/** What becomes of them, all asked in one world: that of the suite they would make. */
export async function ask(
  found: readonly Found[],
  options: FirstSuiteOptions,
): Promise<readonly (CaseResult | undefined)[]> {
  const { files } = options;
  const suite = suiteOf(found, options);
  const { cases } = await runSuite(inMemory(suite), { files, allowEmpty: true });
  return found.map((_, index) => cases[index]);
}

function inMemory(suite: Suite): SuiteDocument {
  const span = { file: "suite", start: 0, end: 0 };
  const locate: ParsedDocument["locate"] = () => span;
  return { suite, document: { file: "suite", value: suite, locate, locateKey: locate } };
}

/** The suite that they make. */
export function suiteOf(
  found: readonly Found[],
  { mesh, name, paths, namespace }: FirstSuiteOptions,
): Suite {
  const actors = actorsOf([...accountsOf(mesh), ...found.flatMap(({ draft }) => accountIn(draft))]);
  const tokens = new Map<string, string>();
  for (const { draft } of found)
    if (draft.request.token !== undefined) {
      const text = JSON.stringify(draft.request.token);
      if (!tokens.has(text)) tokens.set(text, `token-${tokens.size + 1}`);
    }
  const specs = [...tokens].map(([text, id]): [string, TokenSpec] => [
    id,
    nativeJson(text) as TokenSpec,
  ]);
  const issuers = [...new Set(specs.flatMap(([, { issuer }]) => issuer ?? []))];
  return {
    metadata: { name },
    spec: defined({
      mesh: paths,
      namespace,
      environment: { istio: mesh.release.istio.split(".").slice(0, 2).join(".") },
      keys: listed(issuers.map((issuer) => [issuer, "trusted"])),
      workloads: listed([...statedIn(found)]),
      actors: listed([...actors].map(([caller, actor]) => [actor, caller])),
      tokens: listed(specs),
      tests: found.map((each) => testOf(each, actors, tokens)),
    }),
  };
}

/** The workloads that were made up; the ports of one add up. */
function statedIn(found: readonly Found[]): ReadonlyMap<string, StatedWorkload> {
  const stated = new Map<string, StatedWorkload>();
  for (const { draft } of found) {
    for (const [name, workload] of draft.target.stated) {
      const known = stated.get(name);
      const ports = { ...known?.ports, ...workload.ports };
      const listening = Object.keys(ports).length > 0 ? { ports } : {};
      stated.set(name, { ...known, ...workload, ...listening });
    }
  }
  return stated;
}

function listed<Value>(
  pairs: readonly (readonly [string, Value])[],
): Readonly<Record<string, Value>> | undefined {
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

function accountIn({ request }: Draft): readonly string[] {
  const { from } = request;
  return typeof from === "string" && from.startsWith("sa/") ? [from] : [];
}

/** A name for every caller: that of its account, with the namespace where two would be called the same. */
function actorsOf(callers: readonly string[]): ReadonlyMap<string, string> {
  const actors = new Map<string, string>();
  for (const caller of new Set(callers)) {
    const [, namespace = "", account = ""] = caller.split("/");
    const taken = [...actors.values()].includes(account) || account === "default";
    actors.set(caller, taken ? `${namespace}-${account}` : account);
  }
  return actors;
}

function testOf(
  { about, verb, draft, expect }: Found,
  actors: ReadonlyMap<string, string>,
  tokens: ReadonlyMap<string, string>,
): Test {
  const { token, from, http, ...rest } = draft.request;
  const caller = typeof from === "string" ? (actors.get(from) ?? from) : undefined;
  const { method = "GET", path = "/", host = "", headers } = http;
  const use = token === undefined ? undefined : tokens.get(JSON.stringify(token));
  const short = `${method} ${host}${path}`;
  const request = defined({
    from: caller,
    ...rest,
    http: headers === undefined ? short : http,
    token: draft.carried === undefined || use === undefined ? use : { use, ...draft.carried },
  });
  const { to, entrance } = draft.target;
  const asked = entrance === undefined ? short : `${method} ${to}${path}`;
  return { name: `${about}${verb} ${asked} from ${caller ?? "anyone"}`, request, expect };
}
