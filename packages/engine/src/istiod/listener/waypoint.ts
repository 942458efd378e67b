import { gatewayNameLabel } from "../../kubernetes/gateway-class.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import { keyText } from "../../model/place.ts";
import type {
  FilterChain,
  HttpSettings,
  Listener,
  Proxy,
  ProxyPort,
  ServerTls,
} from "../../model/program.ts";
import { flagOf } from "../../release/flags.ts";
import { boundAuthorizationPolicies, boundRequestAuthentications } from "../attach.ts";
import type { TargetService } from "../attach-rules.ts";
import { expressionRefusal } from "../route/expressions.ts";
import { waypointRoutes, waypointTcpRoutes } from "../route/waypoint.ts";
import { sidecarHttpSettings } from "./http-settings.ts";
import { type ChainFilters, chainFilters } from "./sidecar-filters.ts";
import { type ServedService, servedAddresses, servedServices } from "./waypoint-services.ts";

/** What goes into the listeners of a waypoint. `tls`: of its tunnel; `detects`: as on any listener. */
export interface WaypointParts {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly tls: ServerTls;
  readonly detects?: Listener["detects"];
}

export interface WaypointListeners {
  readonly listeners: readonly Listener[];
  readonly notes: readonly Note[];
}

/**
 * The listener that ends the tunnel, and the one inside it: chains for each port of each Service, and those for pods that are
 * addressed directly, where policies for a Service do not count. Follows istio/istio:pilot/pkg/networking/core/listener_waypoint.go.
 */
export function waypointListeners(parts: WaypointParts): WaypointListeners {
  const { mesh, proxy, tls, detects } = parts;
  const waypoint = { namespace: proxy.namespace, name: proxy.labels[gatewayNameLabel] ?? "" };
  const built = [
    ...servedServices(mesh, waypoint).map((service) => ofService(parts, service)),
    ofPods(parts, servedAddresses(mesh.inventory, waypoint)),
  ];
  const chains = built.flatMap((part) => part.chains);
  const refused =
    built.find(({ filters }) => filters.refused)?.filters.refused ?? expressionRefusal(chains);
  const terminate: FilterChain = {
    name: "default",
    match: { transport: "hbone" },
    tls,
    kind: "tcp",
    filters: [],
  };
  return {
    listeners: [
      { name: "connect_terminate", port: 15008, chains: [terminate] },
      {
        name: "main_internal",
        ...(detects ? { detects } : {}),
        chains,
        ...(refused ? { refused } : {}),
      },
    ],
    notes: united(built, chains),
  };
}

/** Whether istiod was told to apply the policies of workloads at the end of the tunnel too: that is not worked out (az:WP-2). */
export function isLayered(mesh: Mesh): boolean {
  return flagOf(mesh, "ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES") === true;
}

/** Some chains with the same policies. */
interface Built {
  readonly chains: readonly FilterChain[];
  readonly filters: ChainFilters;
  readonly notes: readonly Note[];
}

function ofService(parts: WaypointParts, { target, host, addresses, ports }: ServedService): Built {
  const { mesh, proxy } = parts;
  return built(parts, target, (chain) =>
    ports.flatMap(({ port, protocol }) =>
      kindsOf(protocol, mesh).map(({ kind, detected }) => {
        const at = { host, namespace: target.namespace, port };
        return {
          ...chain(kind, `inbound-vip|${port}|${kind}|${host}`, {
            ...{ port, service: host, addresses },
            ...(detected ? { alpn: detected } : {}),
          }),
          ...(kind === "http"
            ? { routes: waypointRoutes(mesh, proxy, at) }
            : { forwards: waypointTcpRoutes(mesh, proxy, at) }),
        };
      }),
    ),
  );
}

/** Any port: nothing declares a protocol, so it is always detected. */
function ofPods(parts: WaypointParts, addresses: readonly string[]): Built {
  return built(parts, undefined, (chain) =>
    kindsOf("auto", parts.mesh).map(({ kind, detected }) =>
      chain(kind, `direct-${kind}`, {
        ...{ service: "", addresses },
        ...(detected ? { alpn: detected } : {}),
      }),
    ),
  );
}

type Match = Omit<FilterChain["match"], "transport">;
type MakeChain = (kind: "http" | "tcp", name: string, match: Match) => FilterChain;

function built(
  { mesh, proxy, tls }: WaypointParts,
  target: TargetService | undefined,
  make: (chain: MakeChain) => readonly FilterChain[],
): Built {
  const authorization = boundAuthorizationPolicies(mesh, proxy, target);
  const authentication = boundRequestAuthentications(mesh, proxy, target);
  const bound = { authorization: authorization.bound, authentication: authentication.bound };
  const filters = chainFilters(mesh, bound, { peer: "tunnel" });
  const http: HttpSettings = { ...sidecarHttpSettings(mesh, proxy), clientCertHeader: "sanitize" };
  const chains = make((kind, name, match) => ({
    name,
    match: { transport: "hbone", ...match },
    tls,
    kind,
    ...(kind === "http" ? { http } : {}),
    filters: filters[kind],
  }));
  const on = (notes: readonly Note[], some: readonly FilterChain[]): readonly Note[] =>
    notes.map((note) => ({ ...note, chains: some.map(({ name }) => name) }));
  const tcp = chains.filter(({ kind }) => kind === "tcp");
  const everywhere = [...authorization.notes, ...authentication.notes, ...filters.notes];
  return { chains, filters, notes: [...on(everywhere, chains), ...on(filters.tcpNotes, tcp)] };
}

interface Kind {
  readonly kind: "http" | "tcp";
  readonly detected?: readonly string[];
}

/** A port whose protocol is not declared has a chain for HTTP, as far as it is recognised, and one for everything else. */
function kindsOf(protocol: ProxyPort["protocol"], mesh: Mesh): readonly Kind[] {
  if (protocol !== "auto") return [{ kind: protocol }];
  const http10 = flagOf(mesh, "PILOT_HTTP10") === true ? ["http/1.0"] : [];
  return [{ kind: "tcp" }, { kind: "http", detected: [...http10, "http/1.1", "h2c"] }];
}

/** Each note once, with all the chains it is about; one that is about all chains says so by naming none. */
function united(parts: readonly Built[], chains: readonly FilterChain[]): readonly Note[] {
  const notes = new Map<string, Note>();
  for (const note of parts.flatMap((part) => part.notes)) {
    const { kind, because, at, effect } = note;
    const text = JSON.stringify([kind, because, effect, keyText(at.resource), at.path]);
    const about = [...(notes.get(text)?.chains ?? []), ...(note.chains ?? [])];
    notes.set(text, { kind, because, at, effect, chains: about });
  }
  return [...notes.values()].map(({ chains: about = [], ...note }) =>
    about.length === chains.length ? note : { ...note, chains: about },
  );
}
