/** `%XX` becomes its byte; anything else stays as it is, `+` too. `envoy:source/common/http/utility.cc`, PercentEncoding::decode */
export function decodePercent(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (escape) =>
    String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  );
}
