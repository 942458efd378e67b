const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `15m`, `-2m`, `1h30m`, `90s`, `7d` in seconds. Undefined: not a duration. */
export function parseSeconds(text: string): number | undefined {
  const [, sign, parts = ""] = /^([+-]?)((?:[0-9]+[smhd])+)$/.exec(text) ?? [];
  if (parts === "") return text === "0" ? 0 : undefined;
  let sum = 0;
  for (const [, count = "0", unit = "s"] of parts.matchAll(/([0-9]+)([smhd])/g))
    sum += Number(count) * (seconds[unit] ?? 1);
  return sign === "-" ? -sum : sum;
}
