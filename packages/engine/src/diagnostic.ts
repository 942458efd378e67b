import { type AdmissionCode, admissionCodes } from "./diagnostic/admission-codes.ts";
import { type LintCode, lintCodes } from "./diagnostic/lint-codes.ts";
import { type SuiteCode, suiteCodes } from "./diagnostic/suite-codes.ts";
import type { Span } from "./model/place.ts";

/** How bad a finding is: with an `error` the input is not to be trusted. */
export type Severity = "error" | "warning" | "info";

/** Something to say about what a user wrote. `at`: the narrowest key or value at fault. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string; // one line, lower case, no full stop, the author's words in backticks
  readonly at: Span;
  readonly hint?: string; // what to write instead
  readonly related?: readonly { readonly message: string; readonly at: Span }[]; // the other place of a duplicate
}

/** Every finding there can be. Stable: people search for these and silence them by name. */
export type Code =
  | AdmissionCode
  | LintCode
  | SuiteCode
  | "yaml/syntax"
  | "yaml/duplicate-key"
  | "yaml/too-deep"
  | "yaml/too-large"
  | "yaml/unsupported"
  | "yaml/template"
  | "yaml/placeholder"
  | "load/not-an-object"
  | "load/no-kind"
  | "load/unknown-kind"
  | "load/unknown-version"
  | "load/no-name"
  | "load/patch"
  | "load/kustomization"
  | "load/duplicate"
  | "load/nothing"
  | "load/two-mesh-configs"
  | "load/unknown-release"
  | "load/two-releases"
  | "schema/unknown-field"
  | "schema/wrong-type"
  | "schema/wrong-value"
  | "schema/missing-field"
  | "schema/out-of-bounds"
  | "schema/two-attachments"
  | "schema/empty-label"
  | "schema/label-wildcard"
  | "schema/target-namespace"
  | "schema/service-accounts-alone"
  | "schema/port-modes-without-selector"
  | "schema/bad-port"
  | "schema/two-key-sources"
  | "schema/bad-url"
  | "schema/bad-duration"
  | "schema/bad-name"
  | "schema/bad-label"
  | "schema/bad-annotation"
  | "schema/broken-rule"
  | "webhook/two-attachments"
  | "webhook/empty-label"
  | "webhook/label-wildcard"
  | "webhook/selector-without-labels"
  | "webhook/target-name"
  | "webhook/target-namespace"
  | "webhook/target-kind"
  | "webhook/no-rules"
  | "webhook/no-provider"
  | "webhook/stray-provider"
  | "webhook/custom-field"
  | "webhook/missing-part"
  | "webhook/empty-source"
  | "webhook/empty-operation"
  | "webhook/empty-value"
  | "webhook/service-accounts-alone"
  | "webhook/bad-service-account"
  | "webhook/bad-trust-domain"
  | "webhook/bad-address"
  | "webhook/bad-port"
  | "webhook/bad-path"
  | "webhook/empty-key"
  | "webhook/no-values"
  | "webhook/bad-key"
  | "webhook/unknown-attribute"
  | "webhook/obsolete-attribute"
  | "webhook/denies-tcp"
  | "webhook/port-modes-without-selector"
  | "webhook/empty-port-modes"
  | "webhook/no-issuer"
  | "webhook/bad-url"
  | "webhook/bad-jwks"
  | "webhook/private-key"
  | "webhook/bad-header"
  | "webhook/bad-duration"
  | "webhook/dry-run-kind"
  | "webhook/dry-run-action"
  | "webhook/dry-run-value"
  | "webhook/reserved-annotation"
  | "webhook/bad-route"
  | "webhook/bad-gateway"
  | "webhook/bad-destination-rule"
  | "webhook/bad-service-entry"
  | "webhook/bad-sidecar"
  | "webhook/bad-workload-entry"
  | "webhook/bad-workload-group"
  | "webhook/bad-envoy-filter"
  | "webhook/bad-proxy-config"
  | "schema/empty-field"
  | "schema/unread-field";

