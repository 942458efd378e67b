const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** A method that means nothing to a proxy but what rules make of it. */
export function isPlainMethod(method: string): boolean {
  return methods.has(method);
}

/**
 * The path that policies see of a target whose path is the same after every normalisation: as long as this. -1: another target.
 * A query is no part of it.
 */
export function plainPathLength(target: string): number {
  if (target.charCodeAt(0) !== slash) return -1;
  let before = 0;
  for (let at = 0; at < target.length; at += 1) {
    const code = target.charCodeAt(at);
    if (code === slash ? before === slash : (plain[code] ?? 0) !== inPath)
      return code === question && isPlainQuery(target, at + 1) ? at : -1;
    if (code === dot && before === slash) return -1;
    before = code;
  }
  return target.length;
}

function isPlainQuery(target: string, from: number): boolean {
  for (let at = from; at < target.length; at += 1)
    if ((plain[target.charCodeAt(at)] ?? 0) === 0 && target.charCodeAt(at) !== slash) return false;
  return true;
}

const slash = "/".charCodeAt(0);
const dot = ".".charCodeAt(0);
const question = "?".charCodeAt(0);
const inPath = 1;
const inQuery = 2;
const plain: Uint8Array = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
  plain[character.charCodeAt(0)] = inPath;
for (const character of "=&,:@+%") plain[character.charCodeAt(0)] = inQuery;
