import { encodeBase64, fromCodes } from "../../parse/base64.ts";

/** So many tokens of one key set are remembered; then the older half is forgotten. */
const most = 4096;
/** Longer than any token that a proxy would get: Envoy takes 60 KiB of headers. */
const longest = 65_536;

/** Results by key set, so that another set never inherits one; a set that nobody holds any more takes its results along. */
const results = new WeakMap<object, Map<string, boolean>>();

/** Whether the keys of a set signed a token, worked out once. Only what was answered is kept: a platform may lack an algorithm. */
export async function verifiedOnce(
  set: object,
  token: string,
  { anySaltLength = false, hashed = false }: { anySaltLength?: boolean; hashed?: boolean },
  verify: () => Promise<boolean>,
): Promise<boolean> {
  if (token.length > longest) return verify();
  const known = results.get(set) ?? new Map<string, boolean>();
  results.set(set, known);
  const text = hashed ? await digest(token) : token;
  const key = `${anySaltLength ? "any" : "own"} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = await verify();
  if (known.size >= most) forgetSome(known);
  known.set(key, answer);
  return answer;
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
