import { describe, expect, test } from "vitest";
import { replaceAll } from "../src/match/re2-replace.ts";

describe("replacing what an expression matches", () => {
  test.each<[string, string, string, string]>([
    ["/(a|api)", "/api/x/a", "/z\\1", "/zapi/x/za"],
    ["^/api(/?)(.*)", "/api/orders", "/\\2", "/orders"],
    ["^/api(/?)(.*)", "/api", "/\\2", "/"],
    ["/.*", "/a/b", "/new", "/new"],
    ["x*", "abc", "-", "-a-b-c-"],
    ["(a+?)(a*)", "aaab", "[\\1|\\2]", "[a|aa]b"],
    ["(ab|a)(b?)", "ab", "\\1,\\2", "ab,"],
    ["(?P<name>b)|c", "abc", "<\\1>", "a<b><>"],
    ["b$", "bb", "\\\\", "b\\"],
    ["[", "[", "x", "["],
    ["none", "abc", "x", "abc"],
    ["\u00c3\u00a9", "/caf\u00c3\u00a9/\u00c3\u00a9", "e", "/cafe/e"],
    ["f", "f\u00c3\u00a9", "g", "g\u00c3\u00a9"],
    ["f", "f\u00c3\u00a9", "\u00c3\u00a9", "\u00c3\u00a9\u00c3\u00a9"],
    ["f", "f\u00f4\u0090\u0080\u0080", "g", "f\u00f4\u0090\u0080\u0080"],
    ["a", "/aab", "/z\\1", "/aab"],
    ["(a)", "/aab", "/z\\2", "/aab"],
    ["(?:a)", "/a", "\\1", "/a"],
    ["(a)", "/a", "\\q\\2", "/a"],
    ["(a)", "/ab", "\\10", "/a0b"],
    ["a", "/a", "\\\\1", "/\\1"],
    ["(?U)a+", "/aab", "z", "/zzb"],
    ["(?U)a+?", "/aab", "z", "/zb"],
    ["(?U:a+)a*", "/aab", "[]", "/[]b"],
    ["(?U)(a+)(?-U:(a*))", "/aaa", "<\\1|\\2>", "/<a|aa>"],
    ["(a)", "/aab", "x\\q\\1", "/xxb"],
    ["a", "/ab", "x\\", "/xb"],
    ["a", "/ab", "\\-", "/b"],
  ])("%s in %s", (source, value, substitution, replaced) => {
    expect(replaceAll(source, value, substitution)).toBe(replaced);
  });

  test("a hard expression over a long path takes no time to speak of", () => {
    const path = `/${"a".repeat(5000)}`;
    expect(replaceAll("(a*)*b|(a|a)*c", path, "x")).toBe(path);
  });
});
