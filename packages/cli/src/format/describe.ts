import {
  type DescribedPolicy,
  type DescribedPort,
  type DescribedStatus,
  type Description,
  type FilterChain,
  keyText,
  type Mesh,
  type Note,
  noteTexts,
} from "@meshproof/engine";
import { countOf, policyName } from "@meshproof/testkit";
import { modeText } from "./explain-hop.ts";
import { providerText } from "./explain-jwt.ts";
import { noteOnChains, type Places, placeIn } from "./explain-policy.ts";
import type { Texts } from "./position.ts";
import { few, type Line, placed, wrapped } from "./trace-lines.ts";

/** What is told of a workload, and how much of it. */
export interface Describing {
  readonly mesh: Mesh;
  readonly texts: Texts;
  readonly verbose: boolean;
}

/** Everything that is to be said of a workload, for a person. */
export function describeLines(description: Description, describing: Describing): readonly Line[] {
  const { plane, proxy, refused } = description;
  const places: Places = describing;
  return [
    ...headLines(description, places),
    ...(refused === undefined
      ? []
      : [
          "",
          ...placed(
            "  ! ",
            `${effects[refused.effect]}: ${refused.cause}`,
            placeIn(places, refused.at),
          ),
        ]),
    ...(proxy === undefined
      ? ["", ...wrapped("  ", `nothing is enforced on this workload (data plane ${plane.plane})`)]
      : body(description, describing)),
  ];
}

const effects = {
  "update-refused": "Envoy refuses this configuration: running proxies keep their old one",
  "process-dies": "Envoy dies of this configuration",
} as const;

function headLines({ subject, workload, plane }: Description, places: Places): readonly Line[] {
  const labels = Object.entries(workload.labels).map(([key, value]) => `${key}=${value}`);
  return [
    ...placed(
      "",
      `${subject}: ${plane.plane} (${plane.because})`,
      plane.from && placeIn(places, plane.from),
    ),
    ...wrapped("  labels           ", few(labels, 8) || "none"),
    ...wrapped("  service account  ", workload.serviceAccount || "default"),
  ];
}

function body(description: Description, { mesh, texts, verbose }: Describing): readonly Line[] {
  const places: Places = { mesh, texts };
  const { ports, policies, unbound, notes, statuses, waypoints, issuers } = description;
  return [
    ...section(
      "ports",
      ports.flatMap((port) => portLines(port, places)),
    ),
    ...section("in front of it", waypoints.flatMap(waypointLines)),
    ...section(
      "applies here",
      policies.flatMap((policy) => policyLines(policy, places)),
      "no policy",
    ),
    ...section("left out or changed", changedLines(notes, places)),
    ...section("status that istiod writes", statuses.flatMap(statusLines)),
    ...section("does not apply here", unboundLines(unbound, places, verbose)),
    ...section(
      "tokens",
      issuers.flatMap((provider) =>
        placed("  ", providerText(provider), placeIn(places, provider.at)),
      ),
      "no RequestAuthentication applies: no token is looked at",
    ),
    ...section("where no rule matches", otherwiseLines(description)),
  ];
}

function section(title: string, lines: readonly Line[], empty?: string): readonly Line[] {
  if (lines.length > 0) return ["", title, ...lines];
  return empty === undefined ? [] : ["", title, `  ${empty}`];
}

function portLines(described: DescribedPort, places: Places): readonly Line[] {
  const { mode, chains } = described;
  return [
    ...wrapped("  ", portText(described)),
    ...(mode === undefined
      ? []
      : placed("    ", modeText(mode), mode.by && placeIn(places, mode.by))),
    ...chains.flatMap((chain) => wrapped("    ", chainText(chain))),
  ];
}

function portText({ port, listener }: DescribedPort): string {
  if (listener !== undefined)
    return `listener ${listener.name}${listener.port === undefined ? "" : `, port ${listener.port}`}`;
  if (port === undefined) return "any other port: its protocol is detected";
  const { service, protocol } = port;
  const via = service === undefined ? "" : `, port ${service.port} of ${service.host}`;
  return `${port.port}: ${protocols[protocol]}${via}`;
}

