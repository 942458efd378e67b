import { bySuite, countOfState, type Outcome, placeOf, type Report } from "./outcome.ts";
import { escapeXml } from "./xml.ts";

/** JUnit's XML with nothing but what the schema has that CI systems share: where a test stands is in the text of its failure. */
export function junit({ outcomes, errors }: Report): string {
  const suites = [...bySuite(outcomes).values()].map(suite);
  const broken = errors.length === 0 ? [] : [errorSuite(errors)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${[...suites, ...broken].join("")}</testsuites>\n`;
}

function suite(outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  const attributes = [
    `name="${escapeXml(first?.suite ?? "")}"`,
    `tests="${outcomes.length}"`,
    `failures="${countOfState(outcomes, "failed")}"`,
    `errors="${countOfState(outcomes, "unusable")}"`,
    `skipped="${countOfState(outcomes, "skipped")}"`,
    ...time(outcomes.flatMap(({ ms }) => ms ?? [])),
  ];
  return `  <testsuite ${attributes.join(" ")}>\n${outcomes.map(testcase).join("")}  </testsuite>\n`;
}

/** Seconds, where they were counted. */
function time(all: readonly number[]): readonly string[] {
  const sum = all.reduce((total, ms) => total + ms, 0);
  return all.length === 0 ? [] : [`time="${(sum / 1000).toFixed(6)}"`];
}

function testcase(outcome: Outcome): string {
  const { suite: name, title, asked, state, why, ms } = outcome;
  const attributes = [
    `classname="${escapeXml(name)}"`,
    `name="${escapeXml(`${title} (${asked})`)}"`,
    ...time(ms === undefined ? [] : [ms]),
  ].join(" ");
  if (state === "passed") return `    <testcase ${attributes}/>\n`;
  const message = escapeXml(why.join("; "));
  const element = state === "failed" ? "failure" : "error";
  const inner =
    state === "skipped"
      ? `<skipped message="${message}"/>`
      : `<${element} message="${message}">${escapeXml(`${placeOf(outcome)}\n${why.join("\n")}`)}</${element}>`;
  return `    <testcase ${attributes}>\n      ${inner}\n    </testcase>\n`;
}

/** What kept suites from running is a failure too, or a report without tests would be green. */
function errorSuite(errors: readonly string[]): string {
  const cases = errors.map(
    (error) =>
      `    <testcase classname="authz" name="load">\n      <error message="${escapeXml(error.split("\n", 1)[0] ?? "")}">${escapeXml(error)}</error>\n    </testcase>\n`,
  );
  return `  <testsuite name="authz" tests="${errors.length}" failures="0" errors="${errors.length}" skipped="0">\n${cases.join("")}  </testsuite>\n`;
}
