import { expect, test } from "vitest";
import { millisecondsOf } from "../src/webhook/duration.ts";
import { gateFor } from "../src/webhook/gate.ts";

function later(): { readonly work: () => Promise<number>; readonly finish: () => void } {
  let finish = (): void => undefined;
  const done = new Promise<number>((resolve) => {
    finish = () => resolve(1);
  });
  return { work: () => done, finish: () => finish() };
}

const { signal: never } = new AbortController();

test("so many at once, so many wait, others are turned away", async () => {
  const gate = gateFor(1, 1);
  const [first, second] = [later(), later()];
  const one = gate.enter(first.work, never);
  const two = gate.enter(second.work, never);
  expect(gate.enter(second.work, never)).toBeUndefined();
  expect([gate.busy(), gate.waiting()]).toEqual([1, 1]);
  first.finish();
  await one;
  second.finish();
  await two;
  expect([gate.busy(), gate.waiting()]).toEqual([0, 0]);
});

test("who gives up makes room, and so does work that fails", async () => {
  const gate = gateFor(1, 1);
  const first = later();
  const one = gate.enter(first.work, never);
  const given = new AbortController();
  const two = gate.enter(first.work, given.signal);
  given.abort(new Error("enough"));
  await expect(two).rejects.toThrow("enough");
  expect(gate.waiting()).toBe(0);
  first.finish();
  await one;
  await expect(gate.enter(() => Promise.reject(new Error("failed")), never)).rejects.toThrow(
    "failed",
  );
  expect(gate.busy()).toBe(0);
});

test.each([
  ["10s", 10_000],
  ["1m30s", 90_000],
  ["500ms", 500],
  ["1.5s", 1500],
  ["", undefined],
  ["10", undefined],
  ["-1s", undefined],
])("a time as Go writes it: %s", (text, expected) => {
  expect(millisecondsOf(text)).toBe(expected);
});
