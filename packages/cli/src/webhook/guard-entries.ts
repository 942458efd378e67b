import { diagnose, type Finding, type Path, parseDocuments } from "@meshproof/engine";

/** One guard as a file of guards describes it. */
export interface GuardEntry {
  readonly guard: GuardKind;
  readonly name: string;
  readonly action: "deny" | "warn" | "audit";
  readonly namespaces?: readonly string[];
  readonly exceptNamespaces?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly exempt?: { readonly users?: readonly string[]; readonly groups?: readonly string[] };
  readonly suites?: readonly string[]; // paths, relative to the file
  readonly invariants?: readonly string[];
  readonly threshold?: "error" | "warning" | "info";
}

const guardKinds = ["valid", "suites", "lint", "invariants", "no-new-access"] as const;
export type GuardKind = (typeof guardKinds)[number];

/** Without a file there is one guard: what istiod's webhook would refuse is refused. */
export const defaultGuards: readonly GuardEntry[] = [
  { guard: "valid", name: "valid", action: "deny" },
];

type Check = (value: unknown) => string | undefined; // what it must be

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const texts: Check = (value) =>
  Array.isArray(value) && value.every(isText) ? undefined : "a list of texts";
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    isText(value) && words.includes(value) ? undefined : `one of ${words.join(", ")}`;
const pairs: Check = (value) =>
  isFields(value) && Object.values(value).every(isText) ? undefined : "a mapping of texts";
const exemptions: Check = (value) => {
  const known =
    isFields(value) && Object.keys(value).every((key) => /^(?:users|groups)$/.test(key));
  return known && Object.values(value).every((list) => texts(list) === undefined)
    ? undefined
    : "`users` and `groups`, each a list of texts";
};

const fields: Readonly<Record<string, Check>> = {
  guard: oneOf(guardKinds),
  name: (value) =>
    isText(value) && /^[a-z][a-z0-9-]{0,40}$/.test(value)
      ? undefined
      : "a short name in lower case",
  action: oneOf(["deny", "warn", "audit"]),
  namespaces: texts,
  exceptNamespaces: texts,
  labels: pairs,
  exempt: exemptions,
  suites: texts,
  invariants: texts,
  threshold: oneOf(["error", "warning", "info"]),
};

/** Reads a file of guards: a mapping with `guards`. With a finding there is nothing to go on with. */
export function readGuardEntries(
  path: string,
  text: string,
): { readonly entries: readonly GuardEntry[]; readonly findings: readonly Finding[] } {
  const { documents, findings } = parseDocuments({ path, text });
  const [document] = documents;
  if (document === undefined || findings.length > 0)
    return { entries: [], findings: findings.length > 0 ? findings : [nowhere(path)] };
  const report = (message: string, at: Path): Finding =>
    diagnose("suite/invalid-field", message, document.locate(at));
  const list = isFields(document.value) ? document.value["guards"] : undefined;
  const strange = isFields(document.value)
    ? Object.keys(document.value).filter((key) => key !== "guards")
    : [];
  if (!Array.isArray(list) || list.length === 0)
    return { entries: [], findings: [report("`guards` must be a list of guards", [])] };
  const wrong = [
    ...strange.map((key) => report(`unknown field \`${key}\``, [key])),
    ...list.flatMap((item, index) =>
      faultsOf(item).map(({ path: at, message }) => report(message, ["guards", index, ...at])),
    ),
  ];
  return { entries: wrong.length > 0 ? [] : list.map(entryOf), findings: wrong };
}

function nowhere(path: string): Finding {
  return diagnose("suite/invalid-field", "a file of guards without any", {
    file: path,
    start: 0,
    end: 0,
  });
}

function faultsOf(item: unknown): readonly { readonly path: Path; readonly message: string }[] {
  if (!isFields(item)) return [{ path: [], message: "a guard must be a mapping" }];
  const missing = ["guard", "action"].filter((key) => !(key in item));
  return [
    ...missing.map((key) => ({ path: [], message: `\`${key}\` is missing` })),
    ...Object.entries(item).flatMap(([key, value]) => {
      const wanted = Object.hasOwn(fields, key) ? fields[key]?.(value) : "no field of a guard";
      return wanted === undefined ? [] : [{ path: [key], message: `\`${key}\` must be ${wanted}` }];
    }),
  ];
}

function entryOf(item: Readonly<Record<string, unknown>>): GuardEntry {
  const entry = item as unknown as GuardEntry; // it has been checked above
  return { ...entry, name: entry.name ?? entry.guard };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
