/** A text as YAML writes it; in quotes where it could be taken for something else. */
export function scalar(text: string): string {
  const plain = /^[A-Za-z/][\w./-]*$/.test(text);
  const word = /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  return plain && !word ? text : JSON.stringify(text);
}

/** A value in one line. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(String(value));
  const entries = Object.entries(value).map(([key, each]) => `${scalar(key)}: ${flow(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
