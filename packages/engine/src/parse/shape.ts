import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import { isFields, type ParsedObject, valueAt } from "./objects.ts";

type Type = "text" | "whole number" | "whole number or text";
type Shape = readonly (readonly [path: string, type: Type])[];

const metadata: Shape = [
  ["metadata.name", "text"],
  ["metadata.namespace", "text"],
  ["metadata.labels.*", "text"],
  ["metadata.annotations.*", "text"],
];
const pod: Shape = [
  ["metadata.labels.*", "text"],
  ["metadata.annotations.*", "text"],
  ["spec.serviceAccountName", "text"],
  ["spec.containers.*.ports.*.containerPort", "whole number"],
  ["spec.containers.*.ports.*.name", "text"],
];

function below(prefix: string, shape: Shape): Shape {
  return shape.map(([path, type]) => [`${prefix}.${path}`, type]);
}
const template: Shape = below("spec.template", pod);

const shapes: Readonly<Record<string, Shape>> = {
  Pod: pod,
  ...Object.fromEntries(
    [
      ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"],
      "Job",
    ].map((kind) => [kind, template]),
  ),
  CronJob: below("spec.jobTemplate", template),
  Service: [
    ["spec.selector.*", "text"],
    ["spec.clusterIP", "text"],
    ["spec.ports.*.port", "whole number"],
    ["spec.ports.*.targetPort", "whole number or text"],
    ["spec.ports.*.name", "text"],
    ["spec.ports.*.protocol", "text"],
    ["spec.ports.*.appProtocol", "text"],
  ],
};

/**
 * Values that have another type than the API server takes, where they say which policies apply: names, labels, selectors, ports. A
 * label `version: 1.0` would silently be no label.
 */
export function shapeFaults({ kind, fields, document }: ParsedObject): readonly Finding[] {
  const own = Object.hasOwn(shapes, kind) ? (shapes[kind] ?? []) : [];
  const wanted = kind === "Pod" ? [...metadata.slice(0, 2), ...own] : [...metadata, ...own];
  return wanted.flatMap(([pattern, type]) =>
    pathsOf(fields, pattern.split("."), []).flatMap((path) => {
      const value = valueAt(fields, path);
      if (value === undefined || value === null || fits(value, type)) return [];
      const name = `\`${String(path.at(-1))}\``;
      const message = `${name} must be ${type === "text" ? "text" : `a ${type}`}, not ${shown(value)}`;
      return [diagnose("schema/wrong-type", message, document.locate(path), hintOf(value, type))];
    }),
  );
}

/** The paths that a pattern leads to; `*` is any key of a mapping, any item of a list. */
function pathsOf(value: unknown, steps: readonly string[], path: Path): readonly Path[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [path];
  if (step !== "*")
    return isFields(value) && Object.hasOwn(value, step)
      ? pathsOf(value[step], rest, [...path, step])
      : [];
  if (Array.isArray(value))
    return value.flatMap((item, index) => pathsOf(item, rest, [...path, index]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, rest, [...path, key]));
}

function fits(value: unknown, type: Type): boolean {
  if (typeof value === "string") return type !== "whole number";
  return Number.isInteger(value) && type !== "text";
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isFields(value) ? "a mapping" : `\`${String(value)}\``;
}

function hintOf(value: unknown, type: Type): string | undefined {
  if (type === "whole number")
    return typeof value === "string" ? "leave out the quotes" : undefined;
  return typeof value === "number" || typeof value === "boolean" ? "quote it" : undefined;
}
