/*
 * What the policies of the workloads say, read naively: what peers and the reference are given, and what every verdict is checked
 * against. Only the fields that the workloads use.
 */

const fields = {
  principals: ["principal", "text"],
  namespaces: ["namespace", "text"],
  ipBlocks: ["ip", "block"],
  methods: ["method", "text"],
  paths: ["path", "text"],
  ports: ["port", "port"],
};

/** A pattern as its kind and the text that counts. */
export function patternOf(pattern) {
  if (pattern === "*") return { kind: "present", text: "" };
  if (pattern.endsWith("*")) return { kind: "prefix", text: pattern.slice(0, -1) };
  if (pattern.startsWith("*")) return { kind: "suffix", text: pattern.slice(1) };
  return { kind: "exact", text: pattern };
}

/** The patterns of a list by kind. */
export function sorted(values) {
  const by = { exact: [], prefix: [], suffix: [], present: [] };
  for (const value of values) {
    const { kind, text } = patternOf(value);
    by[kind].push(text);
  }
  return by;
}

export function addressOf(text) {
  let address = 0;
  for (const octet of text.split(".")) address = address * 256 + Number(octet);
  return address;
}

/** The first address of a block and the last one. */
export function blockOf(text) {
  const [base, length = "32"] = text.split("/");
  const size = 2 ** (32 - Number(length));
  const low = Math.floor(addressOf(base) / size) * size;
  return { low, high: low + size - 1 };
}

function conditionsOf(part) {
  return Object.entries(part).map(([field, values]) => {
    const negated = field.startsWith("not");
    const name = negated ? field.charAt(3).toLowerCase() + field.slice(4) : field;
    const [attribute, kind] = fields[name];
    return { attribute, kind, negated, values };
  });
}

/** The workloads, each with its rules multiplied out, DENY first: what is asked of the first that holds is in `deny`. */
export function workloadsOf(policies) {
  const by = new Map();
  for (const { metadata, spec } of policies) {
    const key = `${metadata.namespace}/${spec.selector.matchLabels.app}`;
    const workload = by.get(key) ?? { key, conjunctions: [], closed: false };
    by.set(key, workload);
    const deny = spec.action === "DENY";
    if (!deny) workload.closed = true;
    for (const { from = [{ source: {} }], to = [{ operation: {} }] } of spec.rules)
      for (const { source } of from)
        for (const { operation } of to)
          workload.conjunctions.push({
            deny,
            all: [...conditionsOf(source), ...conditionsOf(operation)],
          });
  }
  for (const workload of by.values())
    workload.conjunctions.sort((a, b) => Number(b.deny) - Number(a.deny));
  return [...by.values()];
}

export function keyOf({ destination, app }) {
  return `${destination}/${app}`;
}

function matches({ kind, attribute, values }, request) {
  const value = request[attribute];
  if (kind === "port") return values.includes(String(value));
  if (kind === "block") {
    const address = addressOf(value);
    return values.map(blockOf).some(({ low, high }) => low <= address && address <= high);
  }
  return values.map(patternOf).some(({ kind: how, text }) => {
    if (how === "exact") return value === text;
    if (how === "prefix") return value.startsWith(text);
    return how === "suffix" ? value.endsWith(text) : value !== "";
  });
}

/** The decision by reading everything. */
export function decideNaively({ conjunctions, closed }, request) {
  const first = conjunctions.find(({ all }) =>
    all.every((condition) => matches(condition, request) !== condition.negated),
  );
  return first ? !first.deny : !closed;
}
