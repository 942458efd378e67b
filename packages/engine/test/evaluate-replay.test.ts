import { expect, test } from "vitest";
import { replay } from "../src/journey/replay.ts";

const unknown = (): undefined => undefined;
const bits = ["0", "1"];

test("every combination of what is asked is tried once, in the order of the candidates", () => {
  const { leaves, complete } = replay(
    ({ ask }) => ask({ id: "a", candidates: bits }) + ask({ id: "b", candidates: bits }),
    unknown,
    true,
  );
  expect(leaves.map(({ result }) => result)).toEqual(["00", "01", "10", "11"]);
  expect(complete).toBe(true);
});

test("a question that only one answer leads to is asked only there", () => {
  const { leaves } = replay(
    ({ ask }) =>
      ask({ id: "a", candidates: bits }) === "0" ? "-" : ask({ id: "b", candidates: bits }),
    unknown,
    true,
  );
  expect(leaves.map(({ result }) => result)).toEqual(["-", "0", "1"]);
  expect(leaves[0]?.answers.map(({ id }) => id)).toEqual(["a"]);
});

test("a question asked twice has one answer, and a candidate that only the second asking names is tried too", () => {
  const { leaves } = replay(
    ({ ask }) =>
      ask({ id: "a", candidates: ["x", "y"] }) + ask({ id: "a", candidates: ["y", "z"] }),
    unknown,
    true,
  );
  expect(leaves.map(({ result }) => result)).toEqual(["xx", "zz", "yy"]);
});

test("what is known is not tried", () => {
  const { leaves } = replay(
    ({ ask }) => ask({ id: "a", candidates: bits }),
    () => ({ state: "given", value: "7" }),
    true,
  );
  expect(leaves.map(({ result }) => result)).toEqual(["7"]);
  expect(leaves[0]?.facts).toEqual([{ id: "a", state: "given", value: "7" }]);
});

test("an assumption is an unknown for who wants none", () => {
  const run = (assume: boolean): readonly string[] =>
    replay((inquiry) => inquiry.assume("host", "", ["a", "b"]), unknown, assume).leaves.map(
      ({ result }) => result,
    );
  expect(run(true)).toEqual(["a"]);
  expect(run(false)).toEqual(["a", "b"]);
});

test("after 4,096 ways the replay stops and says so", () => {
  const { leaves, complete } = replay(
    ({ ask }) => Array.from({ length: 13 }, (_, id) => ask({ id: `${id}`, candidates: bits })),
    unknown,
    true,
  );
  expect([leaves.length, complete]).toEqual([4096, false]);
});

test("a question that cannot offer a value of each class leaves the replay incomplete", () => {
  const question = { id: "a", candidates: bits, partial: true } as const;
  expect(replay(({ ask }) => ask(question), unknown, true).complete).toBe(false);
  expect(
    replay(
      ({ ask }) => ask(question),
      () => ({ state: "given", value: "0" }),
      true,
    ).complete,
  ).toBe(true);
});
