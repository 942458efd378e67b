import { matchesText } from "../match/matches.ts";
import type { ProviderAnswer } from "../model/access-request.ts";
import type { ExtAuthzFilter, Filter } from "../model/program.ts";
import { absent, type Candidates } from "./candidates.ts";
import { headerNames, headerValues } from "./questions.ts";

const known = new WeakMap<ExtAuthzFilter, Candidates>();

/**
 * What a provider whose answer nobody stated may say: `allow`, `deny`, and, where a later filter looks at a header that the
 * provider may set or take away, `allow, NAME: VALUE` and `allow, without NAME`. Of several such headers, one at a time:
 * that is partial, and so is whatever would take tokens from the provider.
 */
export function providerAnswers(filter: ExtAuthzFilter, later: readonly Filter[]): Candidates {
  const before = known.get(filter);
  if (before !== undefined) return before;
  const { upstreamHeaders } = filter;
  const isSettable = (name: string): boolean =>
    upstreamHeaders === undefined || upstreamHeaders.some((text) => matchesText(text, name));
  const names = headerNames(later).filter(isSettable);
  const values = names.map((name) => ({ name, ...headerValues(later, name) }));
  const changes = values.flatMap(({ name, candidates }) =>
    candidates.flatMap((value) => {
      if (value !== absent) return `allow, ${name}: ${value}`;
      return upstreamHeaders === undefined ? `allow, without ${name}` : [];
    }),
  );
  const isPartial =
    names.length > 1 || values.some(({ partial }) => partial) || carriers(later).some(isSettable);
  const answers: Candidates = {
    candidates: ["allow", "deny", ...changes],
    ...(isPartial ? { partial: true } : {}),
  };
  known.set(filter, answers);
  return answers;
}

/** The headers in which later filters look for tokens: which ones a provider puts there, nobody can enumerate. */
function carriers(later: readonly Filter[]): readonly string[] {
  return later.flatMap((filter) =>
    filter.kind === "jwt"
      ? filter.providers.flatMap(({ headers, cookies }) => [
          ...headers.map(({ name }) => name.toLowerCase()),
          ...(cookies.length > 0 ? ["cookie"] : []),
        ])
      : [],
  );
}

/** What an answer to the fact `ext-authz:` means; what is no answer denies. */
export function parseAnswer(said: string): ProviderAnswer {
  if (said === "allow" || said === "error") return said;
  const gone = /^allow, without ([^:]+)$/.exec(said)?.[1];
  if (gone !== undefined) return { allow: { remove: [gone] } };
  const [, name, value] = /^allow, ([^:]+): (.*)$/.exec(said) ?? [];
  return name === undefined || value === undefined ? "deny" : { allow: { set: { [name]: value } } };
}
