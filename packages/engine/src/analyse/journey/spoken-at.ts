import type { Program } from "../../model/program.ts";
import type { Requests } from "../api.ts";
import { remoteOf } from "../space/arrivals.ts";
import type { Look } from "../space/decisions.ts";
import type { Formula } from "../space/formula.ts";
import { requestsFormula } from "../space/requests.ts";
import { namedIn } from "../space/server-names.ts";
import type { Asked, Begun } from "./prove-journey.ts";

/** Requests as they come to the first proxy; a token that is accepted is one that every proxy on the way takes. */
export function spokenAt(
  { mesh, program, call }: Begun,
  { protocol, queries }: Look,
  { ends }: Asked,
  passed: readonly Program[],
): (requests: Requests) => Formula {
  const { namespace } = ends.target.proxy;
  const remote = remoteOf(program, { protocol });
  const takers = { ...program, listeners: passed.flatMap(({ listeners }) => listeners) };
  const named = call ? {} : { named: namedIn(program, protocol) };
  const place = { mesh, namespace, protocol, queries, remote, program: takers, ...named };
  return (requests) => requestsFormula(requests, place);
}
