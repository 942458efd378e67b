import { expect, test } from "vitest";
import { areas } from "./fuzz/areas.ts";

const policy = (metadata: string, spec: string): string =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: ${metadata}\nspec: ${spec}\n`;

/** Each mapping inherits from the one before. */
const chain = Array.from(
  { length: 400 },
  (_, at) => `a${at}: &a${at}\n  k${at}: 1\n${at === 0 ? "" : `  <<: *a${at - 1}\n`}`,
).join("");

/** What once made something throw, or printed what is no text; each as small as it goes. */
test.each<[what: string, area: string, input: string]>([
  ["a tag by the name of a prototype", "yaml", "a: !!__proto__ x\n"],
  ["a tag by the name of a method", "yaml", "a: !!toString x\n"],
  ["a namespace that is a mapping", "yaml", policy("{name: a, namespace: [{toString: x}]}", "{}")],
  [
    "an annotation that is a mapping",
    "yaml",
    policy("{name: a, annotations: {a: {toString: x}}}", "{}"),
  ],
  ["a suite of no version", "yaml", "apiVersion: {toString: x}\nkind: Suite\n"],
  [
    "a port mode of no port",
    "yaml",
    "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a, namespace: shop}\n" +
      "spec: {selector: {matchLabels: {app: orders}}, portLevelMtls: {__proto__: {mode: STRICT}}}\n",
  ],
  [
    "a URL with a port that is none",
    "requests",
    "to https://orders.shop:.svc.cluster.local/api\n\n",
  ],
  ["a reference by the name of a method", "requests", "to toString/shop/orders:8080\n"],
  ["a caller by the name of a method", "requests", "from constructor/shop/orders\nto orders:80\n"],
  ["a caller that is a number", "requests", '{"from": 5, "to": "svc/shop/orders:80"}'],
  [
    "a header that is null",
    "requests",
    '{"to": "svc/shop/orders:80", "http": {"headers": {"a": null}}}',
  ],
  [
    "a label that every object has",
    "requests",
    "to ns/shop,app=orders,__proto__=x:8080\nhttp GET /api\ntoken __proto__.__proto__.x",
  ],
  ["a chain of merge keys", "yaml", chain],
])("%s is taken", async (_, area, input) => {
  const { check } = areas[area]?.() ?? { check: () => Promise.reject(new Error("no such area")) };
  for (const padding of Array.from({ length: 16 }, (__, at) => at))
    await expect(Promise.resolve(check(input + "\n".repeat(padding)))).resolves.toBeTypeOf(
      "string",
    );
});
