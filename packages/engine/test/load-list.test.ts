import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

const load = (text: string, options: object = {}): ReturnType<typeof loadMesh> =>
  loadMesh({ files: [{ path: "list.yaml", text }], ...options });

test("a list of anything else is counted, and a list of objects wants to be a List", () => {
  const codes = (text: string): readonly string[] =>
    load(text, { allowEmpty: true }).findings.map(({ code }) => code);
  expect(codes("- name: a\n- name: b\n")).toEqual([]);
  expect(codes("- apiVersion: v1\n  kind: Pod\n")).toEqual(["load/not-an-object"]);
});

test.each([
  ["items: { kind: Pod }", ["load/not-an-object"]],
  ["item: []", ["load/not-an-object"]],
  ["items: [null]", ["load/not-an-object"]],
  ["items: []", []],
  ["items: null", []],
  ["metadata: {}", []],
])("a List with %s", (text, expected) => {
  const list = `apiVersion: v1\nkind: List\n${text}\n`;
  expect(load(list, { allowEmpty: true }).findings.map(({ code }) => code)).toEqual(expected);
});

test("the items of a list of one kind need not say their kind", () => {
  const list = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicyList
items: [{ metadata: { name: a, namespace: foo }, spec: {} }, { metadata: { name: b }, spec: { rul: [] } }]
`;
  const { counts, findings } = load(list, { namespace: "foo" });
  expect(counts.policies).toBe(1);
  expect(findings).toMatchObject([{ code: "schema/unknown-field", at: { start: 157, end: 160 } }]);
});
