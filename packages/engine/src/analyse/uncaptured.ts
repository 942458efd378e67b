import { redirectionOf, whyPlaintextBypasses } from "../kubernetes/capture.ts";
import type { Mesh } from "../model/mesh.ts";
import type { FilterChain, Listener, Program, Proxy } from "../model/program.ts";
import type { Connection } from "../model/request.ts";
import { ownWorkload } from "./own-workload.ts";

/** What lets everything through. */
export const open: FilterChain = { name: "unenforced", match: {}, kind: "tcp", filters: [] };

/** Whether a connection gets to a workload past the proxy in front of it: annotations of the pod say so. */
export function isUncaptured(mesh: Mesh, proxy: Proxy, connection: Connection): boolean {
  const own = ownWorkload(mesh, proxy);
  if (own === undefined || connection.transport === "hbone") return false;
  if (proxy.kind === "ztunnel") return whyPlaintextBypasses(own) !== undefined;
  if (proxy.kind !== "sidecar") return false;
  const { past, only } = redirectionOf(own);
  const port = connection.destinationPort;
  return past.includes(port) || only?.includes(port) === false;
}

const made = new WeakMap<Program, Program>();

/** What a proxy is told, and besides that what does not come to it gets through. */
export function withUncaptured(mesh: Mesh, proxy: Proxy, program: Program): Program {
  const before = made.get(program);
  if (before) return before;
  const listeners = listenersOf(mesh, proxy, program);
  if (listeners === program.listeners) return program;
  const after = { ...program, listeners };
  made.set(program, after);
  return after;
}

function listenersOf(mesh: Mesh, proxy: Proxy, { listeners }: Program): readonly Listener[] {
  const own = ownWorkload(mesh, proxy);
  if (own === undefined) return listeners;
  if (proxy.kind === "ztunnel")
    return whyPlaintextBypasses(own) === undefined ? listeners : listeners.map(withoutPlaintext);
  const [virtual, ...others] = listeners;
  const { past, only } = redirectionOf(own);
  if (proxy.kind !== "sidecar" || !virtual || (past.length === 0 && !only)) return listeners;
  if (!only) return [...past.map((port) => uncaptured(port)), ...listeners];
  const captured = only.filter((port) => !past.includes(port));
  return [...captured.map((port): Listener => ({ ...virtual, port })), uncaptured(), ...others];
}

function uncaptured(port?: number): Listener {
  return { name: "uncaptured", ...(port === undefined ? {} : { port }), chains: [open] };
}

function withoutPlaintext(listener: Listener): Listener {
  const chains = listener.chains.map((chain) =>
    chain.match.transport === "hbone" ? chain : { ...chain, filters: [] },
  );
  return { ...listener, chains };
}
