import type { HttpRequest } from "../model/request.ts";
import { nativeJson } from "../parse/native-json.ts";
import type { Inquiry } from "./inquiry.ts";

/** Envoy's allowance for clocks that differ, in seconds. */
const skew = 60;

/** The time of a request, asked when nobody stated it: one moment of each span in which the validity of its tokens is the same. */
export function readClock(
  now: number | undefined,
  http: HttpRequest | undefined,
  { ask }: Inquiry,
): number {
  if (now !== undefined) return now;
  return Date.parse(ask({ id: "now", candidates: momentsOf(http) }));
}

function momentsOf(http: HttpRequest | undefined): readonly string[] {
  const tokens =
    http === undefined ? [] : tokensIn([http.target ?? "", ...http.headers.map(([, v]) => v)]);
  const edges = [...new Set(tokens.flatMap(edgesOf))].toSorted((a, b) => a - b);
  const first = edges[0] ?? 1_767_225_600; // no token: any time will do
  const moments = [first - 1, ...edges.flatMap((edge, index) => inside(edge, edges[index + 1]))];
  const ordinary = moments.toSorted(
    (a, b) => Number(isValid(b, tokens)) - Number(isValid(a, tokens)),
  );
  return ordinary.map((seconds) => new Date(seconds * 1000).toISOString());
}

/** The edge itself, a second later, and the middle of the span that begins there. */
function inside(edge: number, next: number | undefined): readonly number[] {
  if (next === undefined) return [edge, edge + 1];
  return [...new Set([edge, Math.min(edge + 1, next), Math.floor((edge + next) / 2)])];
}

function tokensIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.match(/[\w-]+\.[\w-]+\.[\w-]*/g) ?? []);
}

interface Validity {
  readonly from: number;
  readonly until: number;
}

function edgesOf(token: string): readonly number[] {
  const { from, until } = validity(token);
  return [from, until].filter((edge) => Number.isFinite(edge) && Math.abs(edge) < 8.6e12);
}

function isValid(seconds: number, tokens: readonly string[]): boolean {
  return tokens.every((token) => {
    const { from, until } = validity(token);
    return seconds >= from && seconds < until;
  });
}

/** When Envoy takes a token: from `nbf` less the skew to `exp` plus the skew. A part that cannot be read sets no edge. */
function validity(token: string): Validity {
  const payload = token.split(".")[1] ?? "";
  try {
    const claims = nativeJson(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const { nbf, exp } = typeof claims === "object" && claims !== null ? numbers(claims) : {};
    return {
      from: nbf === undefined ? Number.NEGATIVE_INFINITY : Math.floor(nbf) - skew,
      until: exp === undefined ? Number.POSITIVE_INFINITY : Math.floor(exp) + skew,
    };
  } catch {
    return { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  }
}

function numbers(claims: object): { readonly nbf?: number; readonly exp?: number } {
  const found = Object.entries(claims).filter(([, value]) => typeof value === "number");
  return Object.fromEntries(found);
}
