import type { Trace } from "../envoy/rbac.ts";
import { serveEnvoy } from "../envoy/serve.ts";
import type { ProviderAnswer } from "../model/access-request.ts";
import type { Facts } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Hop } from "../model/verdict.ts";
import { serveZtunnel } from "../ztunnel/serve.ts";
import { programOf, ztunnelOf } from "./programs.ts";

/** What `serve` may be told besides facts. */
export interface ServeOptions {
  readonly trace?: Trace;
  readonly providers?: Readonly<Record<string, ProviderAnswer>>;
}

/** What one proxy does with one connection and what is sent over it; `http` undefined: bytes. ztunnel knows connections only. */
export function serve(
  mesh: Mesh,
  proxy: Proxy,
  connection: Connection,
  http: HttpRequest | undefined,
  facts: Facts,
  options: ServeOptions = {},
): Hop {
  const { trace } = options;
  if (proxy.kind !== "ztunnel")
    return serveProgram(
      programOf(mesh, reached(proxy, connection)),
      connection,
      http,
      facts,
      options,
    );
  const ambient = ztunnelOf(mesh, proxy);
  const hop = serveZtunnel(ambient, connection, facts, trace === undefined ? {} : { trace });
  return told(hop, { program: ambient.programs[0], connection, http }, trace);
}

/** The proxy as a connection reaches it: a sidecar takes HBONE at listeners of its own. */
export function reached(proxy: Proxy, { transport }: Connection): Proxy {
  return proxy.kind === "sidecar" && transport === "hbone" ? { ...proxy, tunnel: true } : proxy;
}

/** What an Envoy that was told a program does with one connection and what is sent over it. */
export function serveProgram(
  program: Program,
  connection: Connection,
  http: HttpRequest | undefined,
  facts: Facts,
  options: ServeOptions = {},
): Hop {
  const hop = serveEnvoy(program, connection, http, facts, options);
  return told(hop, { program, connection, http }, options.trace);
}

interface Given {
  readonly program: Program;
  readonly connection: Connection;
  readonly http: HttpRequest | undefined;
}

/** A hop that was just made, with what was given. Not spread: that would work out its notes. */
function told(hop: Hop, { http, ...given }: Given, trace: Trace | undefined): Hop {
  if (trace !== "all" && trace !== "told") return hop;
  return Object.assign(hop, { told: { ...given, ...(http === undefined ? {} : { http }) } });
}
