import { parseDocuments } from "../../src/parse/document.ts";
import type { Growth } from "./growth.ts";
import { load, useMesh } from "./use-mesh.ts";

const many = (size: number, make: (index: number) => string): string =>
  Array.from({ length: size }, (_, index) => make(index)).join("");

/** Texts that only the parser sees. */
const parsed: Readonly<Record<string, (size: number) => string>> = {
  "a flat list": (n) => "- a\n".repeat(n),
  "a flat mapping": (n) => many(n, (at) => `k${at}: v\n`),
  "a list on one line": (n) => `[${"a, ".repeat(n)}]`,
  "a mapping on one line": (n) => `{${many(n, (at) => `k${at}: v, `)}}`,
  "the same key again and again": (n) => "k: v\n".repeat(n),
  "lists in lists on one line": (n) => `${"[".repeat(n)}${"]".repeat(n)}`,
  "lists that never end": (n) => "[".repeat(n),
  "mappings that never end": (n) => "{a: ".repeat(n),
  "mappings in lists that never end": (n) => "[{".repeat(n),
  "brackets that close nothing": (n) => "]".repeat(n),
  "nested dashes": (n) => "- ".repeat(n),
  "nested question marks": (n) => "? ".repeat(n),
  "many question marks": (n) => "? a\n".repeat(n),
  "many anchors": (n) => many(n, (at) => `- &a${at} x\n`),
  "the same anchor again and again": (n) => "- &a x\n".repeat(n),
  "many aliases": (n) => `- &a x\n${"- *a\n".repeat(n)}`,
  "many aliases of a long list": (n) => `a: &a [${"x, ".repeat(30)}]\nb: [${"*a, ".repeat(n)}]`,
  "aliases that lead nowhere": (n) => "- *a\n".repeat(n),
  "an alias bomb": (n) =>
    many(n, (at) => `a${at}: &a${at} [${at === 0 ? "x" : `*a${at - 1}, *a${at - 1}`}]\n`),
  "a chain of aliases": (n) =>
    many(n, (at) => `a${at}: &a${at} [${at === 0 ? "x" : `*a${at - 1}`}]\n`),
  "a chain of merge keys": (n) =>
    many(n, (at) => `a${at}: &a${at}\n  k${at}: 1\n${at === 0 ? "" : `  <<: *a${at - 1}\n`}`),
  "many merge keys": (n) => `a: &a {x: 1}\nb:\n${"  <<: *a\n".repeat(n)}`,
  "a merge key with a long list": (n) => `a: &a {x: 1}\nb: {<<: [${"*a, ".repeat(n)}]}\n`,
  "a long word": (n) => "a".repeat(n),
  "a long number": (n) => "1".repeat(n),
  "a long number with underscores": (n) => "1_".repeat(n),
  "a long octal": (n) => `0${"7".repeat(n)}`,
  "a long exponent": (n) => `1e${"9".repeat(n)}`,
  "a long line of blanks": (n) => `a:${" ".repeat(n)}b`,
  "a word with many blanks": (n) => `a: b${" ".repeat(n)}c`,
  "blanks behind a value": (n) => `a: b${" ".repeat(n)}\n`,
  "blanks in a quoted text": (n) => `a: "b${" ".repeat(n)}c"`,
  "many words": (n) => `a: ${"b ".repeat(n)}`,
  "a text of many lines": (n) => `a: ${"b\n  ".repeat(n)}`,
  "a quoted text of many lines": (n) => `a: "${"b\n  ".repeat(n)}"`,
  "a text with many escapes": (n) => `a: "${"\\n".repeat(n)}"`,
  "a text with many quotes": (n) => `a: '${"''".repeat(n)}'`,
  "a text that never ends": (n) => `a: "${"b ".repeat(n)}`,
  "a block of many lines": (n) => `a: |\n${"  b\n".repeat(n)}`,
  "a folded block of many lines": (n) => `a: >\n${"  b\n".repeat(n)}`,
  "a block of empty lines": (n) => `a: |\n${"\n".repeat(n)}  b\n`,
  "empty lines": (n) => `a: b\n${"\n".repeat(n)}`,
  "lines of blanks": (n) => `a: b\n${"  \n".repeat(n)}`,
  "Windows lines": (n) => "- a\r\n".repeat(n),
  "carriage returns": (n) => `a: ${"\r".repeat(n)}`,
  "many comments": (n) => `a: b\n${"# c\n".repeat(n)}`,
  "comments between keys": (n) => many(n, (at) => `# c\nk${at}: v # d\n`),
  "a long comment": (n) => `# ${"c".repeat(n)}\n`,
  "many documents": (n) => "a: b\n---\n".repeat(n),
  "empty documents": (n) => "---\n".repeat(n),
  "many ends of documents": (n) => "...\n".repeat(n),
  "many directives": (n) => `${"%TAG ! tag:x,2000:\n".repeat(n)}--- a\n`,
  "unknown directives": (n) => `${"%X y\n".repeat(n)}--- a\n`,
  "many tags": (n) => "- !!str a\n".repeat(n),
  "tags that do not fit": (n) => "- !!int a\n".repeat(n),
  "a long tag": (n) => `!${"a".repeat(n)} b`,
  colons: (n) => `a${":".repeat(n)} b`,
  "colons with blanks": (n) => "a: ".repeat(n),
  "a key that is too long": (n) => `${"a".repeat(n)}: b\n`,
  "keys that are lists": (n) => "[a]: b\n".repeat(n),
  "many tabs": (n) => "\t".repeat(n),
  "tabs before keys": (n) => "\ta: b\n".repeat(n),
  "indents that do not fit": (n) => many(n, (at) => `${" ".repeat(at % 7)}a: b\n`),
  "lines without a colon": (n) => "a b\n".repeat(n),
  templates: (n) => "- {{ .Values.x }}\n".repeat(n),
  "openings of templates": (n) => "{{".repeat(n),
  "lone surrogates": (n) => `a: "${"\ud800".repeat(n)}"`,
  "NUL bytes": (n) => "\0".repeat(n),
  "byte order marks": (n) => "\ufeff".repeat(n),
  "a text in JSON with many escapes": (n) => `{"a": "${"\\u00e9\\\\".repeat(n)}"}`,
  JSON: (n) => JSON.stringify(Array.from({ length: n }, (_, at) => ({ a: at, b: { c: ["x"] } }))),
};

