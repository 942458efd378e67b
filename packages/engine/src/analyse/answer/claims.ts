import { textOfBytes } from "../../match/bytes.ts";
import { handedOn } from "../space/handed.ts";
import { writtenHeader } from "../space/rewrites.ts";
import type { Concrete, Values } from "./values.ts";

type Claims = Readonly<Record<string, unknown>>;

/** The claims of a token: a list where there are several elements. No issuer: no token. `from`: of the one that an authorizer hands on. */
export function claimsOf(found: Pick<Concrete, "values">, from?: string): Claims | undefined {
  const own = ownValues(found.values, from);
  if (own.get("claim iss")?.[0] === undefined) return undefined;
  const claims: Record<string, unknown> = {};
  for (const [attribute, values] of own)
    if (attribute.startsWith("claim ") && values.length > 0)
      put(claims, splitPath(attribute.slice("claim ".length)), claimValue(attribute, values));
  for (const [attribute, [value]] of own) {
    const { claim } = writtenHeader(attribute) ?? {};
    if (claim === undefined || value === undefined || own.has(claim)) continue;
    put(claims, claim.slice("claim ".length).split("."), textOfBytes(value)); // headers are bytes
  }
  return claims;
}

/** What is said of one token. */
function ownValues(values: Values, from: string | undefined): Values {
  const own = new Map<string, readonly string[]>();
  for (const [attribute, some] of values) {
    const handed = handedOn(attribute);
    if (handed?.provider === from) own.set(handed?.attribute ?? attribute, some);
  }
  return own;
}

function claimValue(attribute: string, values: readonly string[]): unknown {
  const [only = ""] = values;
  const single = attribute === "claim iss" || attribute === "claim sub";
  return single || (values.length === 1 && !only.includes(" ")) ? only : values;
}

function splitPath(text: string): readonly string[] {
  if (!text.includes("\\")) return text.split(".");
  return text.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

function put(claims: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    claims[key] = value;
    return;
  }
  const known = claims[key];
  const inner: Record<string, unknown> = typeof known === "object" ? { ...known } : {};
  put(inner, rest, value);
  claims[key] = inner;
}
