import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configDump } from "../src/explain/config-dump.ts";
import { programFor } from "../src/istiod/program.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Proxy } from "../src/model/program.ts";

type Object = Readonly<Record<string, unknown>> & { readonly spec: object };

interface Recorded {
  readonly proxy: Proxy;
  readonly around: readonly Object[];
  readonly listener: string;
  readonly chains: readonly { readonly index: number; readonly filters: readonly unknown[] }[];
}

/** What istiod's own code makes of some policies that use every kind of condition (`data/README.md`). */
const recorded: {
  readonly meshConfig: object;
  readonly objects: readonly Object[];
  readonly targetRefs: readonly unknown[];
  readonly proxies: Readonly<Record<string, Recorded>>;
} = JSON.parse(readFileSync(join(import.meta.dirname, "data/config-dump.json"), "utf8"));

function meshAround({ proxy, around }: Recorded): Mesh {
  const { objects, targetRefs, meshConfig } = recorded;
  const targeted = objects.map((each) => ({ ...each, spec: { ...each.spec, targetRefs } }));
  const items = [...around, ...(proxy.kind === "waypoint" ? targeted : objects)];
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const { mesh } = loadMesh({
    files: [{ path: "mesh.json", text }],
    istio: "1.31",
    meshConfig: { ...meshConfig },
    admission: "bypass",
  });
  return mesh;
}

/** Which service is asked is told by its name alone. */
function withoutProvider(filters: readonly unknown[]): unknown {
  return JSON.parse(
    JSON.stringify(filters, (key, value) => (key === "provider" ? undefined : value)),
  );
}

test.each(Object.entries(recorded.proxies))(
  "the filters of a %s are those of istiod's configuration",
  (_, proxy) => {
    const dump = configDump(programFor(meshAround(proxy), proxy.proxy));
    const listener = dump.find(({ name }) => name === proxy.listener);
    const chains = (listener?.["filterChains"] ?? []) as readonly { readonly filters: unknown[] }[];
    for (const { index, filters } of proxy.chains)
      expect(withoutProvider(chains[index]?.filters ?? [])).toEqual(filters);
  },
);
