/** Nanoseconds in each unit. Both letters for micro are read. */
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "\u00b5s": 1_000n,
  "\u03bcs": 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const longest = 2n ** 63n - 1n;

/** A duration as Go's `time.ParseDuration` reads it, in nanoseconds: "5s", "1h30m", "1.5ms". Undefined: none. */
export function parseDuration(text: string): bigint | undefined {
  const sign = text.startsWith("-") ? -1n : 1n;
  const body = text.replace(/^[+-]/, "");
  if (body === "0") return 0n;
  if (body === "") return undefined;
  let total = 0n;
  part.lastIndex = 0;
  while (part.lastIndex < body.length) {
    const found = part.exec(body);
    const [, whole = "", fraction = "", unit = ""] = found ?? [];
    if (found === null || whole + fraction === "") return undefined;
    const scale = units[unit] ?? 0n;
    const digits = fraction.slice(0, 18); // Go reads no more of them either
    total += BigInt(whole || "0") * scale;
    total += (BigInt(digits || "0") * scale) / 10n ** BigInt(digits.length);
  }
  return total > longest ? undefined : sign * total;
}

/** What is a whole number of milliseconds at first sight, and at least one: nearly everything that is written. */
const plain = /^[1-9]\d{0,6}(?:ms|s|m)$/;
const millisecond = 1_000_000n;

/** Whether a text is a duration of at least 1ms: `duration(self) >= duration('1ms')` of the CRDs. */
export function isDuration(text: string): boolean {
  return plain.test(text) || (parseDuration(text) ?? 0n) >= millisecond;
}

/** Whether a text is a duration of whole milliseconds, at least one. istio/istio:pkg/config/validation/agent, ValidateDuration */
export function isWholeDuration(text: string): boolean {
  if (plain.test(text)) return true;
  const duration = parseDuration(text) ?? 0n;
  return duration >= millisecond && duration % millisecond === 0n;
}
