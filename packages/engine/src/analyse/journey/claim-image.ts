import type { JwtProvider } from "../../model/program.ts";
import { jwtProvidersOf } from "../point-program.ts";
import { tokensHanded } from "../space/handed.ts";
import { free, type Image, isWritten, type Stretch, same } from "./stretch.ts";

/**
 * What the next proxy sees of a token. One that is verified goes no further unless its rule says so. It is followed where all look for tokens in
 * the same places, and nothing else is put there.
 */
export function claimImage({ from, to, action, destination }: Stretch): Image {
  const providers = jwtProvidersOf(from.program);
  const all = [...providers, ...jwtProvidersOf(to.program)];
  const places = [...all.flatMap(({ headers }) => headers.map(({ name }) => name)), "cookie"];
  const changes = [destination.headers, action?.headers];
  const isPut = [...places, ":path"].some((name) => isWritten(name.toLowerCase(), changes));
  if (isPut || tokensHanded(from.reading.rewrites).length > 0 || !lookAlike(all)) return free;
  if (providers.every(({ forward }) => forward)) return same;
  return providers.some(({ forward }) => forward) ? free : { kind: "value", value: undefined };
}

/** Whether all of these look for tokens in the same places. */
function lookAlike(providers: readonly JwtProvider[]): boolean {
  const places = providers.map(({ headers, params, cookies }) => [
    headers.map(({ name, prefix }) => [name.toLowerCase(), prefix]),
    params,
    cookies,
  ]);
  return new Set(places.map((each) => JSON.stringify(each))).size <= 1;
}
