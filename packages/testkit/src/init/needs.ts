import type { Condition, JwtRule, Mesh, PolicyRule } from "@meshproof/engine";
import type { TokenUse } from "../suite.ts";
import type { TokenSpec } from "../token.ts";
import { sampleOf } from "./samples.ts";

/** What a rule asks of a request besides its caller and its operation. */
export interface Need {
  readonly headers: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly token?: TokenSpec;
  readonly carried?: TokenUse; // absent: as a bearer token
  readonly ip?: string;
}

/** Reads the needs of a rule from its first entries. */
export function needsOf(rule: PolicyRule, mesh: Mesh): Need {
  const conditions = (rule.when ?? []).flatMap((each) => each ?? []);
  const sources = (rule.from ?? []).flatMap((each) => each?.source ?? []);
  const operations = (rule.to ?? []).flatMap((each) => each?.operation ?? []);
  const principals = [
    ...sources.flatMap(({ requestPrincipals }) => requestPrincipals ?? []),
    ...valuesOf("request.auth.principal", conditions),
  ];
  const blocks = [
    ...sources.flatMap(({ ipBlocks, remoteIpBlocks }) => [
      ...(ipBlocks ?? []),
      ...(remoteIpBlocks ?? []),
    ]),
    ...valuesOf("source.ip", conditions),
    ...valuesOf("remote.ip", conditions),
  ];
  const [ip] = blocks.map((block) => block.split("/")[0]);
  const token = tokenFor(principals[0], conditions, mesh);
  return {
    headers: headersIn(conditions),
    ports: [
      ...operations.flatMap(({ ports }) => ports ?? []),
      ...valuesOf("destination.port", conditions),
    ],
    ...token,
    ...(ip === undefined ? {} : { ip }),
  };
}

function valuesOf(wanted: string, conditions: readonly Condition[]): readonly string[] {
  return conditions.filter(({ key }) => key === wanted).flatMap(({ values }) => values ?? []);
}

function headersIn(conditions: readonly Condition[]): Readonly<Record<string, string>> {
  const pairs = conditions.flatMap(({ key, values }) => {
    const [, name] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
    const [value] = values ?? [];
    return name === undefined || value === undefined ? [] : [[name, sampleOf(value, "x")]];
  });
  return Object.fromEntries(pairs);
}

/** A token with the principal and the claims that are asked for; its issuer one that the mesh accepts. */
function tokenFor(
  principal: string | undefined,
  conditions: readonly Condition[],
  mesh: Mesh,
): Pick<Need, "token" | "carried"> {
  const claims = claimsIn(conditions);
  const asked = principal !== undefined || Object.keys(claims).length > 0;
  const [rule] = mesh.requestAuthentications
    .flatMap(({ spec }) => spec.jwtRules ?? [])
    .flatMap((each) => each ?? [])
    .filter(({ issuer }) => principal === undefined || startsLike(principal, issuer ?? ""));
  if (!asked || rule?.issuer === undefined) return {};
  const subject = principal?.startsWith(`${rule.issuer}/`)
    ? principal.slice(rule.issuer.length + 1)
    : "*";
  const [audience] = [...valuesOf("request.auth.audiences", conditions), ...(rule.audiences ?? [])];
  const token: TokenSpec = {
    issuer: rule.issuer,
    claims: { sub: sampleOf(subject, "someone"), ...claims },
    ...(audience === undefined ? {} : { audience }),
  };
  const carried = placeOf(rule);
  return { token, ...(carried === undefined ? {} : { carried }) };
}

/** Where a rule looks for its token, if not where everybody does. */
function placeOf({ fromHeaders, fromParams, fromCookies }: JwtRule): TokenUse | undefined {
  const [[header], [param], [cookie]] = [fromHeaders ?? [], fromParams ?? [], fromCookies ?? []];
  if (header !== undefined) return { header: header.name, prefix: header.prefix ?? "" };
  if (param !== undefined) return { param };
  return cookie === undefined ? undefined : { cookie };
}

function startsLike(principal: string, issuer: string): boolean {
  return (
    principal.startsWith("*") ||
    principal.startsWith(issuer) ||
    issuer.startsWith(principal.replace(/\*$/, ""))
  );
}

function claimsIn(conditions: readonly Condition[]): Readonly<Record<string, unknown>> {
  const pairs = conditions.flatMap(({ key, values }) => {
    const [, path] = /^request\.auth\.claims\[(.+)\]$/.exec(key) ?? [];
    const [value] = values ?? [];
    if (path === undefined || value === undefined) return [];
    const [name = "", ...inner] = path.split("][");
    const claim = inner.reduceRight<unknown>(
      (built, step) => ({ [step]: built }),
      sampleOf(value, "x"),
    );
    return [[name, claim]];
  });
  return Object.fromEntries(pairs);
}
