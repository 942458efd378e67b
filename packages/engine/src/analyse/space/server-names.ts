import type { Program } from "../../model/program.ts";
import type { Protocol } from "../api.ts";
import { isNamed, noPeer, onPorts } from "./arrivals.ts";
import { chosen } from "./atoms.ts";
import { always, and, type Formula, not, oneOf } from "./formula.ts";
import { type Lane, lanesOf, portsOf } from "./lanes.ts";
import { inTunnel } from "./tunnel.ts";

const known = {
  http: new WeakMap<Program, Formula>(),
  tcp: new WeakMap<Program, Formula>(),
};

/** Where a connection can have a server name: where it is TLS, or bytes that may be. Remembered. */
export function namedIn(program: Program, protocol: Protocol): Formula {
  const before = known[protocol].get(program);
  if (before) return before;
  const made = findNamed(program, protocol);
  known[protocol].set(program, made);
  return made;
}

function findNamed(program: Program, protocol: Protocol): Formula {
  const lanes = lanesOf(program, protocol);
  if (lanes.some(({ door }) => door !== undefined)) {
    const doors = lanes.flatMap((lane) => bareDoor(lane, protocol));
    return doors.length > 0 ? not(oneOf(doors)) : always;
  }
  const bare = lanes.filter((lane) => lane.named === undefined && !mayBeTls(lane, protocol));
  const ports = bare.filter(({ tunnel }) => !tunnel).map(({ port }) => port);
  const plain = ports.length > 0 ? [and(noPeer, onPorts(ports, portsOf(program)))] : [];
  const inside = bare.some(({ tunnel }) => tunnel) ? [inTunnel] : [];
  return bare.length > 0 ? not(oneOf([...plain, ...inside])) : always;
}

/** That a door takes no TLS, or none of this name: on the same port that goes to another one. */
function bareDoor(lane: Lane, protocol: Protocol): readonly Formula[] {
  const { door = "", otherwise = [] } = lane;
  if (!mayBeTls(lane, protocol)) return [chosen("door", door)];
  return otherwise.length > 0 ? [and(chosen("door", door), oneOf(otherwise.map(isNamed)))] : [];
}

/** Whether what comes on a lane may have a server name: bytes may be TLS of the application's own, HTTP in plain text has none. Where all is closed, TLS is, too. */
export function mayBeTls({ transport, chain, named }: Lane, protocol: Protocol): boolean {
  if (transport === "tls" || transport === "mtls") return true;
  if (protocol === "tcp") return named !== false;
  return transport === "plaintext" && chain === undefined;
}

/** Whether TLS with a server name comes on a lane without an identity, where what has none is plain text. */
export function takesName(lane: Lane, protocol: Protocol, name: string): boolean {
  const { otherwise = [] } = lane;
  return name !== "" && mayBeTls(lane, protocol) && !otherwise.some((each) => isServed(each, name));
}

function isServed(server: string, name: string): boolean {
  return server.startsWith("*.") ? name.endsWith(server.slice(1)) : name === server;
}
