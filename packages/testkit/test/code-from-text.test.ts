import { expect, test } from "vitest";

test("the tests of the testkit and the command run where no code can be made from text", () => {
  const make = (): unknown => Reflect.construct(Function, ["return 1"]);
  expect(make).toThrow(EvalError);
});
