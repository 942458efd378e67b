import { consistsOf, hasAny, letters, lowerLetters, tableOf } from "./characters.ts";
import { isFields } from "./objects.ts";
import { type Check, itemsOf } from "./ordinary-checks.ts";

const nameCharacters = tableOf(`${lowerLetters}-`);
const labelCharacters = tableOf(`${letters}-_.`);
const marks = tableOf("$<>{}"); // of a template or a placeholder; of a path template
const labelPrefix = /^[a-z0-9]+(?:[-.][a-z0-9]+)*\/[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$/;
const conditionKey = /^(?:request\.headers|request\.auth\.claims)\[[A-Za-z0-9_-]+\]$/;

/** A word of these characters that begins and ends with a letter or digit. */
function isWord(text: string, characters: Uint8Array): boolean {
  const { length } = text;
  if (length === 0 || length > 63 || !consistsOf(text, characters)) return false;
  return !isMark(text.charCodeAt(0)) && !isMark(text.charCodeAt(length - 1));
}

/** Of the characters that a word may have: whether it is `-`, `.` or `_`, not a letter or digit. */
function isMark(code: number): boolean {
  return code < 0x30 || code === 0x5f;
}

/** A name of an object. */
export const isName: Check = (value) => typeof value === "string" && isWord(value, nameCharacters);
/** A text without marks of templates. */
export const isWritten: Check = (value) =>
  typeof value === "string" && value !== "" && !hasAny(value, marks);
/** A whole number. */
export const isWhole: Check = (value) => Number.isInteger(value);
const time = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
/** A time as the cluster writes it. */
export const isTime: Check = (value) => typeof value === "string" && time.test(value);

function isLabelKey(key: string): boolean {
  return isWord(key, labelCharacters) || (key.length <= 63 && labelPrefix.test(key));
}

/** Labels that nobody has anything to say of. */
export const isLabels: Check = (value) => {
  if (!isFields(value)) return false;
  let count = 0;
  for (const key in value) {
    const text = value[key];
    if (typeof text !== "string" || !isWord(text, labelCharacters) || !isLabelKey(key))
      return false;
    count += 1;
  }
  return count > 0 && count <= 64;
};

/** Far below 256 KiB, and none of Istio's own. */
export const isAnnotations: Check = (value) => {
  if (!isFields(value)) return false;
  let length = 0;
  for (const key in value) {
    const text = value[key];
    if (typeof text !== "string" || !isLabelKey(key) || key.includes("istio.io")) return false;
    length += key.length + text.length;
  }
  return length < 60_000;
};

/** What the cluster keeps for itself: nobody looks at it but for what was not rendered. */
function isTree(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !hasAny(value, marks);
  if (typeof value !== "object" || value === null) return true;
  if (depth > 20) return false;
  if (Array.isArray(value)) return value.every((item) => isTree(item, depth + 1));
  if (!isFields(value)) return false;
  for (const key in value) if (key.startsWith("$") || !isTree(value[key], depth + 1)) return false;
  return true;
}
/** What the cluster keeps for itself. */
export const isKept: Check = (value) => isTree(value, 0);
/** A list of such mappings. */
export const areKept: Check = (value) =>
  Array.isArray(value) && value.every(isFields) && isKept(value);

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const block = new RegExp(`^${octet}(?:\\.${octet}){3}(?:/(?:[12]?\\d|3[0-2]))?$`);
const port = /^(?:\d{1,4}|[1-5]\d{4})$/;

/** Values of a rule. */
export const texts: Check = itemsOf(isWritten, Number.POSITIVE_INFINITY);
/** Blocks of IPv4 addresses. */
export const blocks: Check = itemsOf(
  (value) => typeof value === "string" && block.test(value),
  Number.POSITIVE_INFINITY,
);
/** Ports. */
export const ports: Check = itemsOf(
  (value) => typeof value === "string" && port.test(value),
  Number.POSITIVE_INFINITY,
);

/** The key of a condition on a header or a claim. */
export const isConditionKey: Check = (value) =>
  typeof value === "string" && conditionKey.test(value);
