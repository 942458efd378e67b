import { type ServeOptions, serveEnvoy } from "../../envoy/serve.ts";
import { programOf, ztunnelOf } from "../../journey/programs.ts";
import { reached } from "../../journey/serve.ts";
import { answerBytes } from "../../journey/stated-bytes.ts";
import type { AccessRequest } from "../../model/access-request.ts";
import type { Ask } from "../../model/fact.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import type { Hop, RuleRef } from "../../model/verdict.ts";
import { serveZtunnel } from "../../ztunnel/serve.ts";
import type { Point } from "../api.ts";
import { takesTunnels } from "../tunnels.ts";
import { isUncaptured } from "../uncaptured.ts";
import type { Sample } from "./request.ts";

/** What the evaluator says of a sample. `status` as in `Outcomes`; `open`: what it asked that a sample does not state. */
export interface Confirmed {
  readonly status: string;
  readonly by: readonly RuleRef[];
  readonly open: readonly string[];
}

/** Evaluates a sample at a point of a mesh. Its token counts as signed with the right key. */
export function confirm(
  mesh: Mesh,
  { proxy, unenforced }: Pick<Point, "proxy" | "unenforced">,
  sample: Sample,
): Confirmed {
  const open: string[] = [];
  if (unenforced) return { status: "allowed", by: [], open };
  const ask: Ask = ({ id, candidates, signature }) => {
    if (signature) return "valid";
    if (!id.startsWith("keys:")) open.push(id);
    return candidates[0] ?? "";
  };
  const { connection, http, request } = sample;
  if (isUncaptured(mesh, proxy, connection)) return { status: "allowed", by: [], open };
  const { providers } = request;
  if (sample.tunnelled && proxy.kind === "sidecar" && takesTunnels(mesh, proxy) !== true)
    return { status: "closed", by: [], open };
  const facts = { now: 0, ask };
  const hop =
    proxy.kind === "ztunnel"
      ? serveZtunnel(ztunnelOf(mesh, proxy), connection, facts)
      : serveEnvoy(
          programOf(mesh, reached(proxy, connection)),
          connection,
          http,
          facts,
          walking(providers),
        );
  return { status: statusOf(hop, proxy), by: decidedBy(hop), open };
}

function walking(providers: AccessRequest["providers"]): ServeOptions {
  return { walk: true, ...(providers ? { providers: answerBytes(providers) } : {}) };
}

function decidedBy({ steps }: Hop): readonly RuleRef[] {
  const refused = steps.findLast(({ result }) => result === "refuse");
  const decisive = refused ?? steps.findLast(({ layer }) => layer === "allow");
  return decisive?.by ?? [];
}

/** In the words of `Outcomes`. What a gateway has no route for got past its policies all the same. */
function statusOf({ outcome, steps }: Hop, { kind }: Proxy): string {
  if (outcome.kind === "forwarded") return "allowed";
  const refused = steps.findLast(({ result }) => result === "refuse");
  if (kind === "gateway" && (refused === undefined || refused.layer === "route")) return "allowed";
  if (outcome.kind !== "reply") return "closed";
  return refused?.layer === "custom" ? "refused by a provider" : `${outcome.status ?? ""}`;
}
