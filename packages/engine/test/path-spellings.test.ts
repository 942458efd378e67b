import { expect, test } from "vitest";
import { withDots, withSlash } from "../src/analyse/path-spellings.ts";

test("dot segments stand before and behind a path, in the place of each segment and behind it", () => {
  expect(new Set(withDots("..;x", ".;x")(["/a/b"]))).toEqual(
    new Set([
      ...["/..;x/a/b", "/a/b/..;x/..;x/..;x/x", "/a/b"],
      ...["/..;x/b", "/a/..;x/b", "/x/..;x/a/b", "/.;x/a/b"], // about the first segment
      ...["/a/..;x", "/a/b/..;x", "/a/x/..;x/b", "/a/.;x/b"], // and the second
      "/a/b/..;x/..;x/a/b", // up to the root, and down again
    ]),
  );
});

test("from each path a way leads to each other one, and there are no more than 200", () => {
  const ways = withDots("..;x", ".;x")(["/a", "/b/c"]);
  expect(ways).toEqual(expect.arrayContaining(["/a/..;x/b/c", "/b/c/..;x/..;x/a"]));
  const many = Array.from({ length: 100 }, (_, index) => `/p${index}`);
  expect(withDots("..;x", ".;x")(many)).toHaveLength(200);
});

test("each slash is written otherwise in its turn, the last one first", () => {
  expect(withSlash("//")(["/a/b"])).toEqual(["/a//b", "//a/b"]);
  expect(withSlash("%2f")(["/a/b/c"])).toEqual(["/a/b%2fc", "/a%2fb/c"]);
});
