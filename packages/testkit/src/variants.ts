import { didYouMean, type HttpParts } from "@meshproof/engine";

/** One other spelling of a request. */
export interface Variant {
  readonly name: string;
  readonly http: HttpParts;
}

const versions = ["1.0", "1.1", "2"] as const;

type Spell = (http: HttpParts, port: string) => readonly HttpParts[];

/** Other spellings, each of which some server takes for the same resource. */
const spellings: Readonly<Record<string, Spell>> = {
  "path.dots": (http) => onPath(http, dots),
  "path.slashes": (http) => onPath(http, slashes),
  "path.encoding": (http) => onPath(http, encodings),
  "path.encoded-slashes": (http) => onPath(http, encodedSlashes),
  "path.encoded-dots": (http) => onPath(http, encodedDots),
  "path.backslashes": (http) => onPath(http, backslashes),
  "path.params": (http) => onPath(http, params),
  "path.case": (http) => onPath(http, cases),
  "path.trailing-slash": (http) => onPath(http, trailingSlash),
  "path.query": (http) =>
    onTarget(http, (path) => (path.includes("?") ? [`${path}&x=1`] : [`${path}?`, `${path}?x=1`])),
  "path.fragment": (http) => onTarget(http, (path) => [`${path}#x`]),
  "host.port": hostPort,
  "host.dot": (http) =>
    onHost(http, (name, port) => [
      name.endsWith(".") ? name.slice(0, -1) + port : `${name}.${port}`,
    ]),
  "host.case": (http) => onHost(http, (name, port) => cases(name).map((each) => each + port)),
  "http.version": (http) => versions.map((version) => ({ ...http, version })),
  "method.case": (http) =>
    http.method === undefined ? [] : cases(http.method).map((method) => ({ ...http, method })),
};

/** Why a name is no variant; undefined: it is one. */
export function variantFault(
  name: string,
): { readonly message: string; readonly hint: string } | undefined {
  const known = Object.keys(spellings);
  if (known.includes(name)) return undefined;
  const hint = `variants: ${known.join(", ")}`;
  return { message: `unknown variant \`${name}\``, hint: didYouMean(name, known) ?? hint };
}

/** The other spellings of a request. Empty: the request does not say what is to be spelled. */
export function variantsOf(name: string, http: HttpParts, to: unknown): readonly Variant[] {
  const port = typeof to === "string" ? (/:([0-9]+)$/.exec(to)?.[1] ?? "80") : "80";
  const others = spellings[name]?.(http, port) ?? [];
  const told = others.map((spelled): [string, Variant] => [
    JSON.stringify(spelled),
    { name, http: spelled },
  ]);
  return [...new Map(told).values()].filter((each) => !isSame(each.http, http));
}

function isSame(a: HttpParts, b: HttpParts): boolean {
  const version = ({ version: stated = "1.1" }: HttpParts): string => stated;
  return (
    a.path === b.path && a.host === b.host && a.method === b.method && version(a) === version(b)
  );
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

function encodedSlashes(path: string): readonly string[] {
  const inner = path.slice(1);
  if (!inner.includes("/")) return [`/%2f${inner}`];
  return [
    `/${inner.replace("/", "%2f")}`,
    `/${inner.replaceAll("/", "%2F")}`,
    `/x%2f..${path}`,
    `/${inner.replace("/", "%252f")}`,
  ];
}

function encodedDots(path: string): readonly string[] {
  const inner = path.includes(".") ? [path.replaceAll(".", "%2e")] : [];
  return [`/%2e${path}`, `/x/%2e%2e${path}`, `/x/.%2E${path}`, `/x/%252e%252e${path}`, ...inner];
}

function backslashes(path: string): readonly string[] {
  const inner = path.slice(1);
  return [
    `/\\${inner}`,
    `/${inner.replaceAll("/", "\\")}`,
    `/x\\..${path}`,
    `/${inner.replaceAll("/", "%5c")}`,
  ];
}

/** Servlet containers take what follows a semicolon out of each segment before they compare. */
function params(path: string): readonly string[] {
  return [`${path};x`, path.replace(/^\/([^/]+)/, "/$1;x=1"), `/;x${path}`, `/x/..;${path}`];
}

function cases(text: string): readonly string[] {
  const capital = text.toLowerCase().replace(/[a-z]/, (letter) => letter.toUpperCase());
  return [text.toUpperCase(), text.toLowerCase(), capital].filter((other) => other !== text);
}

function trailingSlash(path: string): readonly string[] {
  if (path === "/") return [];
  return [path.endsWith("/") ? path.slice(0, -1) : `${path}/`];
}

function onTarget(
  http: HttpParts,
  spell: (target: string) => readonly string[],
): readonly HttpParts[] {
  if (http.path?.startsWith("/") !== true || http.path.includes("#")) return [];
  return spell(http.path).map((path) => ({ ...http, path }));
}

function onHost(
  http: HttpParts,
  spell: (name: string, port: string) => readonly string[],
): readonly HttpParts[] {
  const [, name, port = ""] = /^([^:]+)(:[0-9]*)?$/.exec(http.host ?? "") ?? []; // no IPv6 address: it has no other spelling here
  return name === undefined ? [] : spell(name, port).map((host) => ({ ...http, host }));
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
