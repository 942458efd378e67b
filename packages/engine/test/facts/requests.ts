import type {
  AccessRequest,
  EvaluateOptions,
  ProviderAnswer,
} from "../../src/model/access-request.ts";
import type { Mesh } from "../../src/model/mesh.ts";
import { forged, now, token } from "../jwt-request.ts";
import type { Dice } from "./dice.ts";
import type { Point } from "./points.ts";
import { issuer, patterns, provider } from "./policies.ts";
import { classesOf, host, path, principal, text, universe } from "./universe.ts";

/** One part of a request, and everything that it can be. `of`: whether the id of a fact speaks of it. */
export interface Part {
  readonly name: string;
  readonly of: (id: string) => boolean;
  readonly values: readonly (string | undefined)[];
}

const absent = undefined;

/** Of each set of policies: every part of a request that this proxy looks at, with one value of each class that their patterns tell apart. */
export function partsOf(mesh: Mesh, { sees, paths = [] }: Point): readonly Part[] {
  return allParts(mesh, paths).filter(({ name }) => sees.includes(name));
}

function allParts(mesh: Mesh, routed: readonly string[]): readonly Part[] {
  const written = JSON.stringify(mesh.authorizationPolicies);
  const used = (all: readonly string[]): readonly string[] =>
    all.filter((pattern) => written.includes(`"${pattern}"`));
  const { methods, paths, hosts, headers, addresses, identities } = universe;
  const names = [
    ...used(patterns.principals),
    ...used(patterns.namespaces).map((name) => `*/ns/${name}/*`),
    ...used(patterns.accounts).map((name) => `*/ns/${name.replace("/", "/sa/")}`),
  ];
  const part = (name: string, id: RegExp, values: Part["values"]): Part => ({
    name,
    of: (fact) => id.test(fact),
    values,
  });
  return [
    part("method", /^http\.method$/, methods),
    part("path", /^http\.path$/, classesOf(paths, [...used(patterns.paths), ...routed], path)),
    part("host", /^http\.host$/, [
      ...new Set([...classesOf(hosts, used(patterns.hosts), host), "x.b:80"]),
    ]),
    part("header", /^header:x-user$/, [
      absent,
      ...classesOf(headers, used(patterns.headerValues), text),
    ]),
    part("forwarded", /^header:x-forwarded-for$/, [
      absent,
      ...(written.includes("remoteIpBlocks") ? addresses : []),
    ]),
    part("address", /^source\.ip$/, addresses),
    part("caller", /^from$|^source\.principal$/, [
      "none",
      ...classesOf(identities, names, principal),
    ]),
    part("answer", /^ext-authz:/, [
      "allow",
      "deny",
      ...(written.includes("x-user") ? ['{"allow":{"remove":["x-user"]}}'] : []),
      ...(written.includes("x-user")
        ? classesOf(headers, used(patterns.headerValues), text).map((value) =>
            JSON.stringify({ allow: { set: { "x-user": value } } }),
          )
        : []),
    ]),
    part("signature", /^signature:/, ["valid", "invalid"]),
    part("keys", /^keys:/, ["trusted", "unavailable"]),
  ];
}

/** A request and what is known beyond it. */
export interface Asked {
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
}

/** What a partial request is made of: what it does not leave open. */
export interface Partial {
  readonly known: ReadonlyMap<string, string | undefined>; // by the name of the part
  readonly token?: string;
  readonly transport?: "mtls" | "hbone";
  readonly bare: boolean; // nothing is said of HTTP
}

const tokens = [
  undefined,
  token({ iss: issuer, sub: "u", role: "admin" }),
  token({ iss: issuer, sub: "u", role: ["dev1", "x"] }),
  token({ iss: "issB", sub: "u" }),
  forged,
];

/** A request that leaves out some parts. */
export function anyPartial(dice: Dice, parts: readonly Part[], { secure }: Point): Partial {
  const { chance, pick } = dice;
  const bare = chance(0.1);
  const listed = ["header", "forwarded"];
  const left = parts.filter(({ name }) => {
    if (bare && ["method", "path", "host", ...listed].includes(name)) return true;
    return listed.includes(name) ? false : chance(0.3);
  });
  const known = parts
    .filter((part) => !left.includes(part))
    .map(({ name, values }) => [name, pick(values)] as const);
  const sent = bare ? undefined : pick(tokens);
  const isMutual = chance(0.15) && new Map(known).get("caller") !== "none" && secure !== undefined;
  return {
    known: new Map(known),
    bare,
    ...(sent === undefined ? {} : { token: sent }),
    ...(isMutual ? { transport: secure } : {}),
  };
}

/** The values that a partial request leaves open, part by part. */
export function openParts({ known, transport }: Partial, parts: readonly Part[]): readonly Part[] {
  return parts
    .filter(({ name }) => !known.has(name))
    .map((part) =>
      transport !== undefined && part.name === "caller"
        ? { ...part, values: part.values.filter((value) => value !== "none") }
        : part,
    );
}

/** The request as far as these values say it. */
export function askedOf(
  partial: Partial,
  values: ReadonlyMap<string, string | undefined>,
  { to, dataPlane }: Point,
): Asked {
  const { bare, token: sent, transport } = partial;
  const get = (name: string): string | undefined => values.get(name);
  const entry = <Key extends string>(key: Key, name: string): { readonly [K in Key]?: string } => {
    const value = get(name);
    return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: string });
  };
  const user = get("header");
  const forwarded = get("forwarded");
  const http = {
    ...entry("method", "method"),
    ...entry("path", "path"),
    ...entry("host", "host"),
    headers: {
      ...(user === undefined ? {} : { "x-user": user }),
      ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
    },
    version: "1.1" as const,
  };
  const ip = get("address");
  const answer = get("answer");
  const keys = get("keys");
  const signature = get("signature");
  const isBare = bare && !values.has("path");
  return {
    request: {
      to,
      ...entry("from", "caller"),
      ...(isBare ? {} : { http }),
      ...(ip === undefined ? {} : { source: { ip } }),
      ...(sent === undefined ? {} : { token: sent }),
      ...(transport === undefined ? {} : { transport }),
      ...(answer === undefined ? {} : { providers: { [provider]: answerOf(answer) } }),
    },
    options: {
      now,
      ...(dataPlane === undefined ? {} : { dataPlane }),
      ...(keys === undefined ? {} : { keys: { [issuer]: keys } }),
      ...(signature === undefined || sent === undefined
        ? {}
        : { signatures: { [sent]: signature === "valid" ? "valid" : "invalid" } }),
    },
  };
}

function answerOf(text: string): ProviderAnswer {
  return text.startsWith("{") ? JSON.parse(text) : text === "allow" ? "allow" : "deny";
}
