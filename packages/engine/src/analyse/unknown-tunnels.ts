import type { Filter, Program } from "../model/program.ts";
import { marks } from "./marks.ts";
import { filtersOf } from "./point-program.ts";
import type { Side } from "./question.ts";
import { lanesOf } from "./space/lanes.ts";
import { looksOf } from "./space/looks.ts";
import { takesStrangers } from "./space/strangers.ts";
import { takesTunnels } from "./tunnels.ts";
import { open } from "./uncaptured.ts";

/** That certificates of other authorities come to a gateway; or that nobody knows whether tunnels lead into a sidecar, where they would be treated otherwise than what comes directly. */
export function tunnelMarks({ mesh, point, program }: Side): readonly string[] {
  if (takesStrangers(program)) return [marks.strangers];
  const { proxy } = point;
  if (point.unenforced || proxy.kind !== "sidecar" || takesTunnels(mesh, proxy) !== undefined)
    return [];
  return isOtherInside(program) ? [marks.tunnels] : [];
}

const others = new WeakMap<Program, boolean>();

function isOtherInside(program: Program): boolean {
  const before = others.get(program);
  if (before !== undefined) return before;
  const refuses = lanesOf(program, "http").some(
    ({ transport, chain }) => transport === "mtls" && chain !== open && chain?.tls === undefined,
  );
  const made = refuses || filtersOf(program).some(readsOtherwise);
  others.set(program, made);
  return made;
}

/** What a filter inside of a tunnel does not see: the address of the peer, a server name, and for a CUSTOM policy the peer itself. */
function readsOtherwise(filter: Filter): boolean {
  if (filter.kind === "jwt") return false;
  const looks = looksOf(filter.rules);
  const unseen = filter.kind === "rbac" ? addresses : [...addresses, ...peers];
  return unseen.some((kind) => looks.has(kind));
}

const addresses = ["source.ip", "sni"];
const peers = ["peer", "peer.namespace", "peer.account"];
