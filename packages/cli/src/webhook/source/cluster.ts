import { setMaxListeners } from "node:events";
import { reasonOf } from "../log.ts";
import type { Readiness } from "../reviewer.ts";
import type { MeshSource } from "../settings.ts";
import { type Ask, apiServer } from "./api-server.ts";
import { type Follower, type Item, reflect } from "./reflect.ts";
import { pathOf, type Watched, watchedKinds } from "./resources.ts";
import type { Source, SourceWorld } from "./source.ts";

type ClusterSource = Extract<MeshSource, { readonly kind: "cluster" }>;

/** What is known of one kind. */
interface Kind {
  readonly watched: Watched;
  readonly path: string;
  objects: Map<string, Item> | undefined; // absent: not listed yet; only names
  lostAt: number | undefined; // absent: it is being followed
}

/** Follows a cluster. Ready once every kind was listed, and no longer when the API server was silent for too long. */
export function watchCluster(
  source: ClusterSource,
  surroundings: SourceWorld,
  connect: (kubeconfig?: string) => Promise<Ask> = apiServer,
): Source {
  const { state, log, now } = surroundings;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // one a kind
  const kinds = kindsOf(source);
  const done = connect(source.kubeconfig).then(
    (ask) => followAll(kinds, { ask, stop, surroundings }),
    (error: unknown) => {
      failure = reasonOf(error);
      log({ level: "error", message: "cannot follow the cluster", because: failure });
    },
  );
  let failure: string | undefined;
  state.replace([], now());
  return {
    readiness: () =>
      failure === undefined
        ? readinessOf(kinds, source.stale, now())
        : { ready: false, why: failure },
    close: async () => {
      stop.abort();
      await done;
    },
  };
}

function kindsOf({ rootNamespace, configMap }: ClusterSource): readonly Kind[] {
  const config: Watched = { apiVersion: "v1", kind: "ConfigMap", plural: "configmaps" };
  const only = `?fieldSelector=${encodeURIComponent(`metadata.name=${configMap}`)}`;
  return [
    ...watchedKinds.map((watched) => kindFor(watched, pathOf(watched))),
    kindFor(config, `${pathOf(config, rootNamespace)}${only}`),
  ];
}

function kindFor(watched: Watched, path: string): Kind {
  return { watched, path, objects: undefined, lostAt: undefined };
}

interface Following {
  readonly ask: Ask;
  readonly stop: AbortController;
  readonly surroundings: SourceWorld;
}

async function followAll(
  kinds: readonly Kind[],
  { ask, stop, surroundings }: Following,
): Promise<void> {
  const { log, now } = surroundings;
  const collector = collectorOf(kinds, surroundings);
  await Promise.all(
    kinds.map((kind) => {
      const follower = followerOf(kind, collector, now);
      return reflect(follower, { ask, path: kind.path, log, signal: stop.signal });
    }),
  );
}

/** Takes what happens to objects; until every kind was listed it keeps it, and then begins with all of it as one. */
interface Collector {
  readonly take: (item: Item, gone: boolean) => void;
  readonly listed: () => void; // one more kind was
}

function collectorOf(kinds: readonly Kind[], { state, log, now }: SourceWorld): Collector {
  const first: { readonly item: Item; readonly gone: boolean }[] = [];
  const isComplete = (): boolean => kinds.every(({ objects }) => objects !== undefined);
  return {
    take: (item, gone) => {
      if (!isComplete()) first.push({ item, gone });
      else if (gone) state.remove(item, now());
      else state.set(item, now());
    },
    listed: () => {
      if (!isComplete()) return;
      const objects = new Map<string, Item>();
      for (const { item, gone } of first.splice(0)) {
        const id = `${String(item["apiVersion"])} ${String(item["kind"])} ${nameOf(item)}`;
        if (gone) objects.delete(id);
        else objects.set(id, item);
      }
      state.replace([...objects.values()], now());
      log({ level: "info", message: "know the cluster", objects: objects.size });
    },
  };
}

function followerOf(kind: Kind, collector: Collector, now: () => number): Follower {
  const take = (item: Item): void => {
    const object = named(item, kind);
    kind.objects?.set(nameOf(object), skeletonOf(object));
    collector.take(object, false);
  };
  const drop = (item: Item): void => {
    const object = named(item, kind);
    kind.objects?.delete(nameOf(object));
    collector.take(object, true);
  };
  return {
    heard: () => {
      kind.lostAt = undefined;
    },
    lost: () => {
      kind.lostAt ??= now();
    },
    changed: take,
    gone: drop,
    listed: (items) => {
      const present = new Set(items.map(nameOf));
      for (const [name, known] of kind.objects ?? []) if (!present.has(name)) drop(known);
      for (const item of items) take(item);
      if (kind.objects !== undefined) return;
      kind.objects = new Map(items.map((item) => [nameOf(item), skeletonOf(named(item, kind))]));
      collector.listed();
    },
  };
}

/** What is in a list does not say what it is. */
function named(item: Item, { watched }: Kind): Item {
  return { ...item, apiVersion: watched.apiVersion, kind: watched.kind };
}

function nameOf(item: Item): string {
  const { namespace = "", name = "" } = metadataOf(item);
  return `${namespace}/${name}`;
}

function skeletonOf(item: Item): Item {
  const { namespace, name } = metadataOf(item);
  const metadata = namespace === undefined ? { name } : { namespace, name };
  return { apiVersion: item["apiVersion"], kind: item["kind"], metadata };
}

function metadataOf(item: Item): { readonly namespace?: string; readonly name?: string } {
  return (item["metadata"] ?? {}) as { readonly namespace?: string; readonly name?: string };
}

function readinessOf(kinds: readonly Kind[], stale: number, now: number): Readiness {
  const unknown = kinds.filter(({ objects }) => objects === undefined);
  if (unknown.length > 0)
    return {
      ready: false,
      why: `waiting for ${unknown.map(({ watched }) => watched.plural).join(", ")}`,
    };
  const lost = kinds.find(({ lostAt }) => lostAt !== undefined && now - lostAt > stale);
  if (lost?.lostAt === undefined) return { ready: true, why: "ready" };
  const seconds = Math.round((now - lost.lostAt) / 1000);
  return { ready: false, why: `no word about ${lost.watched.plural} for ${seconds} s` };
}
