/** Values on both sides of a pattern's edge: those that it just matches, and those that it just does not. */
export function textBoundary(pattern: string): readonly string[] {
  if (pattern === "*") return ["x", ""];
  if (/\{\*\*?\}/.test(pattern)) return templateBoundary(pattern);
  if (pattern.endsWith("*")) return around(pattern.slice(0, -1), (text) => `${text}x`);
  if (pattern.startsWith("*")) return around(pattern.slice(1), (text) => `x${text}`);
  return [pattern, `${pattern}x`, `x${pattern}`, pattern.slice(0, -1), swapCase(pattern)];
}

function around(text: string, more: (text: string) => string): readonly string[] {
  return [text, more(text), text.slice(0, -1), text.slice(1), more(swapCase(text))];
}

function swapCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

function templateBoundary(pattern: string): readonly string[] {
  return ["x", "x/x", ""].map((filler) => pattern.replace(/\{\*\*?\}/g, filler));
}

/** Other spellings of a path, which a server may take for the same one. */
export function pathBoundary(pattern: string): readonly string[] {
  return textBoundary(pattern).flatMap((path) => [
    path,
    ...(path.startsWith("/") ? [`${path}/`, `/${path}`, `${path}?x=1`, `/x/..${path}`] : []),
    path.replace(/[a-z](?=[^a-z]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  ]);
}

/** The first and the last address of a block, and those next to it. A text that is no block gives none. */
export function addressBoundary(block: string): readonly string[] {
  const [address = "", length] = block.split("/");
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 32 ? fromV4(address) : fromV6(address);
  const prefix = length === undefined ? bits : Number(length);
  if (value === undefined || !(prefix >= 0 && prefix <= bits)) return [];
  const size = 1n << BigInt(bits - prefix);
  const low = (value / size) * size;
  const all = [low, low + size - 1n, low - 1n, low + size];
  return all
    .filter((each) => each >= 0n && each < 1n << BigInt(bits))
    .map(bits === 32 ? toV4 : toV6);
}

function fromV4(text: string): bigint | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function toV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

function fromV6(text: string): bigint | undefined {
  const [head = "", tail] = text.split("::");
  const groups = (part: string): readonly string[] => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function toV6(value: bigint): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => (value >> BigInt(112 - 16 * index)) & 65535n,
  );
  return groups.map((group) => group.toString(16)).join(":");
}
