import { type Finding, oneLine } from "../diagnostic.ts";
import { keyText } from "../model/place.ts";
import type { Change, PlacedGuard } from "./change.ts";
import { fieldOf } from "./field.ts";

/** A finding, which guard made it, and what follows from it. */
export interface Judged {
  readonly guard: string;
  readonly finding: Finding;
  readonly effect: PlacedGuard["action"];
}

/** An AdmissionReview as the API server takes it for an answer (admission.k8s.io/v1). */
export interface AdmissionAnswer {
  readonly apiVersion: "admission.k8s.io/v1";
  readonly kind: "AdmissionReview";
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: Status;
    readonly warnings?: readonly string[];
    readonly auditAnnotations?: Readonly<Record<string, string>>;
  };
}

/** Why a request is denied, as the API server hands it on. */
export interface Status {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly causes: readonly Cause[];
  };
}

/** One thing that is wrong, and the field; kubectl prints each. */
export interface Cause {
  readonly reason: "FieldValueInvalid";
  readonly field: string;
  readonly message: string;
}

const mostLines = 15;
const longestWarning = 250;
const longestCause = 1000;

/** The answer that says what was found. Denials of what is written are 422 with causes: kubectl prints a line for each field. */
export function answerOf(
  uid: string,
  change: Pick<Change, "operation" | "key" | "group"> | undefined,
  judged: readonly Judged[],
  notes: Readonly<Record<string, string>> = {},
): AdmissionAnswer {
  const denials = judged.filter(({ effect }) => effect === "deny");
  const warnings = warningsOf(
    judged.filter(({ effect }) => effect === "warn"),
    change,
  );
  const audit = auditOf(judged, change, notes);
  return reviewOf({
    uid,
    allowed: denials.length === 0,
    ...(denials.length > 0 && change ? { status: denial(change, denials) } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(Object.keys(audit).length > 0 ? { auditAnnotations: audit } : {}),
  });
}

/** An answer that does not rest on guards: the request cannot be judged. */
export function plainAnswer(
  uid: string,
  allowed: boolean,
  { code, message }: { readonly code: number; readonly message: string },
): AdmissionAnswer {
  if (allowed) return reviewOf({ uid, allowed, warnings: [cut(oneLine(message), longestWarning)] });
  const reason = code >= 500 ? "InternalError" : "BadRequest";
  return reviewOf({ uid, allowed, status: { code, reason, message: oneLine(message) } });
}

function reviewOf(response: AdmissionAnswer["response"]): AdmissionAnswer {
  return { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response };
}

type Asked = Pick<Change, "operation" | "key" | "group">;

function denial(change: Asked, denials: readonly Judged[]): Status {
  const { operation, key, group } = change;
  const causes: readonly Cause[] = capped(
    denials.map((each) => causeOf(each, change)),
    (more) => ({ reason: "FieldValueInvalid", field: "metadata.name", message: more }),
  );
  const name = key.namespace === "" ? key.name : `${key.namespace}/${key.name}`;
  const lines = causes.map(({ field, message }) =>
    operation === "DELETE" ? `\n- ${message}` : `\n- ${field}: ${message}`,
  );
  if (operation === "DELETE") {
    const message = `${key.kind} ${name} must stay:${lines.join("")}`;
    return { code: 403, reason: "Forbidden", message };
  }
  const message = `${key.kind} ${name} cannot be stored:${lines.join("")}`;
  const details = { group, kind: key.kind, name: key.name, causes };
  return { code: 422, reason: "Invalid", message, details };
}

function causeOf(judged: Judged, change: Asked): Cause {
  const { finding } = judged;
  const own = ownField(finding, change);
  const field = own || (change.operation === "DELETE" ? "metadata.name" : "spec");
  return { reason: "FieldValueInvalid", field, message: cut(sentence(judged), longestCause) };
}

/** The field at fault, if it is one of the object in question; other places have no name that the author would know. */
function ownField({ at }: Finding, { key }: Asked): string | undefined {
  const field = fieldOf(at);
  return field?.object === keyText(key) ? field.field : undefined;
}

function sentence({ finding, guard }: Judged): string {
  const { message, hint, code } = finding;
  return oneLine(`${message}${hint === undefined ? "" : `; ${hint}`} (${guard}: ${code})`);
}

/** Each on one line and short: the API server cuts at 256 characters, drops lines with a break, and all after some 4,000 characters. */
function warningsOf(judged: readonly Judged[], change: Asked | undefined): readonly string[] {
  const lines = judged.map((each) => {
    const field = change === undefined ? undefined : ownField(each.finding, change);
    return cut(oneLine(`${field ? `${field}: ` : ""}${sentence(each)}`), longestWarning);
  });
  return capped([...new Set(lines)], (more) => more);
}

function capped<Line>(
  lines: readonly Line[],
  rest: (text: string) => NoInfer<Line>,
): readonly Line[] {
  if (lines.length <= mostLines) return lines;
  const left = lines.length - mostLines + 1;
  return [...lines.slice(0, mostLines - 1), rest(`and ${left} more findings`)];
}

/** For the audit log: what each guard found that is only to be noted, and what was not asked. */
function auditOf(
  judged: readonly Judged[],
  change: Asked | undefined,
  notes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const audits = judged.filter(({ effect }) => effect === "audit");
  const guards = [...new Set(audits.map(({ guard }) => guard))];
  const texts = guards.map((guard) => {
    const own = audits.filter((each) => each.guard === guard);
    const lines = own.map((each) => {
      const field = change === undefined ? undefined : ownField(each.finding, change);
      return `${field ? `${field}: ` : ""}${sentence(each)}`;
    });
    return [guard, cut(oneLine(lines.join(" | ")), longestCause)] as const;
  });
  return { ...Object.fromEntries(texts), ...notes };
}

/** A line of at most so many characters, cut between words where that is possible. */
function cut(line: string, most: number): string {
  if (line.length <= most) return line;
  const characters = [...line];
  if (characters.length <= most) return line;
  const kept = characters.slice(0, most - 3).join("");
  const space = kept.lastIndexOf(" ");
  return `${space > most / 2 ? kept.slice(0, space) : kept}...`;
}
