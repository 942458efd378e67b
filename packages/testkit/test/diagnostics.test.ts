import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codes, type Finding, parseDocuments } from "@meshproof/engine";
import { describe, expect, test } from "vitest";
import { isInvariants, isSuite, parseInvariants, parseSuite, runSuite } from "../src/index.ts";

const folder = join(import.meta.dirname, "diagnostics");
const fixtures = readdirSync(folder).map((name) => ({
  path: name,
  text: readFileSync(join(folder, name), "utf8"),
}));

/** "5 suite/unknown-field" for each code that a line says it deserves. */
function expected(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const [, wanted] = /#~ (.*)$/.exec(line) ?? [];
    return (wanted?.split(" ") ?? []).map((code) => `${index + 1} ${code}`);
  });
}

async function found(file: {
  readonly path: string;
  readonly text: string;
}): Promise<readonly Finding[]> {
  const { documents } = parseDocuments(file);
  const [suite] = documents.filter(isSuite).map((document) => parseSuite(document));
  const { parsed, findings = [] } = suite ?? {};
  if (parsed === undefined) return findings;
  return [...findings, ...(await runSuite(parsed, { files: [file] })).findings];
}

describe("a fixture says at the end of a line what is wrong with it", () => {
  test.each(fixtures.map((file) => [file.path, file] as const))("%s", async (_, file) => {
    const line = ({ at }: Finding): number => file.text.slice(0, at.start).split("\n").length;
    const seen = (await found(file)).map((finding) => `${line(finding)} ${finding.code}`);
    expect(seen.toSorted()).toEqual(expected(file.text).toSorted());
  });
});

test("every code of suites has a fixture", () => {
  const elsewhere = ["suite/no-expectation"]; // of `authz test`, shown in packages/cli/test
  const ours = Object.keys(codes).filter((code) => code.startsWith("suite/"));
  const shown = fixtures.flatMap(({ text }) => expected(text)).map((line) => line.split(" ")[1]);
  expect(ours.filter((code) => !shown.includes(code) && !elsewhere.includes(code))).toEqual([]);
});

test("bounds, pairs and single values are told in words", async () => {
  const text = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  environment: { assume: all }
  tests:
  - name: one
    request: { to: { namespace: a, port: 70000 }, raw: { version: "1.1", headers: [[x]] } }
    expect: { status: 99 }
`;
  const messages = (await found({ path: "a.yaml", text })).map(({ message }) => message);
  expect(messages).toEqual([
    "`assume` can only be `filters`",
    "`port` must be at most 65535",
    "`headers[0]` must have 2 items",
    "`status` must be at least 100",
  ]);
});

test("a part of the target or of the requests of an invariant beside them is told where it belongs", () => {
  const text = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  environment: { istio: "1.31" }
  invariants:
  - name: one
    target: { namespace: shop, workload: orders }
    through: gateway/edge/web
    protocol: tcp
    expect: never-allowed
`;
  const { documents } = parseDocuments({ path: "a.yaml", text });
  const findings = documents.filter(isInvariants).flatMap((each) => parseInvariants(each).findings);
  expect(findings.map(({ hint }) => hint)).toEqual([
    "it belongs below `target`: { through: ... }",
    "it belongs below `requests`: { protocol: ... }",
  ]);
});

test("a part of `http` or `source` beside them, and a status alone, are told where they belong", async () => {
  const text = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  environment: { istio: "1.31" }
  tests:
  - { name: one, request: { to: "a:80", method: GET, path: /a, ip: 192.0.2.1 }, expect: 403 }
`;
  const hints = (await found({ path: "a.yaml", text })).map(({ hint }) => hint);
  expect(hints).toEqual([
    "it belongs below `http`: { method: ... }",
    "it belongs below `http`: { path: ... }",
    "it belongs below `source`: { ip: ... }",
    "expect: { status: 403 }",
  ]);
});