const ap =
  "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: shop}\n";
const pa = ap.replace("AuthorizationPolicy", "PeerAuthentication");
const ra = ap.replace("AuthorizationPolicy", "RequestAuthentication");
const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n";
const operation = (fields: string): string =>
  `${ap}spec: {rules: [{to: [{operation: {${fields}}}]}]}\n`;

/** Texts that are loaded and asked. */
const loaded: Readonly<Record<string, (size: number) => string>> = {
  "many policies": (n) =>
    many(n, (at) => `---\n${ap.replace("name: a", `name: a${at}`)}spec: {rules: [{}]}\n`),
  "one policy again and again": (n) => `---\n${ap}spec: {}\n`.repeat(n),
  "many peer authentications": (n) =>
    many(n, (at) => `---\n${pa.replace("name: a", `name: a${at}`)}spec: {mtls: {mode: STRICT}}\n`),
  "many request authentications": (n) =>
    many(
      n,
      (at) =>
        `---\n${ra.replace("name: a", `name: a${at}`)}spec: {jwtRules: [{issuer: i${at}, jwksUri: "https://a"}]}\n`,
    ),
  "many services": (n) =>
    many(
      n,
      (at) =>
        `---\napiVersion: v1\nkind: Service\nmetadata: {name: s${at}, namespace: shop}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n`,
    ),
  "many pods": (n) =>
    many(
      n,
      (at) => `---\n${pod.replace("name: a", `name: a${at}`)}spec: {containers: [{name: a}]}\n`,
    ),
  "many other kinds": (n) =>
    many(n, (at) => `---\napiVersion: v1\nkind: K${at}\nmetadata: {name: a}\n`),
  "kinds like ours": (n) =>
    "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolice\nmetadata: {name: a}\n".repeat(
      n,
    ),
  "a list of objects": (n) =>
    `apiVersion: v1\nkind: List\nitems:\n${many(n, (at) => `- {apiVersion: v1, kind: Pod, metadata: {name: a${at}}}\n`)}`,
  "lists in lists of objects": (n) =>
    `${"{apiVersion: v1, kind: List, items: [".repeat(n)}${"]}".repeat(n)}`,
  "many rules": (n) =>
    `${ap}spec:\n  rules:\n${many(n, (at) => `  - to: [{operation: {paths: [/p${at}]}}]\n`)}`,
  "many rules like a denial": (n) =>
    `${ap}spec:\n  action: DENY\n  rules:\n${many(n, (at) => `  - to: [{operation: {paths: [/p${at}*]}}]\n`)}`,
  "empty rules": (n) => `${ap}spec: {rules: [${"{}, ".repeat(n)}]}\n`,
  "rules that are null": (n) => `${ap}spec: {rules: [${"null, ".repeat(n)}]}\n`,
  "many sources": (n) =>
    `${ap}spec:\n  rules:\n  - from:\n${"    - source: {principals: [a]}\n".repeat(n)}`,
  "many conditions": (n) =>
    `${ap}spec:\n  rules:\n  - when:\n${many(n, (at) => `    - {key: "request.headers[x-${at}]", values: [a]}\n`)}`,
  "unknown conditions": (n) =>
    `${ap}spec:\n  rules:\n  - when:\n${many(n, (at) => `    - {key: request.header${at}, values: [a]}\n`)}`,
  "many paths": (n) => operation(`paths: [${many(n, (at) => `/p${at}, `)}]`),
  "many templates of paths": (n) => operation(`paths: [${many(n, (at) => `"/p${at}/{*}", `)}]`),
  "a path template of many parts": (n) => operation(`paths: ["${"/{*}".repeat(n)}"]`),
  "a path template that is long": (n) => operation(`paths: ["/{**}/${"a".repeat(n)}"]`),
  "a long path": (n) => operation(`paths: ["/${"a".repeat(n)}*"]`),
  "many hosts": (n) => operation(`hosts: [${many(n, (at) => `"*.h${at}", `)}]`),
  "many ports": (n) => operation(`ports: [${many(n, (at) => `"${at}", `)}]`),
  "ports that are none": (n) => operation(`ports: [${"x, ".repeat(n)}]`),
  "a long port": (n) => operation(`ports: ["${"8".repeat(n)}"]`),
  "unknown fields": (n) => operation(many(n, (at) => `path${at}: [a], `)),
  "an unknown field that is long": (n) => operation(`${"paths".repeat(n)}: [a]`),
  "values of another type": (n) => operation(`paths: [${"1, ".repeat(n)}]`),
  "empty values": (n) => operation(`paths: [${'"", '.repeat(n)}]`),
  "long values with stars": (n) => operation(`paths: ["${"*a".repeat(n)}"]`),
  "a long value with blanks": (n) => operation(`paths: ["a${" ".repeat(n)}b"]`),
  "a deep field": (n) => `${ap}spec: ${"{a: ".repeat(n)}${"}".repeat(n)}\n`,
  "deep rules": (n) => `${ap}spec: {rules: ${"[".repeat(n)}${"]".repeat(n)}}\n`,
  "many labels": (n) =>
    `${pod.replace("namespace: shop", `labels: {${many(n, (at) => `l${at}: v, `)}}`)}`,
  "labels that are none": (n) =>
    `${pod.replace("namespace: shop", `labels: {${many(n, (at) => `_l${at}: -v, `)}}`)}`,
  "a long label": (n) =>
    `${pod.replace("namespace: shop", `labels: {"${"a-".repeat(n)}": "${"v-".repeat(n)}"}`)}`,
  "a long name": (n) => pod.replace("name: a", `name: "${"a-".repeat(n)}"`),
  "a long name of many parts": (n) => pod.replace("name: a", `name: "${"a.".repeat(n)}"`),
  "a long kind": (n) => pod.replace("Pod", "Pod".repeat(n)),
  "a long version": (n) => pod.replace("v1", `security.istio.io/${"v1".repeat(n)}`),
  "a long group": (n) => pod.replace("v1", `${"security.istio.io".repeat(n)}/v1`),
  "many annotations": (n) =>
    `${pod.replace("namespace: shop", `annotations: {${many(n, (at) => `a${at}: v, `)}}`)}`,
  "many port modes": (n) =>
    `${pa}spec: {selector: {matchLabels: {app: a}}, portLevelMtls: {${many(n, (at) => `${at}: {mode: STRICT}, `)}}}\n`,
  "many JWT rules": (n) =>
    `${ra}spec: {jwtRules: [${many(n, (at) => `{issuer: i${at}, jwksUri: "https://a/${at}"}, `)}]}\n`,
  "many audiences": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, audiences: [${many(n, (at) => `a${at}, `)}]}]}\n`,
  "many places of tokens": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, fromHeaders: [${many(n, (at) => `{name: h${at}}, `)}], fromParams: [${many(n, (at) => `p${at}, `)}]}]}\n`,
  "many claims to headers": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, outputClaimToHeaders: [${many(n, (at) => `{header: h${at}, claim: c}, `)}]}]}\n`,
  "a long URL": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, jwksUri: "https://${"a.".repeat(n)}/"}]}\n`,
  "a URL with a long port": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, jwksUri: "https://a:${"1".repeat(n)}/"}]}\n`,
  "a long duration": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, timeout: "1.${"1".repeat(n)}s"}]}\n`,
  "a duration of many parts": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, timeout: "${"1ns".repeat(n)}"}]}\n`,
  "a key set of many keys": (n) =>
    `${ra}spec: {jwtRules: [{issuer: a, jwks: '{"keys": [${'{"kty": "oct", "k": "c2VjcmV0"}, '.repeat(n)}1]}'}]}\n`,
  "a mesh config of many fields": (n) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n${many(n, (at) => `    f${at}: 1\n`)}`,
  "a mesh config of many providers": (n) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    extensionProviders:\n${many(n, (at) => `    - {name: p${at}, envoyExtAuthzHttp: {service: a, port: 80}}\n`)}`,
};

const modes = ["enforce", "bypass"] as const;

export const textGrowth: readonly Growth[] = [
  ...Object.entries(parsed).map(
    ([name, make]): Growth => ({
      name: `parse ${name}`,
      work: (size) => {
        const text = make(size);
        return () => parseDocuments({ path: "a.yaml", text });
      },
    }),
  ),
  ...Object.entries(loaded).flatMap(([name, make]) =>
    modes.map(
      (admission): Growth => ({
        name: `${admission} ${name}`,
        from: 64,
        most: 2 ** 17,
        work: (size) => {
          const text = make(size);
          return () =>
            useMesh(
              load({ files: [{ path: "a.yaml", text }], admission, allowEmpty: true }, text).mesh,
              text,
            );
        },
      }),
    ),
  ),
];
