import type { AccessRequest } from "@meshproof/engine";
import { endpointOf, type Logged, type Setting, type Skipped } from "./logged.ts";

export type ZtunnelFields = Readonly<Record<string, string | undefined>>;

/** A line of ztunnel's text form: `src.addr=10.0.0.1:80 src.identity="spiffe://..." ...` (ctx:7.4). */
export function ztunnelText(line: string): ZtunnelFields | undefined {
  if (!line.includes("src.addr=")) return undefined;
  const pairs = line.matchAll(/([a-z_]+(?:\.[a-z_]+)?)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, plain]) => [name, quoted ?? plain]));
}

/** A line of the JSON form: the fields themselves, or below `fields`. */
export function ztunnelJson(value: Readonly<Record<string, unknown>>): ZtunnelFields {
  const { fields } = value;
  const inner = typeof fields === "object" && fields !== null ? { ...value, ...fields } : value;
  return Object.fromEntries(
    Object.entries(inner).map(([name, one]) => [
      name,
      typeof one === "object" ? undefined : String(one),
    ]),
  );
}

/** Where HBONE arrives: the port that policies see is that of `dst.hbone_addr`. */
const hbonePort = 15_008;

/** The connection that an inbound line tells of. */
export function ztunnelRequest(fields: ZtunnelFields, setting: Setting): Logged | Skipped {
  const { direction, error } = fields;
  if (direction !== "inbound") return { skipped: "not inbound: the other side's log has it" };
  const to = setting.to ?? destination(fields, setting);
  if (to === undefined) return { skipped: "no workload has the address it went to: say --to" };
  const identity = fields["src.identity"];
  const ip = endpointOf(fields["src.addr"] ?? "")?.ip;
  const request: AccessRequest = {
    to,
    from: identity ?? "none",
    ...(ip === undefined ? {} : { source: { ip } }),
    ...(identity === undefined ? {} : { transport: "hbone" }),
  };
  return { request, observed: { details: error ?? "" }, weight: 1 };
}

function destination(fields: ZtunnelFields, { workloadAt }: Setting): string | undefined {
  const outer = endpointOf(fields["dst.addr"] ?? "");
  const inner = endpointOf(fields["dst.hbone_addr"] ?? "");
  const at = outer?.port === hbonePort ? inner : outer;
  const workload = (outer && workloadAt(outer.ip)) ?? (inner && workloadAt(inner.ip));
  return at && workload && `${workload}:${at.port}`;
}
