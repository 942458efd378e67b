import type { Code } from "../diagnostic.ts";
import { fieldsOf, listOf, textOf } from "../parse/decode.ts";
import { type Fields, isFields } from "../parse/objects.ts";
import { isDuration } from "./duration.ts";
import { isUnix } from "./names.ts";

/** A rule in CEL, as code: whether a value of the right type keeps it, and what is said of one that does not. */
export interface CrdRule {
  readonly keeps: (value: unknown) => boolean;
  readonly code: Code;
  readonly hint?: string;
}

function ofText(
  keeps: (text: string) => boolean,
  more: Omit<CrdRule, "keeps"> = { code: "schema/broken-rule" },
): CrdRule {
  return { keeps: (value) => keeps(textOf(value) ?? ""), ...more };
}

function ofFields(keeps: (fields: Fields) => boolean, hint?: string): CrdRule {
  const more = hint === undefined ? {} : { hint };
  return { keeps: (value) => keeps(fieldsOf(value)), code: "schema/broken-rule", ...more };
}

function ofKeys(keeps: (key: string) => boolean, more: Omit<CrdRule, "keeps">): CrdRule {
  return { keeps: (value) => Object.keys(fieldsOf(value)).every(keeps), ...more };
}

/** Whether a field is there, as `has` of CEL sees it: nulls are gone by then. */
function has(fields: Fields, name: string): boolean {
  return fields[name] !== undefined;
}

function notBoth(one: string, other: string): CrdRule {
  return ofFields(
    (fields) => !(has(fields, one) && has(fields, other)),
    `keep \`${one}\` or \`${other}\``,
  );
}

const wildcard = {
  code: "schema/label-wildcard",
  hint: "a selector compares whole labels",
} as const;
const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

const distinctNumbers: CrdRule = {
  keeps: (value) => {
    const numbers = listOf(value).map((each) => (isFields(each) ? each["number"] : undefined));
    return new Set(numbers).size === numbers.length;
  },
  code: "schema/broken-rule",
};

/** The rules of the CRDs of networking.istio.io by their text (istio/istio:manifests/charts/base/files/crd-all.gen.yaml). */
export const crdRules: ReadonlyMap<string, CrdRule> = new Map([
  [
    "duration(self) >= duration('1ms')",
    ofText(isDuration, {
      code: "schema/bad-duration",
      hint: "a number with its unit: `5s`, `1m30s`, `250ms`",
    }),
  ],
  [
    "0 < self && self <= 65535",
    {
      keeps: (value) => typeof value === "number" && value > 0 && value <= 65535,
      code: "schema/bad-port",
      hint: "a number from 1 to 65535",
    },
  ],
  ['!self.contains("*")', ofText((text) => !text.includes("*"), wildcard)],
  ['self.all(key, !key.contains("*"))', ofKeys((key) => !key.includes("*"), wildcard)],
  ["self.all(key, key.size() != 0)", ofKeys((key) => key !== "", { code: "schema/empty-label" })],
  [
    'self != "*"',
    ofText((text) => text !== "*", {
      code: "schema/broken-rule",
      hint: "name a domain: `*.example.com`",
    }),
  ],
  [
    'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))',
    ofKeys((key) => key.length < 63 && label.test(key), {
      code: "schema/broken-rule",
      hint: "letters, digits and `-`, fewer than 63, with a letter or digit at both ends",
    }),
  ],
  [
    'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true',
    ofText((text) => !isUnix(text) || text[7] === "/" || text[7] === "@"),
  ],
  [
    'self.startsWith("unix://") ? !self.endsWith("/") : true',
    ofText((text) => !isUnix(text) || !text.endsWith("/")),
  ],
  [
    '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true',
    ofFields(
      (fields) => !(isUnix(textOf(fields["address"]) ?? "") && has(fields, "ports")),
      "remove `ports`",
    ),
  ],
  [
    "has(self.address) || has(self.network)",
    ofFields((fields) => has(fields, "address") || has(fields, "network"), "write its `address`"),
  ],
  ...[
    "(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1",
    "(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1",
    "(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1",
    "(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1",
    "(has(self.workloadSelector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1",
  ].map((rule): readonly [string, CrdRule] => {
    const [one = "", other = ""] = [...rule.matchAll(/self\.(\w+)/g)].map(([, name]) => name);
    return [rule, notBoth(one, other)];
  }),
  ...serviceEntryRules(),
  ...envoyFilterRules(),
  [
    'self in ["", "HTTP", "HTTPS"]',
    ofText((text) => ["", "HTTP", "HTTPS"].includes(text), {
      code: "schema/broken-rule",
      hint: "write `HTTP` or `HTTPS`",
    }),
  ],
]);

function envoyFilterRules(): readonly (readonly [string, CrdRule])[] {
  return [
    [
      'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)',
      ofFields(
        (fields) => (fields["context"] === "WAYPOINT") === has(fields, "waypoint"),
        "`context: WAYPOINT` and `waypoint` go together",
      ),
    ],
    [
      "self.size() == 0",
      ofText((text) => text === "", {
        code: "schema/target-namespace",
        hint: "remove `namespace`",
      }),
    ],
  ];
}

function serviceEntryRules(): readonly (readonly [string, CrdRule])[] {
  const resolution = (fields: Fields): string => textOf(fields["resolution"]) ?? "NONE";
  return [
    [
      '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))',
      ofFields(
        (fields) =>
          ["STATIC", "NONE"].includes(resolution(fields)) ||
          !listOf(fields["addresses"]).some((each) => textOf(each)?.includes("/")),
      ),
    ],
    [
      '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true',
      ofFields(
        (fields) => resolution(fields) !== "NONE" || !has(fields, "endpoints"),
        "write `resolution: STATIC` or `DNS`, or remove `endpoints`",
      ),
    ],
    [
      '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true',
      ofFields(
        (fields) =>
          resolution(fields) !== "DNS_ROUND_ROBIN" || listOf(fields["endpoints"]).length <= 1,
        "keep one of the `endpoints`, or write `resolution: DNS`",
      ),
    ],
    ["self.all(l1, self.exists_one(l2, l1.number == l2.number))", distinctNumbers],
  ];
}