const protocols = { http: "HTTP", tcp: "TCP", auto: "its protocol is detected" } as const;

function chainText(chain: FilterChain): string {
  const { match, kind, name } = chain;
  const parts = [
    kind === "http" ? "HTTP" : "TCP",
    transportText(chain),
    ...(match.serverNames === undefined ? [] : [`SNI ${few(match.serverNames)}`]),
    ...(match.alpn === undefined ? [] : [`ALPN ${match.alpn.join(", ")}`]),
  ];
  return `chain ${name}: ${parts.join(", ")}`;
}

function transportText({ match: { transport, serverNames }, tls }: FilterChain): string {
  if (transport === "hbone") return "HBONE";
  if (tls !== undefined) return tlsTexts[tls.clientCertificate];
  const isTls = transport === "tls" || serverNames !== undefined;
  return isTls ? "TLS that it does not end" : "plaintext";
}

const tlsTexts = {
  required: "mutual TLS",
  optional: "TLS, with a client certificate or without",
  none: "TLS",
} as const;

function waypointLines({ waypoint, service }: Description["waypoints"][number]): readonly Line[] {
  const name = `${waypoint.namespace}/${waypoint.name}`;
  const what = service === undefined ? "its own address" : `Service ${policyName(service)}`;
  const text = `waypoint ${name}, for requests to ${what}: authz describe waypoint/${name}`;
  return wrapped("  ", text);
}

function policyLines(policy: DescribedPolicy, places: Places): readonly Line[] {
  const { key, action, rules, dryRun, target } = policy;
  const count = rules === undefined ? "" : `, ${countOf(rules, "rule", "rules")}`;
  const tried = dryRun ? " (dry run: never enforced)" : "";
  const whose = target === undefined ? "" : `, for ${target.kind} ${policyName(target)}`;
  const text = `${action ?? key.kind} ${policyName(key)}${count}${whose}${tried}`;
  return placed("  ", text, placeIn(places, { resource: key, path: ["metadata", "name"] }));
}

/** What istiod made of each policy, once for each. */
function changedLines(notes: readonly Note[], places: Places): readonly Line[] {
  const keys = [...new Map(notes.map(({ at }) => [keyText(at.resource), at.resource])).entries()];
  return keys.flatMap(([id, key]) => [
    `  ${key.kind} ${policyName(key)}`,
    ...notes
      .filter(({ at }) => keyText(at.resource) === id)
      .flatMap((note) => noteOnChains(note, places, "    ! ")),
  ]);
}

function statusLines({ key, condition }: DescribedStatus): readonly Line[] {
  const { type, status, reason, message } = condition;
  return wrapped("  ", `${policyName(key)}: ${type}=${status} (${reason}): ${message}`);
}

const most = 10;

function unboundLines(notes: readonly Note[], places: Places, verbose: boolean): readonly Line[] {
  const once = [...new Map(notes.map((note) => [keyText(note.at.resource), note])).values()];
  const told = verbose || once.length <= most + 1 ? once : once.slice(0, most);
  return [
    ...told.flatMap(({ at, because }) =>
      placed(
        "  ",
        `${at.resource.kind} ${policyName(at.resource)}: ${noteTexts[because]}`,
        placeIn(places, at),
      ),
    ),
    ...(told.length < once.length ? [`  and ${once.length - told.length} more: -v`] : []),
  ];
}

function otherwiseLines({ ports, policies }: Description): readonly Line[] {
  const allowing = policies.filter(({ action, dryRun }) => action === "ALLOW" && dryRun !== true);
  const closed = ports.filter(({ otherwise }) => otherwise === "deny");
  if (closed.length === 0) return ["  allowed: no ALLOW policy is enforced here"];
  const names = few(
    allowing.map(({ key }) => policyName(key)),
    3,
  );
  const where =
    closed.length === ports.length
      ? ""
      : ` on ${closed.map(({ port, listener }) => port?.port ?? listener?.name ?? "any other port").join(", ")}`;
  return wrapped("  ", `denied${where}: an ALLOW policy applies (${names || "made by istiod"})`);
}
