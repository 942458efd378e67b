import {
  closest,
  diagnose,
  didYouMean,
  type Finding,
  type ParsedDocument,
} from "@meshproof/engine";
import { valueAt } from "./schema-findings.ts";

const group = "meshproof.dev";
const kinds = ["Suite", "Invariants", "Snapshot"];

/** A document that was to be one of ours, and by a letter in its kind or group is not: nobody would see that its tests do not run. */
export function misnamed({ value, locate }: ParsedDocument): readonly Finding[] {
  const [kind, version] = [valueAt(value, ["kind"]), valueAt(value, ["apiVersion"])];
  if (typeof kind !== "string" || typeof version !== "string") return [];
  const [stated = "", ...rest] = version.split("/");
  if (stated === group && !kinds.includes(kind)) {
    const hint = didYouMean(kind, kinds) ?? meantBy(value);
    if (hint === undefined) return []; // a report, or another one's document
    const message = `\`${group}\` has no kind \`${kind}\``;
    return [diagnose("suite/invalid-field", message, locate(["kind"]), hint)];
  }
  if (kind !== "Suite" || closest(stated, [group]) !== group || stated === group) return [];
  const hint = `did you mean \`${[group, ...rest].join("/")}\`?`;
  const message = `a \`Suite\` of \`${stated}\` is none of ours`;
  return [diagnose("suite/invalid-field", message, locate(["apiVersion"]), hint)];
}

/** What has tests or invariants is one of ours, whatever it calls itself. */
function meantBy(value: unknown): string | undefined {
  const meant = { Suite: "tests", Invariants: "invariants" };
  const [kind] =
    Object.entries(meant).find(([, list]) => Array.isArray(valueAt(value, ["spec", list]))) ?? [];
  return kind && `did you mean \`${kind}\`?`;
}
