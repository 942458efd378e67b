import type { Facts } from "../../model/fact.ts";
import type { JwtProvider, Listener } from "../../model/program.ts";
import { recallJwks } from "../../parse/jwks.ts";
import { nativeJson } from "../../parse/native-json.ts";
import { isFields } from "../../parse/objects.ts";
import { isOutOfReach, keysId } from "./keys.ts";

/** What comes of a listener whose keys istiod fetched and wrote into it as they are. `unknown`: that is chance. */
export type FetchedFault =
  | { readonly refused: string; readonly unknown?: undefined }
  | { readonly unknown: string };

/**
 * Why Envoy does not take a listener: of a key set that somebody stated and that istiod fetches it can use nothing. Undefined: it takes it.
 * Follows istio/istio:pilot/pkg/model/jwks_resolver.go: nobody looks at what was fetched, until 1.32 where it was asked for first.
 */
export function fetchedFault(listener: Listener, facts: Facts): FetchedFault | undefined {
  if (facts.known === undefined) return undefined;
  for (const provider of fetchedProviders(listener)) {
    const fault = faultOf(provider, facts.known(keysId(provider)));
    if (fault === undefined) continue;
    facts.ask({ id: keysId(provider), candidates: [] }); // it is known, and part of the answer
    return fault;
  }
  return undefined;
}

const found = new WeakMap<Listener, readonly JwtProvider[]>();

/** The providers of a listener whose keys istiod fetches, or may. */
function fetchedProviders(listener: Listener): readonly JwtProvider[] {
  const before = found.get(listener);
  if (before !== undefined) return before;
  const filters = new Set(listener.chains.flatMap((chain) => chain.filters));
  const providers = [...filters].flatMap((each) => (each.kind === "jwt" ? each.providers : []));
  const fetched = providers.filter((provider) => isFetched(provider) && !isOutOfReach(provider));
  found.set(listener, fetched);
  return fetched;
}

function isFetched({ keys }: JwtProvider): boolean {
  return keys.kind === "discovery" || (keys.kind === "uri" && keys.fetcher !== "envoy");
}

function faultOf(provider: JwtProvider, stated: string | undefined): FetchedFault | undefined {
  const { name, keys } = provider;
  if (stated === undefined || /^(?:trusted|unavailable|)$/.test(stated)) return undefined;
  const { unusable } = recallJwks(stated);
  if (unusable === undefined || keys.kind === "inline") return undefined;
  const refused = `Provider '${name}' in jwt_authn config has invalid local jwks: ${unusable}`;
  if (keys.kind === "uri" && keys.fetcher === "either")
    return { unknown: `if istiod fetches the keys, Envoy does not take them (${refused})` };
  if (keys.looksFirst && !hasKeyList(stated))
    return { unknown: `once istiod fetched the keys again, Envoy does not take them (${refused})` };
  return { refused };
}

/** What istiod asks of a set: a JSON object with a list that is called `keys`, in any case. */
function hasKeyList(text: string): boolean {
  try {
    const document = nativeJson(text);
    if (!isFields(document)) return false;
    const name = Object.keys(document).findLast((each) => each.toLowerCase() === "keys");
    return name !== undefined && Array.isArray(document[name]);
  } catch {
    return false;
  }
}
