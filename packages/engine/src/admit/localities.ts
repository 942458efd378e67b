import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isSet, type Part, part, parts, type Value, values } from "./read.ts";
import { routeFault } from "./route-words.ts";

const topology: ReadonlySet<string> = new Set([
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.istio.io/subzone",
]);

/** Where requests go by where they come from. istio/istio:pkg/config/validation/agent, ValidateLocalityLbSetting */
export function localityFaults(setting: Part): readonly Remark[] {
  const distribute = parts(setting, "distribute");
  if (distribute.length > 0 && isSet(setting, "failover"))
    return [
      routeFault([...setting.path, "failover"], "`failover` beside `distribute`", "keep one"),
    ];
  const labels = isSet(setting, "failover") ? topologyLabels(setting) : [];
  if (labels.length > 0) return labels;
  const sources = distribute.map(({ path, fields }) => ({
    path: [...path, "from"],
    text: textOf(fields["from"]) ?? "",
  }));
  return [
    ...distribute.flatMap(weightFaults),
    ...overlapFaults(sources),
    ...failoverFaults(setting),
  ];
}

/** `agent`, ValidateZoneAwareLbSetting. */
export function zoneFaults(setting: Part): readonly Remark[] {
  return [...topologyLabels(setting), ...failoverFaults(setting)];
}

function topologyLabels(setting: Part): readonly Remark[] {
  return values(setting, "failoverPriority")
    .filter(({ text }) => topology.has(text))
    .map(({ path, text }) => routeFault(path, `\`${text}\` in \`failoverPriority\``, "remove it"));
}

/** Weights that make 100 together. */
function weightFaults(distribute: Part): readonly Remark[] {
  const { path, fields } = part(distribute, "to");
  const weights = Object.values(fields).map((weight) => numberOf(weight) ?? 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.some((weight) => weight <= 0 || weight > 100))
    return [routeFault(path, "a weight that is not from 1 to 100")];
  if (total !== 100)
    return [routeFault(path, `the weights are ${total} together`, "they must be 100")];
  return overlapFaults(Object.keys(fields).map((text) => ({ path: [...path, text], text })));
}

function failoverFaults(setting: Part): readonly Remark[] {
  return parts(setting, "failover").flatMap(({ path, fields }) => {
    const from = textOf(fields["from"]) ?? "";
    const to = textOf(fields["to"]) ?? "";
    const wrong = [
      from === to && "the region itself",
      /\//.test(from + to) && "more than a region",
      /\*/.test(from + to) && "a `*`",
    ].filter((each) => each !== false);
    return wrong.map((each) =>
      routeFault(path, `\`${from}\` to \`${to}\`: ${each}`, "name two regions"),
    );
  });
}

/** Localities that an earlier one covers, or whose places are there. `agent`, validateLocalities; of several faults the first. */
function overlapFaults(list: readonly Value[]): readonly Remark[] {
  const seen: (readonly string[])[] = [];
  for (const { path, text } of list) {
    const [region = "", zone, ...rest] = text.split("/");
    const steps = [region, ...(zone === undefined ? [] : [zone])];
    const places = rest.length > 0 ? [...steps, rest.join("/")] : steps;
    const stars = text.split("*").length - 1;
    if (stars > 1 || (stars === 1 && !text.endsWith("*")))
      return [routeFault(path, `\`${text}\`: one \`*\` at most, at the end`)];
    if (places.includes("")) return [routeFault(path, `\`${text}\` has an empty part`)];
    if (seen.some((earlier) => covers(earlier, places)))
      return [routeFault(path, `\`${text}\` overlaps with another one`)];
    seen.push(places);
  }
  return [];
}

/** Whether a locality after an earlier one says something about the same places: what is not written stands for all. */
function covers(earlier: readonly string[], later: readonly string[]): boolean {
  const length = Math.max(earlier.length, later.length);
  for (let index = 0; index < length; index += 1) {
    const place = earlier[index] ?? "*";
    if (place === "*" || later[index] === undefined) return true;
    if (place !== later[index]) return false;
  }
  return true;
}
