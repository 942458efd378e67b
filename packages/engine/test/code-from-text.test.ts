import { expect, test } from "vitest";

test("the engine's tests run where no code can be made from text", () => {
  const make = (): unknown => Reflect.construct(Function, ["return 1"]);
  expect(make).toThrow(EvalError);
});
