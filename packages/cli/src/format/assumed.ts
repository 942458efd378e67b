import type { Fact } from "@meshproof/engine";

/** How an assumption is said, by the first part of its id. */
const words: Readonly<Record<string, (value: string) => string>> = {
  "further-policies": (value) => `no further policies in ${value.replace(/^none in /, "")}`,
  release: (value) => `Istio ${value}`,
  "mesh-config": (value) => (value === "defaults" ? "Istio's default mesh config" : value),
  "http.version": (value) => `HTTP/${value.replace(/^HTTP\//, "")}`,
  host: (value) => `Host ${value}`,
  labels: (value) => `further labels: ${value}`,
  provider: (value) => `provider ${value}`,
};

/** What was taken for granted, each thing once, with all it was assumed of: "data plane sidecar (shop/orders, shop/web)". */
export function assumedLine(facts: readonly Fact[]): string | undefined {
  const subjects = new Map<string, Set<string>>();
  for (const { id, state, value = "" } of facts) {
    if (state !== "assumed") continue;
    const at = id.indexOf(":");
    const kind = at < 0 ? id : id.slice(0, at);
    const text = words[kind]?.(value) ?? `${kind.replaceAll("-", " ")} ${value}`;
    const known = subjects.get(text) ?? new Set();
    subjects.set(text, at < 0 ? known : known.add(id.slice(at + 1)));
  }
  if (subjects.size === 0) return undefined;
  const parts = [...subjects].map(([text, of]) =>
    of.size === 0 ? text : `${text} (${[...of].join(", ")})`,
  );
  return `assumed: ${parts.join("; ")}`;
}
