import type { Problem, Token, TokenUse } from "../model/access-request.ts";
import type { Header } from "../model/request.ts";
import type { Message } from "./http.ts";
import { isProblem, problem } from "./problem.ts";

/** The request with its tokens where they are sent: in a header, a query parameter or a cookie. "none": as it is. */
export function placeTokens(
  message: Message,
  tokens: Token | readonly Token[] | undefined,
): Message | Problem {
  const several = isList(tokens);
  const list = several ? tokens : tokens === undefined ? [] : [tokens];
  let placed = message;
  for (const [index, token] of list.entries()) {
    const next = typeof token === "string" ? placeText(placed, token) : placeUse(placed, token);
    if (isProblem(next)) return { ...next, path: several ? ["token", index] : ["token"] };
    placed = next;
  }
  return placed;
}

/** A text without a dot is a name that nobody knows. */
function placeText(message: Message, text: string): Message | Problem {
  if (text === "none") return message;
  return text.includes(".") ? place(message, {}, text) : unknownToken(text);
}

/** What is said to be sent as it is may be anything. */
function placeUse(message: Message, use: TokenUse): Message | Problem {
  if (use.raw === "none") return message;
  return use.raw === undefined ? unknownToken(use.use ?? "") : place(message, use, use.raw);
}

function unknownToken(name: string): Problem {
  return problem(
    ["token"],
    `unknown token \`${name}\``,
    "a token of the suite by its name, or the token itself (ey...)",
  );
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(tokens: Token | readonly Token[] | undefined): tokens is readonly Token[] {
  return Array.isArray(tokens);
}

function place(message: Message, use: TokenUse, raw: string): Message | Problem {
  if (use.param !== undefined) return inQuery(message, use.param, raw);
  if (use.cookie !== undefined)
    return { ...message, headers: inCookie(message.headers, `${use.cookie}=${raw}`) };
  const value = `${use.prefix ?? "Bearer "}${raw}`;
  return { ...message, headers: [...message.headers, [use.header ?? "authorization", value]] };
}

function inQuery(message: Message, param: string, raw: string): Message | Problem {
  if (message.target === undefined)
    return problem(["token"], "a token in the query needs a path", "http: GET /path");
  const joint = message.target.includes("?") ? "&" : "?";
  return { ...message, target: `${message.target}${joint}${param}=${raw}` };
}

/** Cookies share one line. */
function inCookie(headers: readonly Header[], cookie: string): readonly Header[] {
  const known = headers.find(([name]) => name.toLowerCase() === "cookie");
  if (known === undefined) return [...headers, ["cookie", cookie]];
  return headers.map((header) =>
    header === known ? [header[0], `${header[1]}; ${cookie}`] : header,
  );
}