/** Those of loading: a table of its own, which is made at once, before the others are added to it one by one. */
const ownCodes = {
  "yaml/syntax": "error",
  "yaml/duplicate-key": "error",
  "yaml/too-deep": "error",
  "yaml/too-large": "error",
  "yaml/unsupported": "error",
  "yaml/template": "error",
  "yaml/placeholder": "error",
  "load/not-an-object": "error",
  "load/no-kind": "error",
  "load/unknown-kind": "error",
  "load/unknown-version": "error",
  "load/no-name": "error",
  "load/patch": "error",
  "load/kustomization": "warning",
  "load/duplicate": "error",
  "load/nothing": "error",
  "load/two-mesh-configs": "error",
  "load/unknown-release": "error",
  "load/two-releases": "error",
  "schema/unknown-field": "error",
  "schema/wrong-type": "error",
  "schema/wrong-value": "error",
  "schema/missing-field": "error",
  "schema/out-of-bounds": "error",
  "schema/two-attachments": "error",
  "schema/empty-label": "error",
  "schema/label-wildcard": "error",
  "schema/target-namespace": "error",
  "schema/service-accounts-alone": "error",
  "schema/port-modes-without-selector": "error",
  "schema/bad-port": "error",
  "schema/two-key-sources": "error",
  "schema/bad-url": "error",
  "schema/bad-duration": "error",
  "schema/bad-name": "error",
  "schema/bad-label": "error",
  "schema/bad-annotation": "error",
  "schema/broken-rule": "error",
  "webhook/two-attachments": "error",
  "webhook/empty-label": "error",
  "webhook/label-wildcard": "error",
  "webhook/selector-without-labels": "warning",
  "webhook/target-name": "error",
  "webhook/target-namespace": "error",
  "webhook/target-kind": "error",
  "webhook/no-rules": "error",
  "webhook/no-provider": "error",
  "webhook/stray-provider": "error",
  "webhook/custom-field": "error",
  "webhook/missing-part": "error",
  "webhook/empty-source": "error",
  "webhook/empty-operation": "error",
  "webhook/empty-value": "error",
  "webhook/service-accounts-alone": "error",
  "webhook/bad-service-account": "error",
  "webhook/bad-trust-domain": "error",
  "webhook/bad-address": "error",
  "webhook/bad-port": "error",
  "webhook/bad-path": "error",
  "webhook/empty-key": "error",
  "webhook/no-values": "error",
  "webhook/bad-key": "error",
  "webhook/unknown-attribute": "error",
  "webhook/obsolete-attribute": "error",
  "webhook/denies-tcp": "warning",
  "webhook/port-modes-without-selector": "error",
  "webhook/empty-port-modes": "error",
  "webhook/no-issuer": "error",
  "webhook/bad-url": "error",
  "webhook/bad-jwks": "error",
  "webhook/private-key": "warning",
  "webhook/bad-header": "error",
  "webhook/bad-duration": "error",
  "webhook/dry-run-kind": "error",
  "webhook/dry-run-action": "error",
  "webhook/dry-run-value": "error",
  "webhook/reserved-annotation": "error",
  "webhook/bad-route": "error",
  "webhook/bad-gateway": "error",
  "webhook/bad-destination-rule": "error",
  "webhook/bad-service-entry": "error",
  "webhook/bad-sidecar": "error",
  "webhook/bad-workload-entry": "error",
  "webhook/bad-workload-group": "error",
  "webhook/bad-envoy-filter": "error",
  "webhook/bad-proxy-config": "error",
  "schema/empty-field": "warning",
  "schema/unread-field": "warning",
} as const;

/** How bad each finding is. The docs page and the tests walk this table. */
export const codes: Readonly<Record<Code, Severity>> = {
  ...admissionCodes,
  ...lintCodes,
  ...ownCodes,
  ...suiteCodes,
};

/** A finding of the table above. What the author wrote is shown on one line, without control characters, and not at length. */
export function diagnose(code: Code, message: string, at: Span, hint?: string): Finding {
  const more = hint === undefined ? {} : { hint: oneLine(hint) };
  return { code, severity: codes[code], message: oneLine(message), at, ...more };
}

/** A text as it can stand in a finding: one line, without control characters; what is quoted in backticks is cut at 80 characters. */
export function oneLine(text: string): string {
  const line = plain.test(text) ? text : text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length <= ofQuote ? line : withShortQuotes(line);
}

/** Words of ASCII with one space between them: nothing of it is replaced. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** So much of a quote is shown. */
const ofQuote = 80;

/** And so much of what stands between two: a message is never as long, but for a quote that has a backtick in it. */
const between = 400;

function withShortQuotes(line: string): string {
  const parts = line.split("`");
  const last = parts.length - 1;
  const shown = parts.map((part, index) =>
    index === 0 || index === last ? part : clipped(part, index % 2 === 1 ? ofQuote : between),
  );
  return shown.join("`");
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}...`;
}
