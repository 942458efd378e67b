/** Plain data as YAML in blocks, as a person would write it. Only texts, numbers, booleans, lists and mappings. */
export function yamlOf(value: unknown): string {
  return `${lines(value, 0).join("\n")}\n`;
}

function lines(value: unknown, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const [first = "", ...rest] = lines(item, depth + 1);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  if (!isFields(value)) return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = `${indent}${plain(key)}:`;
    if (typeof item === "string" && item.includes("\n"))
      return [`${name} |`, ...block(item, depth)];
    if (isEmpty(item)) return [`${name} ${Array.isArray(item) ? "[]" : "{}"}`];
    if (Array.isArray(item)) return [name, ...lines(item, depth)];
    return isFields(item) ? [name, ...lines(item, depth + 1)] : [`${name} ${scalar(item)}`];
  });
}

/** A text of several lines. One that does not end in a line break, or begins with a space, would not come back the same. */
function block(text: string, depth: number): readonly string[] {
  const indent = "  ".repeat(depth + 1);
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent}${line}`));
}

function scalar(value: unknown): string {
  return typeof value === "string" ? plain(value) : JSON.stringify(value);
}

const words = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;

function plain(text: string): string {
  return /^[A-Za-z/][\w./ -]*$/.test(text) && text.trim() === text && !words.test(text)
    ? text
    : JSON.stringify(text);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length === 0
    : isFields(value) && Object.keys(value).length === 0;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
