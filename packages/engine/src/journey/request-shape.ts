import type { Problem } from "../model/access-request.ts";
import type { Path } from "../model/place.ts";
import { didYouMean } from "../parse/suggest.ts";
import { problem } from "./problem.ts";

/** What a part of a request may be. Words: one of them. A part that is `undefined` is absent. */
type Form =
  | "text"
  | "number"
  | "true"
  | "nothing"
  | readonly string[]
  | { readonly list: Form }
  | { readonly map: Form }
  | { readonly fields: Readonly<Record<string, Form>>; readonly needs?: readonly string[] }
  | { readonly either: readonly [Form, Form, ...Form[]] };

type Simple = Extract<Form, string | readonly string[]>;

const texts: Form = { map: "text" };
const list: Form = { list: "text" };
const versions: Form = ["1.0", "1.1", "2"];
const transports: Form = ["mtls", "hbone", "tls", "plaintext"];

const destination: Form = {
  fields: {
    namespace: "text",
    labels: texts,
    serviceAccount: "text",
    port: "number",
    protocol: ["http", "tcp", "auto"],
    dataPlane: "text",
    name: "text",
  },
  needs: ["namespace", "port"],
};
const http: Form = {
  fields: {
    method: "text",
    host: "text",
    path: "text",
    headers: { map: { either: ["text", list] } },
    version: versions,
    body: "text",
  },
};
const token: Form = {
  fields: {
    use: "text",
    raw: "text",
    header: "text",
    prefix: "text",
    param: "text",
    cookie: "text",
  },
};
const answer: Form = {
  fields: {
    allow: { fields: { set: texts, append: texts, remove: list } },
    deny: { fields: { status: "number", body: "text", headers: texts } },
  },
};
const connection: Form = {
  fields: {
    transport: transports,
    sourceIp: "text",
    destinationIp: "text",
    destinationPort: "number",
    alpn: list,
    sni: "text",
    certificate: {
      fields: { uris: list, dns: list, subject: "text", untrusted: "true" },
      needs: ["uris"],
    },
    silent: "true",
    proxyProtocol: "text",
    service: "text",
  },
  needs: ["transport", "destinationPort"],
};
const raw: Form = {
  fields: {
    version: versions,
    method: "text",
    target: "text",
    host: { either: ["text", "nothing"] },
    headers: { list: list },
    otherHeaders: { either: [["unknown"], list] },
    body: "text",
  },
  needs: ["version", "headers"],
};
const request: Form = {
  fields: {
    from: "text",
    to: { either: ["text", destination] },
    http: { either: ["text", http] },
    grpc: "text",
    token: { either: ["text", token, { list: { either: ["text", token] } }] },
    transport: transports,
    source: { fields: { ip: "text", proxyProtocol: "text" } },
    sni: "text",
    providers: { map: { either: [["allow", "deny", "error"], answer] } },
    now: "text",
    connection,
    raw,
  },
  needs: ["to"],
};

/** Parts of a request that are of another type than `AccessRequest` says, or that it does not have: what was read from JSON was checked by nobody. */
export function shapeProblems(value: unknown): readonly Problem[] {
  return faults(request, value, []);
}

function faults(form: Form, value: unknown, path: Path): readonly Problem[] {
  if (typeof form === "string" || isWords(form))
    return fits(form, value) ? [] : [fault(form, path)];
  if ("either" in form) return ofEither(form.either, value, path);
  if ("list" in form)
    return Array.isArray(value)
      ? value.flatMap((item: unknown, at) => faults(form.list, item, [...path, at]))
      : [fault(form, path)];
  if (!isMapping(value)) return [fault(form, path)];
  if ("map" in form)
    return Object.entries(value).flatMap(([key, item]) => faults(form.map, item, [...path, key]));
  return ofFields(form, value, path);
}

function ofFields(
  { fields, needs = [] }: Extract<Form, { readonly fields: unknown }>,
  value: Readonly<Record<string, unknown>>,
  path: Path,
): readonly Problem[] {
  const missing = needs.filter((name) => own(value, name) === undefined);
  const found = missing.map((name) => {
    const at = [...path, name];
    return problem(at, `${nameOf(at)} is missing`);
  });
  for (const name of Object.keys(value)) {
    const field = own(fields, name);
    const item = value[name];
    if (item === undefined) continue;
    if (field === undefined) found.push(unknownField(name, fields, path));
    else for (const one of faults(field, item, [...path, name])) found.push(one);
  }
  return found;
}

/** What is said where nobody reads it, as `header` for `headers`, would change the answer unnoticed. */
function unknownField(name: string, fields: Readonly<Record<string, Form>>, path: Path): Problem {
  const names = Object.keys(fields);
  const hint = didYouMean(name, names) ?? `one of ${names.join(", ")}`;
  return problem([...path, name], `${nameOf([...path, name])} is unknown: ${hint}`);
}

function ofEither(forms: readonly Form[], value: unknown, path: Path): readonly Problem[] {
  const all: (readonly Problem[])[] = [];
  for (const form of forms) {
    const found = faults(form, value, path);
    if (found.length === 0) return found;
    all.push(found);
  }
  const within = all.find(([first]) => first !== undefined && first.path.length > path.length);
  if (within) return within;
  return [problem(path, `${nameOf(path)} must be ${forms.map(wanted).join(" or ")}`)];
}

function fits(form: Simple, value: unknown): boolean {
  if (form === "true") return value === true;
  if (form === "nothing") return value === null;
  if (isWords(form)) return typeof value === "string" && form.includes(value);
  return typeof value === (form === "text" ? "string" : form);
}

/** `Array.isArray` does not narrow a readonly array. */
function isWords(form: Form): form is readonly string[] {
  return Array.isArray(form);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own<Value>(value: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function fault(form: Form, path: Path): Problem {
  return problem(path, `${nameOf(path)} must be ${wanted(form)}`);
}

function nameOf(path: Path): string {
  return path.length === 0 ? "a request" : `\`${path.join(".")}\``;
}

function wanted(form: Form): string {
  if (form === "text") return "text";
  if (form === "number") return "a number";
  if (form === "true") return "true";
  if (form === "nothing") return "null";
  if (isWords(form)) return `one of ${form.join(", ")}`;
  return "list" in form ? "a list" : "a mapping";
}
