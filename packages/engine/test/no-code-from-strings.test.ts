import { expect, test } from "vitest";

test("the engine's tests run where code cannot be made from strings", () => {
  const make = (): unknown => Reflect.construct(Function, ["return 1"]);
  expect(make).toThrow(EvalError);
});
