/** A pattern's plain reading as a regular expression, apart from the engine's own. */
export type Reading = (pattern: string) => RegExp;

const escape = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** One star at an end. */
function starred(pattern: string): string {
  if (pattern === "*") return ".+";
  if (pattern.startsWith("*")) return `.*${escape(pattern.slice(1))}`;
  return pattern.endsWith("*") ? `${escape(pattern.slice(0, -1))}.*` : escape(pattern);
}

export const text: Reading = (pattern) => new RegExp(`^${starred(pattern)}$`);
export const host: Reading = (pattern) => new RegExp(`^${starred(pattern)}$`, "i");
export const principal: Reading = (pattern) =>
  new RegExp(`^spiffe://${pattern.split("*").map(escape).join(".*")}$`);
/** A template takes these characters alone; other patterns take any. */
const segment = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*]+";
export const path: Reading = (pattern) =>
  pattern.includes("{")
    ? new RegExp(
        `^${escape(pattern)
          .replaceAll("\\{\\*\\*\\}", segment.replace("]+", "/]*"))
          .replaceAll("\\{\\*\\}", segment)}$`,
      )
    : text(pattern);

/** Every text of so many characters of an alphabet. */
function texts(alphabet: string, most: number): readonly string[] {
  let last: readonly string[] = [""];
  const all = [...last];
  for (let length = 1; length <= most; length += 1) {
    last = last.flatMap((start) => [...alphabet].map((character) => start + character));
    all.push(...last);
  }
  return all;
}

/** Every value that a completion may have, of each part that may be left out. */
export const universe = {
  methods: ["GET", "POST", "PUT", "GETX", "OPTIONS"].filter((method) => method !== "GETX"),
  paths: texts("/abx[", 5)
    .filter((each) => each.startsWith("/") && !each.includes("//"))
    .concat("/a/b/a/b", "/ab/a/b"),
  hosts: ["a", "b", "x", "A", "ab", "xb", "a.b", "x.b", "A.B", ".b", "a:80", "b:80", "a.b:80"],
  headers: texts("abc", 3),
  addresses: [
    "10.0.0.1",
    "10.1.2.3",
    "10.1.2.4",
    "192.168.0.1",
    "203.0.113.9",
    "2001:db8::1",
    "::1",
  ],
  identities: ["shop", "jobs", "shopx", "jx", "x", "q"].flatMap((namespace) =>
    ["web", "api", "x", "xweb", "webx"].map(
      (account) => `spiffe://cluster.local/ns/${namespace}/sa/${account}`,
    ),
  ),
} as const;

/** One value for each set of patterns that match it together. */
export function classesOf(
  values: readonly string[],
  patterns: readonly string[],
  reading: Reading,
): readonly string[] {
  const expressions = patterns.map((pattern) => reading(pattern));
  const found = new Map<string, string>();
  for (const value of values) {
    const signature = expressions.map((expression) => Number(expression.test(value))).join("");
    if (!found.has(signature)) found.set(signature, value);
  }
  return [...found.values()];
}
