import { programOf } from "../journey/programs.ts";
import { takesHbone } from "../kubernetes/tunnel.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";
import { ownWorkload } from "./own-workload.ts";
import { insideOf } from "./space/tunnel.ts";

/** Whether tunnels lead into a sidecar: it takes HBONE. Undefined: what it was told is not loaded, and it is taken for one that does not. */
export function takesTunnels(mesh: Mesh, proxy: Proxy): boolean | undefined {
  if (proxy.kind !== "sidecar") return false;
  const own = ownWorkload(mesh, proxy);
  const { labels } = proxy;
  return takesHbone(mesh, own ?? { labels, annotations: {} });
}

/** What a proxy is told, with the listener inside of the tunnels that lead into it. */
export function withTunnels(mesh: Mesh, proxy: Proxy): Program {
  const program = programOf(mesh, proxy);
  return takesTunnels(mesh, proxy) === true ? joined(program, mesh, proxy) : program;
}

const joinedOf = new WeakMap<Program, Program>();

function joined(program: Program, mesh: Mesh, proxy: Proxy): Program {
  const before = joinedOf.get(program);
  if (before) return before;
  const inside = insideOf(programOf(mesh, { ...proxy, tunnel: true }));
  const listeners = [...program.listeners, ...(inside ? [inside] : [])];
  const made = { ...program, listeners };
  joinedOf.set(program, made);
  return made;
}
