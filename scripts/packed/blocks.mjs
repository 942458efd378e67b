import { readFileSync } from "node:fs";

/** The files that a page shows: code blocks whose first line is a comment with a name, and what the next block says they print. */
export function blocksOf(page) {
  const text = readFileSync(page, "utf8");
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
    language,
    body,
  }));
  return blocks.flatMap(({ body }, index) => {
    const [, name] = /^(?:\/\/|#) ([\w/.-]+\.(?:ts|yaml))\n/.exec(body) ?? [];
    if (name === undefined) return [];
    const next = blocks[index + 1];
    return [{ name, text: body, ...(next?.language === "text" ? { printed: next.body } : {}) }];
  });
}
