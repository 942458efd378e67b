import type { ClauseTrace, Filter, Hop, Mesh, Program, Proxy } from "@meshproof/engine";
import { serveEnvoy } from "../../engine/src/envoy/serve.ts";
import { programOf } from "../../engine/src/journey/programs.ts";
import { reached } from "../../engine/src/journey/serve.ts";
import type { Attribute, Clause, Rule } from "../../engine/src/model/rule.ts";
import { untilVerified } from "../src/conformance/serve-request.ts";
import type { RecordedRequest } from "./recorded-scenarios.ts";

/** What the filters of a chain can see of a request: before the first, behind the first, and so on as far as it got. */
export interface Sights {
  readonly seen: readonly Sight[];
  readonly hop: Hop;
}

/** The values of an attribute, by its kind and name. */
export type Sight = (attribute: Attribute) => readonly string[];

const policy = { kind: "AuthorizationPolicy", namespace: "probe", name: "probe" };

/** A filter that refuses nothing, and looks at these attributes. */
function probeOf(attributes: readonly Attribute[]): Filter {
  const rules = attributes.map((attribute, index): Rule => {
    const clause: Clause = { attribute, field: "values", any: [] };
    return {
      name: "probe",
      policy,
      index,
      groups: [{ of: "when", any: [{ index, all: [clause] }] }],
    };
  });
  return { kind: "rbac", action: "AUDIT", peer: "certificate", rules };
}

/** The same program with such a filter around each of its own. */
function probed(program: Program, attributes: readonly Attribute[]): Program {
  const probe = probeOf(attributes);
  const around = (filters: readonly Filter[]): readonly Filter[] => [
    probe,
    ...filters.flatMap((filter) => [filter, probe]),
  ];
  const listeners = program.listeners.map((listener) => ({
    ...listener,
    chains: listener.chains.map((chain) => ({ ...chain, filters: around(chain.filters) })),
  }));
  return { ...program, listeners };
}

/** Programs with probes, made once for each proxy and set of attributes. */
const made = new WeakMap<Program, Map<string, Program>>();

/** Sends a request through the evaluator to see what filters see of it. */
export async function sightsOf(
  mesh: Mesh,
  proxy: Proxy,
  { connection, http, providers }: RecordedRequest,
  attributes: readonly Attribute[],
): Promise<Sights> {
  const told = programOf(mesh, reached(proxy, connection));
  const known = made.get(told) ?? new Map<string, Program>();
  made.set(told, known);
  const key = JSON.stringify(attributes);
  const program = known.get(key) ?? probed(told, attributes);
  known.set(key, program);
  const serve = (isHttp: boolean): Promise<{ readonly hop: Hop }> =>
    untilVerified((facts) =>
      serveEnvoy(program, connection, http, facts, { trace: true, providers: providers(isHttp) }),
    );
  const first = await serve(false);
  const isHttp = first.hop.steps.some(({ layer }) => layer === "http");
  const { hop } = isHttp ? await serve(true) : first;
  const seen = hop.steps.flatMap(({ trace = [] }) => {
    const own = trace.filter(({ rule }) => rule.policy === policy);
    return own.length > 0 ? [sightOf(own)] : [];
  });
  return { seen, hop };
}

function sightOf(trace: readonly ClauseTrace[]): Sight {
  const values = new Map(trace.map(({ clause, actual }) => [keyOf(clause.attribute), actual]));
  return (attribute) => values.get(keyOf(attribute)) ?? [];
}

function keyOf(attribute: Attribute): string {
  return JSON.stringify(attribute);
}
