import type { ExplainedCondition } from "@meshproof/engine";
import { few } from "./trace-lines.ts";

type Kind = ExplainedCondition["clause"]["attribute"]["kind"];

const missing: Partial<Readonly<Record<Kind, string>>> = {
  peer: "the caller shows no identity",
  "peer.namespace": "the caller shows no identity",
  "peer.account": "the caller shows no identity",
  "request.principal": "no verified token with issuer and subject",
  claim: "no verified token with this claim",
  header: "the request has no such header",
  metadata: "no filter sets this metadata",
  "source.ip": "the proxy does not see the caller's address",
};

const names: Partial<Readonly<Record<Kind, string>>> = {
  "source.ip": "the caller's address",
  "remote.ip": "the client's address",
  peer: "the caller's identity",
  method: "the method",
  path: "the path",
  host: "the host",
  header: "this header",
  claim: "the token",
  "request.principal": "the token",
};

/** A condition against what was seen: "POST matches none of GET, HEAD". */
export function conditionText(condition: ExplainedCondition): string {
  const { actual, known, clause, expected, negated } = condition;
  const { kind } = clause.attribute;
  const wanted = wantedText(expected);
  if (!known)
    return `${negated ? "not " : ""}${wanted}; ${names[kind] ?? "this"} is not known, and does not matter`;
  if (actual.length === 0) {
    const what = missing[kind] ?? "there is none";
    return negated ? `not ${wanted}; ${what}` : `${what}; wanted: ${wanted}`;
  }
  const [only] = actual;
  const isItself = actual.length === 1 && expected.length === 1 && only === expected[0];
  if (isItself && !negated) return shown(actual);
  return `${shown(actual)} ${verdictText(condition)}`;
}

function verdictText({ expected, negated, holds, clause }: ExplainedCondition): string {
  const isRegex = [...(clause.any ?? []), ...(clause.none ?? [])].some(
    ({ kind }) => kind === "re2",
  );
  const list = `${wantedText(expected)}${isRegex ? " as a regular expression" : ""}`;
  const several = expected.length > 1;
  const matches = negated !== holds;
  if (matches)
    return `matches ${several ? "one of " : ""}${list}${negated ? ", and must not" : ""}`;
  return several ? `matches none of ${list}` : `does not match ${list}`;
}

function wantedText(expected: readonly string[]): string {
  return expected.length === 0 ? "nothing" : few(expected.map(quoted));
}

function shown(actual: readonly string[]): string {
  return few(actual.map(quoted), 3);
}

/** A text that would be misread without quotes. */
export function quoted(text: string): string {
  const clipped = text.length > 70 ? `${text.slice(0, 67)}...` : text;
  return clipped === "" || /[\s,"']/.test(clipped) ? JSON.stringify(clipped) : clipped;
}
