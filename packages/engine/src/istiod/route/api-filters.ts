import { fieldsOf, listOf, numberOf, present, textOf, textsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/** The changes of the request's headers among some filters, as a VirtualService says them. `conversion.go`, createHeadersFilter */
export function headersOf(filters: readonly Fields[]): Fields | undefined {
  const found = filters.findLast((each) => each["type"] === "RequestHeaderModifier");
  if (found === undefined) return undefined;
  const { set, add, remove } = fieldsOf(found["requestHeaderModifier"]);
  return { request: present({ set: headerMap(set), add: headerMap(add), remove }) };
}

/** Of several with one name the first counts. `conversion.go`, headerListToMap */
function headerMap(value: unknown): Fields | undefined {
  const list = listOf(value).map(fieldsOf);
  if (list.length === 0) return undefined;
  return Object.fromEntries(
    list.toReversed().map((each) => [(textOf(each["name"]) ?? "").toLowerCase(), each["value"]]),
  );
}

/** A URLRewrite filter as a VirtualService says it. `conversion.go`, createRewriteFilter */
export function rewriteOf(filter: Fields): Fields | undefined {
  const { type, replacePrefixMatch, replaceFullPath } = fieldsOf(filter["path"]);
  const prefix = textOf(replacePrefixMatch)?.replace(/\/$/, "");
  const full = textOf(replaceFullPath);
  const isPrefix = type === "ReplacePrefixMatch" && prefix !== undefined;
  const isFull = type === "ReplaceFullPath" && full !== undefined;
  const rewrite = present({
    uri: isPrefix ? prefix || "/" : undefined,
    uriRegexRewrite: isFull ? { match: "/.*", rewrite: full } : undefined,
    authority: textOf(filter["hostname"]),
  });
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

/** A CORS filter as a VirtualService says it: a star stands for any origin, or for any run of characters. `conversion.go`, createCorsFilter */
export function corsOf(cors: Fields | undefined): Fields | undefined {
  if (cors === undefined) return undefined;
  const origins = (textsOf(cors["allowOrigins"]) ?? []).map((origin) => {
    if (origin === "*") return { regex: "^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$" };
    if (!origin.includes("*")) return { exact: origin };
    if (origin.indexOf("*") === origin.length - 1) return { prefix: origin.slice(0, -1) };
    return { regex: `^${origin.split("*").map(quoted).join(".*")}$` };
  });
  const { allowMethods, allowHeaders, allowCredentials, maxAge } = cors;
  const age = numberOf(maxAge) ?? 0;
  return present({
    allowOrigins: origins,
    unmatchedPreflights: "IGNORE",
    allowMethods,
    allowHeaders,
    allowCredentials,
    maxAge: age > 0 ? `${age}s` : undefined,
  });
}

/** A text that an expression takes literally. */
export function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

/**
 * A RequestRedirect filter as a VirtualService says it: what is not stated comes from the request, its port too, unless the scheme is
 * stated. `conversion.go`, createRedirectFilter
 */
export function redirectOf(filter: Fields): Fields {
  const path = fieldsOf(filter["path"]);
  const port = numberOf(filter["port"]);
  const derived = filter["scheme"] === undefined ? "FROM_REQUEST_PORT" : "FROM_PROTOCOL_DEFAULT";
  return present({
    redirectCode: numberOf(filter["statusCode"]),
    authority: textOf(filter["hostname"]),
    scheme: textOf(filter["scheme"]),
    port,
    derivePort: port === undefined ? derived : undefined,
    uri: textOf(path["replaceFullPath"]),
    prefixRewrite: textOf(path["replacePrefixMatch"]),
  });
}
