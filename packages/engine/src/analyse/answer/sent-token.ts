import type { Token } from "../../model/access-request.ts";
import type { Header } from "../../model/request.ts";

/** Where and how a token is sent. */
export function placeOf(token: Token): {
  readonly raw: string;
  readonly header: string;
  readonly prefix: string;
  readonly param?: string;
  readonly cookie?: string;
} {
  const given = typeof token === "string" ? { raw: token } : token;
  return { raw: "", header: "authorization", prefix: "Bearer ", ...given };
}

/** A request's lines and path with a token where it is sent. */
export function placeToken(
  token: Token,
  lines: readonly Header[],
  path: string,
): { readonly lines: readonly Header[]; readonly path: string } {
  const { raw, header, prefix, param, cookie } = placeOf(token);
  if (param !== undefined)
    return { lines, path: `${path}${path.includes("?") ? "&" : "?"}${param}=${raw}` };
  if (cookie !== undefined) return { lines: [...lines, ["cookie", `${cookie}=${raw}`]], path };
  return { lines: [...lines, [header, prefix + raw]], path };
}

type Headers = Readonly<Record<string, readonly string[]>>;

/** The headers that are sent beside a token: a value that looks as if a token were in it is the one that the token is sent in. */
export function besideToken(token: Token, headers: Headers): Headers {
  const { header, prefix, param, cookie } = placeOf(token);
  const name = header.toLowerCase();
  const { [name]: values, ...others } = headers;
  if (param !== undefined || cookie !== undefined || values === undefined) return headers;
  const rest = values.filter((value) => !value.includes(prefix));
  return rest.length === 0 ? others : { ...others, [name]: rest };
}
