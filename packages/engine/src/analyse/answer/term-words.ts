import type { Term } from "../api.ts";
import { bareName, isBehind, proxyBefore } from "../journey/substitute.ts";
import { unreadNamed } from "../journey/unread-asked.ts";
import type { Domain } from "../partition/domain.ts";
import type { Side } from "./cube.ts";

/** The name of a coordinate without what tells its halves, and whose a written header is. */
export function shownName(name: string): string {
  const half = name.endsWith("~") ? name.slice(0, -1) : name;
  if (isBehind(half)) return `${shownName(bareName(half))} ${sentOnBy(proxyBefore(half))}`;
  if (!half.includes("@")) return half;
  return half.replace(/@ .*$/, " of the token").replace(/@(.*?)\??$/, " (from $1)");
}

function sentOnBy(proxy: string): string {
  const [name = "", before] = proxy.split(" ");
  return before === undefined ? `as ${name} sends it on` : `as ${name} sent it on before`;
}

/** What a route asks for and nobody works out is so, or not. Undefined: that is no such attribute. */
export function routedTerm(name: string, side: Side): Term | undefined {
  const asked = isBehind(name) ? unreadNamed(bareName(name)) : undefined;
  if (asked === undefined || side.kind !== "elements") return undefined;
  const isSo = [...side.signs.values()].includes(true);
  const [proxy = ""] = proxyBefore(name).split(" ");
  const { of, words } = asked;
  const text =
    of === "query"
      ? `the query has ${isSo ? "" : "no "}${words}`
      : `path is ${isSo ? "" : "not "}like ${words}`;
  return { attribute: of, text: `${text}, as a route of ${proxy} asks` };
}

/** A waypoint is called for a Service or for a pod, a gateway at one of its servers. */
export function doorText(text: string, { values }: Domain): string {
  const isWaypoint = values.some((value) => value === "pods" || value?.includes(":"));
  if (!isWaypoint) return text.replace(/^door/, "server");
  return text.replace(/^door/, "what is called").replace(/\bpods\b/, "a pod itself");
}

/** Every token has an issuer. */
export function tokenText(text: string): string {
  const issuer = "claim iss";
  if (text === `${issuer} is absent`) return "there is no token";
  if (text === `${issuer} is there`) return "there is a token";
  return text
    .replace(`(${issuer} is absent or `, `(there is no token, or ${issuer} is `)
    .replace(`${issuer} is there, but not`, `the token's ${issuer} is not`);
}

export function answerTerm(name: string, yes: boolean): Term {
  const [provider, header, before] = name.split("\n");
  const attribute = `provider ${provider}${before === undefined ? "" : " further on"}`;
  if (header === undefined) return { attribute, text: `${attribute} says ${yes ? "yes" : "no"}` };
  return { attribute, text: `${attribute} ${yes ? "changes" : "leaves"} header ${header}` };
}
