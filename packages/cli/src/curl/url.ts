/** A URL as curl requests it. */
export interface CurlUrl {
  readonly text: string; // absolute
  readonly secure: boolean;
  readonly host: string; // as the Host header has it
  readonly path: string; // with its query
  readonly user?: string;
}

/** Reads a URL as curl does: http without a scheme, dot segments removed unless told not to, no fragment. */
export function parseCurlUrl(
  text: string,
  { asIs, globs }: { readonly asIs: boolean; readonly globs: boolean },
): CurlUrl | { readonly fault: string } {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const [, scheme = "", authority = "", rest = ""] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(absolute) ?? [];
  if (!/^https?$/i.test(scheme)) return { fault: `\`${scheme}\` is not HTTP` };
  if (authority === "") return { fault: `\`${text}\` has no host` };
  if (globs && /[{}[\]]/.test(`${authority.replace(/\[[0-9a-f:.]+\]/i, "")}${rest}`))
    return { fault: `curl expands { } and [ ] in \`${text}\`: add -g if they are meant` };
  const at = authority.lastIndexOf("@");
  const secure = scheme.toLowerCase() === "https";
  const host = authority.slice(at + 1).replace(secure ? /:443$/ : /:80$/, "");
  const [, before = "", query = ""] = /^([^?]*)(.*)$/s.exec(rest) ?? [];
  const path = `${asIs ? before || "/" : withoutDots(before)}${query}`;
  return {
    text: `${scheme.toLowerCase()}://${authority.slice(at + 1)}${path}`,
    secure,
    host,
    path,
    ...(at < 0 ? {} : { user: decodeURIComponent(authority.slice(0, at)) }),
  };
}

/** RFC 3986, 5.2.4, as curl does it. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  }
  return `/${kept.join("/")}`;
}
