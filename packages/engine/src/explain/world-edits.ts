import type { Service } from "../model/kubernetes.ts";
import type { Release } from "../model/mesh.ts";
import { knownReleases, resolveRelease } from "../release.ts";
import type { ExplainedHop, NewSetting } from "./explanation.ts";
import { setting } from "./settings.ts";
import type { Turning } from "./verify.ts";

/** HTTP on a port that is TCP to Istio, if that turns the decision: rules on HTTP are left out there. */
export function spokenAsHttp(
  { hop, chain }: ExplainedHop,
  turning: Turning,
): readonly NewSetting[] {
  const through = chain?.port?.service;
  const isLost = hop.notes.some(({ because }) => because === "http-on-tcp");
  if (!isLost || chain?.chain?.kind !== "tcp" || through === undefined) return [];
  const [name = "", namespace = ""] = through.host.split(".");
  const { inventory } = turning.mesh;
  const services = inventory.services.map((service) =>
    service.key.name === name && service.key.namespace === namespace
      ? speaking(service, through.port)
      : service,
  );
  const mesh = { ...turning.mesh, inventory: { ...inventory, services } };
  const where = `appProtocol of port ${through.port} of Service ${namespace}/${name}`;
  return setting(where, "http", mesh, turning);
}

function speaking(service: Service, number: number): Service {
  const ports = service.ports.map((port) =>
    port.port === number ? { ...port, appProtocol: "http" } : port,
  );
  return { ...service, ports };
}

/** The next release that decides otherwise: its own last patch level, or a later one. */
export function laterRelease(turning: Turning): readonly NewSetting[] {
  const { release } = turning.mesh;
  const later = knownReleases.slice(knownReleases.indexOf(release.istio) + 1);
  const candidates = newestPatches().filter(({ istio }) => later.includes(istio));
  for (const candidate of candidates) {
    const found = setting(
      "Istio",
      candidate.istio,
      { ...turning.mesh, release: candidate },
      turning,
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** The last patch level of each minor release. */
export function newestPatches(): readonly Release[] {
  const newest = new Map(
    knownReleases.map((name) => [name.split(".").slice(0, 2).join("."), name] as const),
  );
  return [...newest.values()]
    .filter((name) => !name.includes("-"))
    .map((name) => resolveRelease(name))
    .filter((release): release is Release => !("unknown" in release));
}
