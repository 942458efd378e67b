import { encodeBase64, fromCodes } from "../../parse/base64.ts";

/** So many tokens of one key set are remembered; then the older half is forgotten. */
const most = 4096;
/** Longer than any token that a proxy would get: Envoy takes 60 KiB of headers. */
const longest = 65_536;

/** Results by key set, so that another set never inherits one; a set that nobody holds any more takes its results along. */
const results = new WeakMap<object, Results>();

/** By token, as its text alone is hashed once for all that look it up. */
interface Results {
  readonly own: Map<string, boolean>;
  readonly anySaltLength: Map<string, boolean>;
}

/** Whether the keys of a set signed a token, worked out once. Only what was answered is kept: a platform may lack an algorithm. */
export async function verifiedOnce(
  set: object,
  token: string,
  { anySaltLength = false, hashed = false }: { anySaltLength?: boolean; hashed?: boolean },
  verify: () => Promise<boolean>,
): Promise<boolean> {
  if (token.length > longest) return verify();
  const bySet = results.get(set) ?? { own: new Map(), anySaltLength: new Map() };
  results.set(set, bySet);
  const known = anySaltLength ? bySet.anySaltLength : bySet.own;
  const key = hashed ? await digest(token) : token;
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = await verify();
  if (known.size >= most) forgetSome(known);
  known.set(key, answer);
  return answer;
}

/** What was worked out before, of a token that is kept as it is. */
export function verifiedBefore(
  set: object,
  token: string,
  anySaltLength: boolean,
): boolean | undefined {
  return results.get(set)?.[anySaltLength ? "anySaltLength" : "own"].get(token);
}

/** The older half. */
function forgetSome(known: Map<string, boolean>): void {
  let left = most / 2;
  for (const key of known.keys()) {
    if (left === 0) return;
    known.delete(key);
    left -= 1;
  }
}

async function digest(token: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return encodeBase64(fromCodes(new Uint8Array(hash)));
}
