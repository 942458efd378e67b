import type { Problem } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { mapping, texts } from "./body.ts";
import type { Caller } from "./caller.ts";
import { problem } from "./problem.ts";

/**
 * A host of one word names a Service of the caller's namespace: `reviews` becomes `reviews.shop`. What is wrong where there is none and
 * another namespace has one; any other host as it is.
 */
export function fullName(
  { inventory }: Mesh,
  host: string,
  caller: Caller | Problem,
  namespace: string | undefined,
): string | Problem {
  if (!/^[a-z0-9-]+$/i.test(host) || !("kind" in caller) || !isInside(caller)) return host;
  const home = homeOf(caller) ?? namespace;
  const spaces = inventory.services
    .filter(({ key }) => key.name === host.toLowerCase())
    .map(({ key }) => key.namespace);
  if (home !== undefined && spaces.includes(home)) return `${host}.${home}`;
  const isKnown = inventory.others.some(
    ({ key, body }) =>
      key.kind === "ServiceEntry" && (texts(mapping(body, "spec"), "hosts") ?? []).includes(host),
  );
  if (spaces.length === 0 || isKnown) return host;
  const why = home === undefined ? "nobody says which" : `${home} has no such Service`;
  return problem(
    ["to"],
    `\`${host}\` is a name within a namespace, and ${why}`,
    spaces.map((space) => `${host}.${space}`).join(", "),
  );
}

function isInside({ kind }: Caller): boolean {
  return kind !== "external" && kind !== "unknown";
}

function homeOf(caller: Caller): string | undefined {
  switch (caller.kind) {
    case "account":
      return caller.namespace;
    case "workload":
      return caller.workload.key.namespace;
    case "identity":
      return /^spiffe:\/\/[^/]+\/ns\/([^/]+)\//.exec(caller.uri)?.[1];
    case "external":
    case "node":
    case "none":
    case "unknown":
      return undefined;
  }
}
