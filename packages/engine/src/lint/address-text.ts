/** An address of fixed hex digits as people write it. */
export function hexAddress(hex: string): string {
  if (hex.length === 8)
    return (hex.match(/../g) ?? []).map((part) => String(Number.parseInt(part, 16))).join(".");
  return (hex.match(/..../g) ?? []).map((part) => part.replace(/^0+(?=.)/, "")).join(":");
}
