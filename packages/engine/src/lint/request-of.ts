import { unsigned } from "../explain/token-edit.ts";
import { trustDomain } from "../kubernetes/identity.ts";
import { splitPrincipal } from "../match/principal.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { JwtProvider, Program } from "../model/program.ts";
import type { Point } from "./points.ts";
import type { Sample } from "./sample.ts";

/** How a sample is sent. */
export interface Sending {
  readonly port?: number;
  readonly protocol?: "http" | "tcp";
  readonly from?: string;
  readonly transport?: "plaintext";
}

/** A sample as a request to a point. Undefined: it wants a token, and nothing at the point reads one. */
export function requestOf(
  mesh: Mesh,
  point: Point,
  sample: Sample,
  sending: Sending = {},
): AccessRequest | undefined {
  const { protocol = "http" } = sending;
  const token = protocol === "tcp" ? "none" : tokenOf(point, sample);
  if (token === undefined) return undefined;
  const outside = point.plane === "gateway" && sample.from === undefined;
  const client = `external/${sample.ip ?? sample.remote ?? "198.51.100.7"}`;
  const from = sending.from ?? (outside ? client : callerText(mesh, sample.from));
  const port = sending.port ?? sample.port ?? portOf(point);
  return {
    from,
    to: sample.to ?? point.to(port, addressed(point, sending)),
    ...(protocol === "http" ? { http: sample.http, token } : {}),
    ...(sample.sni === undefined ? {} : { sni: sample.sni }),
    ...(sample.ip === undefined || from === client ? {} : { source: { ip: sample.ip } }),
    ...(sending.transport === undefined ? {} : { transport: sending.transport }),
  };
}

/** A stand-in has no port that says what it speaks. */
function addressed({ standIn }: Point, { protocol = "http" }: Sending): "http" | "tcp" | undefined {
  return standIn ? protocol : undefined;
}

/** A port of the point that speaks HTTP, if it has one. */
export function portOf({ proxy, workload, program, plane }: Point): number {
  if (plane === "gateway" || plane === "waypoint")
    return program()?.listeners.find(({ port }) => port !== undefined)?.port ?? 80;
  const ports = proxy?.ports ?? [];
  const first = ports.find(({ protocol }) => protocol !== "tcp") ?? ports[0];
  return first?.port ?? workload.ports[0]?.port ?? 8080;
}

/** An identity as callers are written. */
export function callerText(mesh: Mesh, identity: string | undefined): string {
  if (identity === undefined) return "sa/default/someone";
  const [, domain, namespace, account] =
    /^spiffe:\/\/([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity) ?? [];
  return domain === trustDomain(mesh.config) ? `sa/${namespace}/${account}` : identity;
}

/** Every provider that reads tokens at a point. */
export function providersOf({ program }: Point): readonly JwtProvider[] {
  const told = program();
  if (told === undefined) return [];
  const known = reading.get(told) ?? providersIn(told);
  reading.set(told, known);
  return known;
}

const reading = new WeakMap<Program, readonly JwtProvider[]>();

function providersIn({ listeners }: Program): readonly JwtProvider[] {
  const filters = listeners.flatMap(({ chains }) => chains.flatMap((chain) => chain.filters));
  return filters.flatMap((filter) => (filter.kind === "jwt" ? filter.providers : []));
}

function tokenOf(point: Point, { claims, principal }: Sample): AccessRequest["token"] | undefined {
  if (claims.length === 0 && principal === undefined) return "none";
  const { issuer, subject } = splitPrincipal(principal ?? "");
  const provider = providersOf(point).find(
    (each) => principal === undefined || each.issuer === issuer,
  );
  if (provider === undefined) return undefined;
  const [audience] = provider.audiences;
  const payload: Record<string, unknown> = {
    iss: provider.issuer,
    sub: principal === undefined ? "someone" : subject,
    ...(audience === undefined ? {} : { aud: audience }),
  };
  for (const [path, value] of claims) nest(payload, path, value);
  const { headers, params, cookies } = provider;
  const raw = unsigned(payload);
  const [header] = headers;
  if (header !== undefined)
    return header.name === "authorization"
      ? raw
      : { header: header.name, prefix: header.prefix, raw };
  const [param] = params;
  if (param !== undefined) return { param, raw };
  const [cookie] = cookies;
  return cookie === undefined ? undefined : { cookie, raw };
}

function nest(payload: Record<string, unknown>, path: readonly string[], value: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) payload[name] = value;
  else {
    const inner: Record<string, unknown> = {};
    nest(inner, rest, value);
    payload[name] = inner;
  }
}
