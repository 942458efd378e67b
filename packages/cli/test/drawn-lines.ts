import { Buffer } from "node:buffer";
import fc from "fast-check";

/** Names of members that are looked for, some within others. */
export const names: readonly string[] = ["a", "bc", "to", "o", "o.a", "o.t", "o.t.*"];

/** Members as logs have them, and now and then as they rather not. */
export const usual = <Value>(ordinary: fc.Arbitrary<Value>, strange: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 24, arbitrary: ordinary }, { weight: 1, arbitrary: strange });
const strange = fc.constantFrom(
  ...["é", '\\"', "\\u0041", "\u2028", "\u007f", "\t", "\ud800", "a\\", "\0", '"'],
);
const text = usual(fc.stringMatching(/^[ !#-[\]-~]{0,6}$/), strange);
const value = usual(
  fc.oneof(
    text.map((each) => `"${each}"`),
    fc.constantFrom("null", "0", "12", "123456789012345"),
  ),
  fc.constantFrom("-1", "1.5", "01", "1e3", "true", "nul", "{}", "[1]", "", "1234567890123456789"),
);
const name = fc.oneof(fc.constantFrom("a", "bc", "to", "o", "t", "__proto__"), text);
const colon = usual(fc.constantFrom(":", ": "), fc.constantFrom(" :", ":\t", ""));
const comma = usual(fc.constantFrom(",", ", "), fc.constantFrom(",,", " ,", ";"));
const membersOf = (own: fc.Arbitrary<string>, least: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(own, { minLength: least, maxLength: 4 }), comma)
    .map(([all, between]) => all.join(between));
const memberOf = (key: fc.Arbitrary<string>, own: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(key, colon, own).map(([called, between, what]) => `"${called}"${between}${what}`);
const flat = memberOf(name, value);
const braced = (members: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  members.map((all) => `{${all}}`);
const texts = braced(
  membersOf(
    memberOf(
      name,
      usual(
        text.map((each) => `"${each}"`),
        value,
      ),
    ),
    0,
  ),
);
const inner = fc.oneof(
  { weight: 3, arbitrary: flat },
  { weight: 3, arbitrary: memberOf(fc.constantFrom("t", "t", "t", "a"), texts) },
);
const member = fc.oneof(
  { weight: 3, arbitrary: flat },
  {
    weight: 2,
    arbitrary: memberOf(fc.constantFrom("o", "o", "o", "a"), braced(membersOf(inner, 0))),
  },
);
/** JSON objects on one line, some broken. */
export const line: fc.Arbitrary<string> = fc
  .tuple(
    usual(fc.constant(""), fc.constantFrom(" ", "\ufeff", "\0")),
    membersOf(member, 1),
    usual(fc.constantFrom("}", "}\r"), fc.constantFrom("} ", "}}", "", "}x", ",}")),
  )
  .map(([before, members, end]) => `${before}{${members}${end}`);
/** A line with a byte changed, which may make it no text at all. */
export const mutated: fc.Arbitrary<Buffer> = fc
  .tuple(line, fc.nat(), fc.nat(255))
  .map(([whole, at, byte]) => {
    const bytes = Buffer.from(whole);
    bytes[at % bytes.length] = byte === 10 ? 11 : byte;
    return bytes;
  });

/** Lines of which most have the members of the one before, with other values; and some with a byte changed. */
export const alikeLines: fc.Arbitrary<readonly Buffer[]> = fc
  .tuple(line, fc.array(fc.tuple(fc.nat(4), value, fc.nat(), fc.nat(255)), { maxLength: 8 }))
  .map(([first, changes]) => {
    const lines = [first];
    for (const [which, own] of changes) {
      let member = -1;
      const last = lines.at(-1) ?? "";
      lines.push(
        last.replace(/(: ?)("[^"]*"|[a-z0-9]+)(?=[,}])/g, (whole, colon: string) => {
          member += 1;
          return member === which ? `${colon}${own}` : whole;
        }),
      );
    }
    return lines.map((each, at) => {
      const bytes = Buffer.from(each);
      const [, , place, byte] = changes[at] ?? [0, "", 1, 0];
      if (place % 5 === 0 && byte !== 10) bytes[place % bytes.length] = byte;
      return bytes;
    });
  });
