import { textMapOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { type Part, part, values } from "./read.ts";
import { routeFault } from "./route-words.ts";

/** The changes of headers at a route or a destination. istio/istio:pkg/config/validation/virtualservice.go */
export function headerChangeFaults(of: Part): readonly Remark[] {
  const headers = part(of, "headers");
  return ["request", "response"].flatMap((side) => {
    const changes = part(headers, side);
    const written = ["add", "set"].flatMap((name) => {
      const { path, fields } = part(changes, name);
      return Object.entries(textMapOf(fields)).flatMap(([header, value]) => [
        ...nameFault([...path, header], header, side === "request"),
        ...(isFormat(value) ? [] : [routeFault([...path, header], `\`${value}\` is no value`)]),
      ]);
    });
    const removed = values(changes, "remove").flatMap(({ path, text }) => nameFault(path, text));
    return [...written, ...removed];
  });
}

/** Names that begin with a colon cannot be changed, nor can the host: what a request adds or sets is looked at later. */
function nameFault(path: Remark["path"], name: string, authority = false): readonly Remark[] {
  const isHost = isAuthority(name);
  const isInternal = name.startsWith(":") || name.toLowerCase() === "host";
  if (name !== "" && (!isInternal || (authority && isHost))) return [];
  return [routeFault(path, `the header \`${name}\` cannot be changed`)];
}

/** `virtualservice.go`, isAuthorityHeader. */
function isAuthority(name: string): boolean {
  return [":authority", "host"].includes(name.toLowerCase());
}

/** The authority may be written once only. `virtualservice.go`, validateAuthorityRewrite */
export function authorityFaults(route: Part): readonly Remark[] {
  const request = part(part(route, "headers"), "request");
  const rewritten = textOf(part(route, "rewrite").fields["authority"]) ?? "";
  const written = ["set", "add"].flatMap((name) =>
    Object.entries(textMapOf(part(request, name).fields))
      .filter(([header]) => isAuthority(header))
      .map(([, value]) => value),
  );
  const isTwice = [rewritten, ...written].slice(0, -1).some((value) => value !== "");
  if (!isTwice) return [];
  return [routeFault(route.path, "the authority is written more than once")];
}

/** `%VARIABLE%` and `%VARIABLE(...)%` in a value, as Envoy's old parser reads them. `header_value_validator.go` */
function isFormat(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what istiod refuses
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return false;
  let state: State | undefined = "text";
  for (let at = 0; at < value.length && state !== undefined; at += 1) {
    const char = value.charAt(at);
    const next = value.charAt(at + 1);
    const skips =
      (state === "text" && char === "%" && next === "%") || (state === "string" && char === "\\");
    if ((state === "text" && char === "%" && next === "") || (skips && next === "")) return false;
    if (skips) at += 1;
    else state = step(state, char);
  }
  return state === "text";
}

type State = "text" | "name" | "list" | "quote" | "string" | "delimiter" | "close" | "end";

/** The state after a character; undefined: it cannot stand there. */
function step(state: State, char: string): State | undefined {
  const found = follows[state][char];
  if (found !== undefined) return found;
  if (state === "text" || state === "name" || state === "string") return state;
  if (char === " ") return state;
  return state === "list" ? "string" : undefined;
}

const follows: Readonly<Record<State, Readonly<Record<string, State>>>> = {
  text: { "%": "name" },
  name: { "%": "text", "(": "list" },
  list: { "[": "quote" },
  quote: { '"': "string" },
  string: { ")": "end", '"': "delimiter" },
  delimiter: { ",": "quote", "]": "close" },
  close: { ")": "end" },
  end: { "%": "text" },
};
