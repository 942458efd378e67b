const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Text inside an attribute or element. XML 1.0 knows no control characters but these three. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"\n]/g, (letter) => entities[letter] ?? letter)
    .replace(/\p{Cc}/gu, (letter) => (letter === "\t" || letter === "\r" ? letter : "\uFFFD"));
}
