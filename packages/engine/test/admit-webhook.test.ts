import { expect, test } from "vitest";
import { webhookRemarks } from "../src/admit/judge.ts";
import { codes } from "../src/diagnostic.ts";
import type { Fields } from "../src/parse/objects.ts";
import { resolveRelease } from "../src/release.ts";
import { recorded } from "./recorded.ts";

interface Line {
  readonly release: string;
  readonly object: Fields & { readonly kind: string };
  readonly error?: string;
  readonly warning?: string;
}

/** istiod's texts, and our codes for them. The table of what the webhook can say. */
const texts: readonly (readonly [text: RegExp, code: string])[] = [
  [/only one of targetRefs/, "two-attachments"],
  [/empty key is not supported/, "empty-label"],
  [/wildcard is not supported in selector/, "label-wildcard"],
  [/selector specified without labels/, "selector-without-labels"],
  [/targetRef name must/, "target-name"],
  [/targetRef namespace/, "target-namespace"],
  [/targetRef must be to/, "target-kind"],
  [/without `rules`/, "no-rules"],
  [/`provider.name` must not be empty/, "no-provider"],
  [/`provider` must not be with/, "stray-provider"],
  [/not supported with CUSTOM/, "custom-field"],
  [/must not be nil/, "missing-part"],
  [/`from.source` must not be empty/, "empty-source"],
  [/`to.operation` must not be empty/, "empty-operation"],
  [/cannot set serviceAccounts/, "service-accounts-alone"],
  [/bad (?:IP address|CIDR range)/, "bad-address"],
  [
    /empty value not allowed|audience must|location|cookie name|outputClaimToHeaders/,
    "empty-value",
  ],
  [/more than 16 values|not allowed, found in (?:Not)?ServiceAccounts/, "bad-service-account"],
  [/expected format 'serviceAccount'|cannot exceed 320/, "bad-service-account"],
  [/wildcard is (?:only )?allowed|trust domain must not contain/, "bad-trust-domain"],
  [/bad port|port must be in range/, "bad-port"],
  [/invalid or unsupported path/, "bad-path"],
  [/`key` must not be empty/, "empty-key"],
  [/at least one of `values`/, "no-values"],
  [/bad key/, "bad-key"],
  [/unknown attribute/, "unknown-attribute"],
  [/deprecated attribute|is replaced by/, "obsolete-attribute"],
  [/will deny all traffic to TCP ports/, "denies-tcp"],
  [/cannot have port level mTLS/, "port-modes-without-selector"],
  [/must have at least one element/, "empty-port-modes"],
  [/issuer or jwksUri/, "no-issuer"],
  [/URI scheme|parse "/, "bad-url"],
  [/jwks parse error/, "bad-jwks"],
  [/contains private key/, "private-key"],
  [/not a valid header name/, "bad-header"],
  [/duration must|only durations/, "bad-duration"],
  [/unsupported annotation/, "dry-run-kind"],
  [/only supports action/, "dry-run-action"],
  [/with invalid value/, "dry-run-value"],
  [/annotation found/, "reserved-annotation"],
];

/** One text, or a list of them as hashicorp's multierror prints it. */
function codesOf(said: string | undefined): readonly string[] {
  if (said === undefined) return [];
  const items = /^\d+ errors? occurred:/.test(said) ? said.split("\n\t* ").slice(1) : [said];
  const inner = items.filter((item) => !/: \d+ errors? occurred:/.test(item));
  return inner.map((item) => `webhook/${texts.find(([text]) => text.test(item))?.[1] ?? item}`);
}

const lines = recorded<Line>("admission-webhook.jsonl");

test.each(
  lines.map((line): readonly [string, string, Line] => [
    line.release,
    line.error ?? line.warning ?? JSON.stringify(line.object["spec"]),
    line,
  ]),
)("as istiod's webhook of %s says: %s", (_release, _said, line) => {
  const release = resolveRelease(line.release);
  if ("unknown" in release) throw new Error(`no release ${line.release}`);
  const remarks = webhookRemarks(line.object.kind, line.object, release).map(({ code }) => code);
  const wanted = [...codesOf(line.error), ...codesOf(line.warning)];
  expect([...new Set<string>(remarks)].toSorted()).toEqual([...new Set(wanted)].toSorted());
  const warnings = remarks.filter((code) => codes[code] === "warning");
  expect(warnings).toEqual(codesOf(line.warning));
});

test("each thing that the webhook can say has been said in a recording", () => {
  const said = lines.flatMap(({ error, warning }) => [...codesOf(error), ...codesOf(warning)]);
  const ofOthers =
    /^webhook\/bad-(?:route|gateway|destination-rule|service-entry|sidecar|workload-entry|workload-group|envoy-filter|proxy-config)$/;
  const ofPolicies = (code: string): boolean => !ofOthers.test(code);
  const own = Object.keys(codes)
    .filter((code) => code.startsWith("webhook/"))
    .filter(ofPolicies);
  expect(own.filter((code) => !said.includes(code))).toEqual([]);
});
