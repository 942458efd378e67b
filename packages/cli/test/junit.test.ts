import { expect, test } from "vitest";
import { junit } from "../src/reporters/junit.ts";
import type { Outcome } from "../src/reporters/outcome.ts";

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[]; // in this order
  readonly text: boolean;
}

const failure: Rule = { required: [], optional: ["type", "message"], children: [], text: true };

/** The schema that Jenkins and others share, as a table: element, attributes, children, text. */
const schema: Readonly<Record<string, Rule>> = {
  testsuites: {
    required: [],
    optional: ["name", "time", "tests", "failures", "disabled", "errors"],
    children: ["testsuite"],
    text: false,
  },
  testsuite: {
    required: ["name", "tests"],
    optional: [
      "failures",
      "errors",
      "time",
      "disabled",
      "skipped",
      "timestamp",
      "hostname",
      "id",
      "package",
    ],
    children: ["properties", "testcase", "system-out", "system-err"],
    text: false,
  },
  testcase: {
    required: ["name"],
    optional: ["assertions", "time", "classname", "status"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
    text: false,
  },
  skipped: failure,
  error: failure,
  failure,
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML as far as reports use it; anything else is an error. */
function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [all, closed, name, attributes = "", empty, text] of body.matchAll(token)) {
    end += all.length;
    const top = open.at(-1);
    if (top === undefined) throw new Error("closed too often");
    if (text !== undefined) {
      expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|#10);)/);
      top.text += text;
    } else if (closed !== undefined) expect(open.pop()?.name).toBe(closed);
    else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
        ([, key = "", value = ""]) => [key, value],
      );
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
      expect(Object.keys(element.attributes).length).toBe(pairs.length);
      top.children.push(element);
      if (empty === "") open.push(element);
    }
  }
  expect([end, open.length, root.children.length]).toEqual([body.length, 1, 1]);
  return root.children[0] ?? root;
}

function faults({ name, attributes, children, text }: Element): readonly string[] {
  const rule = schema[name];
  if (rule === undefined) return [`<${name}>`];
  const names = Object.keys(attributes);
  const order = children.map((child) => rule.children.indexOf(child.name));
  const counts = names.filter((key) => ["tests", "failures", "errors", "skipped"].includes(key));
  return [
    ...rule.required.filter((key) => !names.includes(key)).map((key) => `${name} lacks ${key}`),
    ...names
      .filter((key) => ![...rule.required, ...rule.optional].includes(key))
      .map((key) => `${name} ${key}`),
    ...counts.filter((key) => !/^\d+$/.test(attributes[key] ?? "")),
    ...(order.some((at, index) => at < (order[index - 1] ?? 0)) ? [`${name}: order`] : []),
    ...(rule.text || text.trim() === "" ? [] : [`${name}: text`]),
    ...children.flatMap(faults),
  ];
}

function outcome(state: Outcome["state"], title: string): Outcome {
  const why = state === "passed" ? [] : [`a < b && "c"`, "second\nline \u0000"];
  return {
    suite: "orders & <more>",
    file: "a.yaml",
    title,
    asked: 'web -> "orders"',
    at: () => ({ file: "a.yaml", line: 1, column: 2 }),
    state,
    why,
  };
}

const outcomes = (["passed", "failed", "skipped", "unusable"] as const).map((state) =>
  outcome(state, `is ${state}`),
);

test.each([
  ["of nothing", { outcomes: [], errors: [] }],
  ["of every state", { outcomes, errors: [] }],
  ["of what could not be loaded", { outcomes, errors: ["a.yaml:1:1: error <b>\n1 | a: [\n"] }],
])("a report %s keeps the schema, and counts what it holds", (_, report) => {
  const root = parse(junit(report));
  expect([root.name, ...faults(root)]).toEqual(["testsuites"]);
  for (const { attributes, children } of root.children) {
    const having = (name: string): string =>
      String(children.filter((each) => each.children.some((child) => child.name === name)).length);
    expect(attributes).toMatchObject({
      tests: String(children.length),
      failures: having("failure"),
      errors: having("error"),
      skipped: having("skipped"),
    });
  }
});

test("the check sees what the schema does not have", () => {
  const xml =
    '<testsuites><testsuite name="a"><testcase name="b" file="c"/>d<other/></testsuite></testsuites>';
  expect(faults(parse(xml)).toSorted()).toEqual([
    "<other>",
    "testcase file",
    "testsuite lacks tests",
    "testsuite: order",
    "testsuite: text",
  ]);
});
