import type { JwtProvider, Program } from "../../model/program.ts";
import type { Undecided } from "../api.ts";
import { jwtProvidersOf } from "../point-program.ts";

/** What is open where proxies of a way know the same issuer and look for its tokens in different places: one may pass by what another takes. */
export function lookedElsewhere(
  programs: readonly Program[],
  attributes: ReadonlySet<string>,
): readonly Undecided[] {
  if (![...attributes].some((each) => each.startsWith("claim "))) return [];
  const places = new Map<string, Set<string>>();
  for (const program of programs)
    for (const [issuer, looked] of placesIn(program))
      places.set(issuer, (places.get(issuer) ?? new Set()).add(looked));
  return [...places].flatMap(([issuer, looked]): readonly Undecided[] => {
    if (looked.size < 2) return [];
    const text = `proxies on the way look for tokens of ${issuer} in different places: what one passes by and another takes is not worked out`;
    return [{ because: "not-modelled", text, attribute: "claim iss" }];
  });
}

/** Where a proxy looks for the tokens of each issuer. */
function placesIn(program: Program): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const provider of jwtProvidersOf(program))
    found.set(provider.issuer, (found.get(provider.issuer) ?? new Set()).add(placeOf(provider)));
  return new Map([...found].map(([issuer, all]) => [issuer, [...all].sort().join("\n")]));
}

function placeOf({ headers, params, cookies }: JwtProvider): string {
  return JSON.stringify([
    headers.map(({ name, prefix }) => `${name.toLowerCase()} ${prefix}`).sort(),
    params.toSorted(),
    cookies.toSorted(),
  ]);
}
