import { policiesOf } from "../istiod/policies.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import { keyText } from "../model/place.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import type { PolicyChange, PolicyEdit } from "./explanation.ts";
import { verified } from "./policy-edits.ts";
import type { Turning } from "./verify.ts";

/** So many policies that do not bind are looked at. */
const most = 20;

/** A policy made to bind that nearly does, if that turns the decision: one label of its selector, or its namespace. */
export function bindingEdits(
  notes: readonly Note[],
  proxy: Proxy,
  turning: Turning,
): readonly PolicyEdit[] {
  const near = notes.filter(({ kind }) => kind === "policy-not-bound").slice(0, most);
  return near.flatMap((note) => {
    const change = changeFor(note, proxy, turning.mesh);
    return change === undefined ? [] : (verified([change], turning) ?? []);
  });
}

function changeFor({ because, at }: Note, proxy: Proxy, mesh: Mesh): PolicyChange | undefined {
  const { resource } = at;
  if (because === "other-namespace") {
    const place = { resource, path: ["metadata", "namespace"] };
    return { at: place, do: "set", values: [proxy.namespace], left: proxy.namespace };
  }
  if (because !== "selector-mismatch") return undefined;
  const label = wrongLabel(policyOf(mesh, keyText(resource)), proxy);
  if (label === undefined) return undefined;
  const place = { resource, path: ["spec", "selector", "matchLabels", label.key] };
  return { at: place, do: "set", values: [label.value], left: label.value };
}

/** The policy of a key, whatever its kind. */
export function policyOf(mesh: Mesh, key: string): Resource<Attachment> | undefined {
  return policiesOf(mesh).find((policy) => keyText(policy.key) === key);
}

/** The one label that differs, if the workload has it with another value that looks alike: another workload's name is no typo. */
export function wrongLabel(
  policy: Resource<Attachment> | undefined,
  { labels }: Pick<Proxy, "labels">,
): { readonly key: string; readonly value: string; readonly written: string } | undefined {
  const pairs = Object.entries(policy?.spec.selector?.matchLabels ?? {});
  const wrong = pairs.filter(([key, value]) => labels[key] !== value);
  const [only, second] = wrong;
  if (only === undefined || second !== undefined) return undefined;
  const [key, written] = only;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return value !== undefined && alike(written, value) ? { key, value, written } : undefined;
}

/** One letter more, less or other; another case; one the beginning of the other. */
function alike(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right || left.startsWith(right) || right.startsWith(left)) return true;
  return withoutOne(left, right) || withoutOne(right, left) || otherOne(left, right);
}

function withoutOne(long: string, short: string): boolean {
  if (long.length !== short.length + 1) return false;
  const at = [...long].findIndex((letter, index) => letter !== short[index]);
  return long.slice(0, at) + long.slice(at + 1) === short;
}

function otherOne(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((letter, at) => letter !== b[at]).length === 1;
}
