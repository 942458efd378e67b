import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../src/parse/json.ts";
import { nativeJson } from "../src/parse/native-json.ts";

const text = fc
  .array(fc.constantFrom(":", " :", '"', "\\", '":', "a", "{", "\n:", ","), { maxLength: 4 })
  .map((pieces) => JSON.stringify(pieces.join("")));
const blanks = fc.constantFrom("", "", " ", "\n", "\t ");
const pair = fc.record({ key: text, before: blanks, after: blanks, value: text });

test("a mapping is read at once exactly if no key is there twice, whatever stands around colons and in texts", () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 5 }), blanks, (pairs, space) => {
      const written = pairs.map((one) => `${one.key}${one.before}:${one.after}${one.value}`);
      const source = `{"in": [{${written.join(`${space},`)}}]}`;
      const once = new Set(pairs.map(({ key }) => key)).size === pairs.length;
      expect(parseJson(source)).toEqual(once ? { value: nativeJson(source) } : undefined);
    }),
    { numRuns: 2000 },
  );
});
