import { parseCidr } from "../../match/address.ts";
import type { Listener, Program } from "../../model/program.ts";
import { chosen, inBlock } from "./atoms.ts";
import { type Formula, or } from "./formula.ts";

/** How connections come to a sidecar that takes HBONE. */
export const ways: readonly string[] = ["direct", "hbone"];

/** That a connection comes through a tunnel. */
export const inTunnel: Formula = chosen("transport", "hbone");

/** The listener inside of the tunnels that lead into a sidecar. Follows `istiod/listener/sidecar-tunnel.ts`. */
export function insideOf({ proxy, listeners }: Program): Listener | undefined {
  if (proxy.kind !== "sidecar") return undefined;
  return listeners.find(({ name }) => name === "main_internal");
}

/** That tunnels lead into some of the sidecars that are looked at: then the others are asked about what comes through them, too. */
export function tunnelsInto(programs: readonly Program[]): { readonly tunnels?: true } {
  return programs.some((program) => insideOf(program) !== undefined) ? { tunnels: true } : {};
}

/** That one of these addresses is called. */
export function toAddresses(addresses: readonly string[]): Formula {
  return or(
    ...addresses.flatMap((address) => {
      const block = parseCidr(address);
      return block ? [inBlock("destination.ip", block)] : [];
    }),
  );
}
