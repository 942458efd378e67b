import { wordOf } from "../parse/decode.ts";
import { isFields } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";
import type { Part } from "./read.ts";

type Check = readonly [is: (value: unknown) => boolean, words: string];

const text: Check = [(value) => typeof value === "string", "a text"];
const whole: Check = [(value) => Number.isInteger(value), "a whole number"];
const time: Check = [isTime, "a time, such as `2026-01-31T00:00:00Z`"];
const texts: Check = [
  (value) => isListOf(value, (item) => typeof item === "string"),
  "a list of texts",
];
const mappings: Check = [(value) => isListOf(value, isFields), "a list of mappings"];

/** The fields of metadata that the cluster itself writes. */
const types: Readonly<Record<string, Check>> = {
  uid: text,
  resourceVersion: text,
  generateName: text,
  selfLink: text,
  generation: whole,
  deletionGracePeriodSeconds: whole,
  creationTimestamp: time,
  deletionTimestamp: time,
  finalizers: texts,
  ownerReferences: mappings,
  managedFields: mappings,
};

/** What the API server cannot read of them (kubernetes:apimachinery/pkg/apis/meta/v1/types.go, ObjectMeta). */
export function systemMetadataFaults({ path, fields }: Part): readonly Remark[] {
  return Object.keys(fields).flatMap((name) => {
    const check = Object.hasOwn(types, name) ? types[name] : undefined;
    const value = fields[name];
    if (check === undefined || value === undefined || value === null || check[0](value)) return [];
    const message = `\`${name}\` must be ${check[1]}, not \`${wordOf(value)}\``;
    return [{ code: "schema/wrong-type", path: [...path, name], message } as const];
  });
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => item === null || is(item));
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function isTime(value: unknown): boolean {
  return (
    typeof value === "string" &&
    rfc3339.test(value) &&
    Number.isFinite(Date.parse(value.replace(",", ".")))
  );
}
