import type { Onward, Way } from "../model/route.ts";
import type { Answer, Inquiry } from "./inquiry.ts";

/** Of several destinations any that has a weight may be the one. */
export function chooseWay(
  { ways, virtualHost, index, rule }: Onward,
  { ask }: Inquiry,
): Way | undefined {
  const [only, ...more] = ways.length > 1 ? ways.filter(({ weight }) => weight > 0) : ways;
  if (only === undefined || more.length === 0) return only;
  const possible = [only, ...more];
  const candidates = possible.map((way, at) => weightText(way, at, possible));
  const by = rule === undefined ? (virtualHost ?? "") : `${rule.namespace}/${rule.name}`;
  const picked = ask({ id: `route:${by}#${index ?? 0}`, candidates: [...new Set(candidates)] });
  return possible[candidates.indexOf(picked)] ?? only;
}

/** A copy that a proxy makes of what goes a way, in place of it: where copies are followed. */
export function chooseCopy(
  proxy: string,
  { ways, copies = [], virtualHost = "", index = 0 }: Onward,
  way: Way,
  { ask, copies: isAsked }: Inquiry,
): Way | undefined {
  const possible = isAsked ? copies.filter(({ of, missing }) => ways[of] === way && !missing) : [];
  if (possible.length === 0) return undefined;
  const candidates = [noCopy, ...new Set(possible.map(clusterName))];
  const picked = ask({ id: `${copyQuestion} ${proxy} ${virtualHost}#${index}`, candidates });
  return possible.find((each) => clusterName(each) === picked);
}

const copyQuestion = "route:copy of";
const noCopy = "none";

/** Whether what was answered on the way makes it that of a copy. */
export function isOfCopy(answers: readonly Answer[]): boolean {
  return answers.some(({ id, value }) => id.startsWith(copyQuestion) && value !== noCopy);
}

/** Two destinations of one cluster may differ in what is written into the request: its headers, and its host. */
function weightText(way: Way, at: number, all: readonly Way[]): string {
  const name = clusterName(way);
  const same = all.findIndex(
    (each) => clusterName(each) === name && writtenBy(each) === writtenBy(way),
  );
  return same === all.findIndex((each) => clusterName(each) === name) ? name : `${name} (${at})`;
}

function writtenBy({ headers, authority }: Way): string {
  return JSON.stringify([headers, authority]);
}

/** As Envoy names it. */
export function clusterName({
  host,
  port,
  subset = "",
  passed,
}: Pick<Way, "host" | "port" | "subset" | "passed">): string {
  if (passed) return `outbound_.${port}_.${subset}_.${host}`;
  return port === undefined ? host : `outbound|${port}|${subset}|${host}`;
}
