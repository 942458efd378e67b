import type { Fact } from "@meshproof/engine";

/** How an assumption is said: what is assumed, and of what. */
interface Said {
  readonly text: string;
  readonly of: readonly string[];
}

const words: Readonly<Record<string, (value: string, subject: string) => Said>> = {
  "further-policies": (value) => ({
    text: "no further policies in",
    of: value.replace(/^none in /, "").split(" and "),
  }),
  release: (value) => ({ text: `Istio ${value}`, of: [] }),
  "mesh-config": (value) => ({
    text: value === "defaults" ? "Istio's default mesh config" : value,
    of: [],
  }),
  "http.version": (value) => ({ text: `HTTP/${value.replace(/^HTTP\//, "")}`, of: [] }),
  host: (value) => ({ text: "Host", of: [value] }),
  service: (_value, subject) => ({ text: "not loaded, but there:", of: [subject] }),
  outside: (_value, subject) => ({ text: "outside the mesh:", of: [subject] }),
  "dns-capture": (value, subject) => ({ text: `resolved ${value}:`, of: [subject] }),
  "gateway-programmed": (value, subject) => ({ text: `${value}:`, of: [subject] }),
  labels: (value, subject) => ({ text: "no labels but", of: [value || `none (${subject})`] }),
};

/** How many things are named before the rest is counted. */
const most = 3;

/** What was taken for granted, each thing once: "assumed: data plane sidecar: shop/orders, shop/web; HTTP/1.1". */
export function assumedLine(facts: readonly Fact[], all: boolean): string | undefined {
  const said = new Map<string, Set<string>>();
  for (const { id, state, value = "" } of facts) {
    if (state !== "assumed") continue;
    const at = id.indexOf(":");
    const [kind, subject] = at < 0 ? [id, ""] : [id.slice(0, at), id.slice(at + 1)];
    const { text, of } = words[kind]?.(value, subject) ?? plain(kind, value, subject);
    const known = said.get(text) ?? new Set();
    for (const one of of) known.add(one);
    said.set(text, known);
  }
  if (said.size === 0) return undefined;
  const parts = [...said].map(([text, of]) =>
    of.size === 0 ? text : `${text} ${listed([...of], all)}`,
  );
  return `assumed: ${parts.join("; ")}`;
}

function plain(kind: string, value: string, subject: string): Said {
  const of = subject === "" ? [] : [subject.replace(/^workload\//, "")];
  return { text: `${kind.replaceAll("-", " ")} ${value}${of.length === 0 ? "" : ":"}`, of };
}

function listed(names: readonly string[], all: boolean): string {
  if (all || names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
