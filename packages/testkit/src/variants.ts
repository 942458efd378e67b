import type { HttpParts } from "@meshproof/engine";
import { didYouMean } from "./suggest.ts";

/** One other spelling of a request. */
export interface Variant {
  readonly name: string;
  readonly http: HttpParts;
}

/** The spellings that mean the same resource to whoever serves it, so that they must meet the same decision. */
const spellings: Readonly<Record<string, (http: HttpParts, port: string) => readonly HttpParts[]>> =
  {
    "path.dots": (http) => onPath(http, dots),
    "path.slashes": (http) => onPath(http, slashes),
    "path.encoding": (http) => onPath(http, encodings),
    "host.port": hostPort,
  };

/** Spellings that servers tell apart: each is a decision of its own. */
const apart: ReadonlySet<string> = new Set([
  "path.case",
  "path.params",
  "path.trailing-slash",
  "path.encoded-slash",
  "method.case",
  "host.case",
]);

/** Why a name is no variant; undefined: it is one. */
export function variantFault(
  name: string,
): { readonly message: string; readonly hint: string } | undefined {
  const known = Object.keys(spellings);
  if (known.includes(name)) return undefined;
  const hint = `variants: ${known.join(", ")}`;
  if (apart.has(name))
    return { message: `\`${name}\` is a decision of its own`, hint: "write it as a case" };
  return { message: `unknown variant \`${name}\``, hint: didYouMean(name, known) ?? hint };
}

/** The other spellings of a request. Empty: the request does not say what is to be spelled. */
export function variantsOf(name: string, http: HttpParts, to: unknown): readonly Variant[] {
  const port = typeof to === "string" ? (/:([0-9]+)$/.exec(to)?.[1] ?? "80") : "80";
  return (spellings[name]?.(http, port) ?? []).map((spelled) => ({ name, http: spelled }));
}

function onPath(http: HttpParts, spell: (path: string) => readonly string[]): readonly HttpParts[] {
  if (http.path?.startsWith("/") !== true) return [];
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(http.path) ?? [];
  const others = [...new Set(spell(path))].filter((other) => other !== path);
  return others.map((other) => ({ ...http, path: `${other}${rest}` }));
}

function dots(path: string): readonly string[] {
  const last = path.lastIndexOf("/");
  return [
    `/.${path}`,
    `/x/..${path}`,
    `${path.slice(0, last)}/.${path.slice(last)}`,
    `${path.slice(0, last)}/x/..${path.slice(last)}`,
    `/%2e${path}`,
    `/x/%2E%2e${path}`,
  ];
}

function slashes(path: string): readonly string[] {
  const last = path.lastIndexOf("/");
  return [`/${path}`, `${path.slice(0, last)}/${path.slice(last)}`, path.replaceAll("/", "//")];
}

/** An escaped letter is the letter: the first one, the last one, all of them; hex digits in both cases. */
function encodings(path: string): readonly string[] {
  return [
    path.replace(/[A-Za-z0-9]/, escaped),
    path.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, escaped),
    path.replace(/[A-Za-z0-9]/g, escaped),
    path.replace(/[j-oJ-Oz]/, (letter) => escaped(letter).toUpperCase()),
  ];
}

function escaped(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}

function hostPort(http: HttpParts, port: string): readonly HttpParts[] {
  if (http.host === undefined) return [];
  const bare = http.host.replace(/:[0-9]*$/, "");
  return [bare, `${bare}:${port}`]
    .filter((host) => host !== http.host)
    .map((host) => ({ ...http, host }));
}
