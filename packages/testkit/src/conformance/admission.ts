import { loadMesh, parseDocuments } from "@meshproof/engine";

/** What a real API server said of one object: written out in the line, or the policy of that index in a file. */
export interface AdmissionAnswer {
  readonly name?: string;
  readonly object?: unknown;
  readonly file?: string;
  readonly index?: number; // among the policies of the file
  readonly accepted: boolean;
  readonly message: string | null;
}

/** What recorded objects came to, and what differed. */
export interface AdmissionRun {
  readonly text: string;
  readonly divergences: number;
}

const kinds: ReadonlySet<unknown> = new Set([
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
]);

/**
 * Compares admission with what a real API server answered, object by object: accepted or refused, before any webhook is asked.
 * Objects in a namespace that the server did not have are left out and counted. `read`: the text of a file of the corpus.
 */
export function compareAdmission(
  answers: readonly AdmissionAnswer[],
  read: (file: string) => string,
): AdmissionRun {
  const asked = answers.filter(({ message }) => !/namespaces? ".*" not found/.test(message ?? ""));
  const differing = asked.filter((answer) => accepts(objectOf(answer, read)) !== answer.accepted);
  const lines = differing.map(
    ({ name, file, index, accepted, message }) =>
      `${file === undefined ? name : `${file}[${index}]`}: the API server ${accepted ? "accepts" : `refuses: ${message}`}, we do not`,
  );
  const left = answers.length - asked.length;
  if (left > 0) lines.push(`not compared: ${left} in a namespace that does not exist`);
  lines.push(`requests ${asked.length}, divergences ${differing.length}`, "");
  return { text: lines.join("\n"), divergences: differing.length };
}

function objectOf(
  { object, file, index = 0 }: AdmissionAnswer,
  read: (file: string) => string,
): unknown {
  if (file === undefined) return object;
  const { documents } = parseDocuments({ path: file, text: read(file) });
  return documents.map(({ value }) => value).filter(isPolicy)[index];
}

function isPolicy(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && kinds.has(value.kind);
}

/** What istiod's webhook alone would refuse reaches it: the API server has accepted it by then. */
function accepts(object: unknown): boolean {
  const files = [{ path: "object.json", text: JSON.stringify(object) ?? "null" }];
  const { findings } = loadMesh({ files, istio: "1.31", allowEmpty: true });
  return !findings.some(
    ({ code, severity }) => severity === "error" && !code.startsWith("webhook/"),
  );
}
