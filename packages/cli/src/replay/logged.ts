import type { AccessRequest } from "@meshproof/engine";

/** What was observed of a request when it was made. */
export interface Observed {
  readonly status?: number;
  readonly details?: string; // Envoy's response code details, connection termination details, or ztunnel's error
}

/** A request that a log tells of. */
export interface Logged {
  readonly request: AccessRequest;
  readonly observed?: Observed;
  readonly weight: number; // so many of them
}

/** Why a line tells of none. */
export interface Skipped {
  readonly skipped: string;
}

export function isSkipped(reading: Logged | Skipped): reading is Skipped {
  return "skipped" in reading;
}

/** What lines do not say. */
export interface Setting {
  readonly to?: string; // where all of them went
  /** The workload with an address, as a reference. */
  readonly workloadAt: (address: string) => string | undefined;
}

/** `IP:PORT`, `[IP]:PORT`. */
export function endpointOf(
  text: string,
): { readonly ip: string; readonly port: number } | undefined {
  const [, bracketed, plain, port = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const ip = bracketed ?? plain;
  return ip === undefined ? undefined : { ip, port: Number(port) };
}
