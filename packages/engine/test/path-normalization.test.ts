import { expect, test } from "vitest";
import { canonicalPath } from "../src/envoy/http/canonical-path.ts";
import { normalizePath, type PathSettings } from "../src/envoy/http/normalize-path.ts";

const none: PathSettings = { normalizePath: false, mergeSlashes: false, escapedSlashes: "keep" };
const base: PathSettings = { ...none, normalizePath: true };
const merge: PathSettings = { ...base, mergeSlashes: true };
const decode: PathSettings = { ...merge, escapedSlashes: "decode" };

const rejected = "rejected";

function normal(target: string, settings: PathSettings): string {
  const result = normalizePath(target, settings);
  return result.kind === "path"
    ? result.path
    : result.kind === "redirect"
      ? `-> ${result.path}`
      : rejected;
}

test.each([
  ["/app/../admin", "/app/../admin", "/admin", "/admin", "/admin"],
  ["/app//", "/app//", "/app//", "/app/", "/app/"],
  ["/app/%2f", "/app/%2f", "/app/%2f", "/app/%2f", "/app/"],
  ["/xyz%30..//abc", "/xyz%30..//abc", "/xyz0..//abc", "/xyz0../abc", "/xyz0../abc"],
  ["/app/%2E./admin", "/app/%2E./admin", "/admin", "/admin", "/admin"],
  ["/app\\admin", "/app\\admin", "/app/admin", "/app/admin", "/app/admin"],
  ["/app/\\/\\/\\admin", "/app/\\/\\/\\admin", "/app//////admin", "/app/admin", "/app/admin"],
  [
    "/%2Fapp%5cadmin%5Cabc",
    "/%2Fapp%5cadmin%5Cabc",
    "/%2Fapp%5cadmin%5Cabc",
    "/%2Fapp%5cadmin%5Cabc",
    "/app/admin/abc",
  ],
  ["/app//../admin", "/app//../admin", "/app/admin", "/app/admin", "/app/admin"],
  ["/admin%00", "/admin%00", rejected, rejected, rejected],
  ["//", "//", "//", "//", "//"],
  ["/a/../..", "/a/../..", "/", "/", "/"],
  ["/a%%300", "/a%%300", "/a%2500", "/a%2500", "/a%2500"],
  ["/a?x=//%2f", "/a?x=//%2f", "/a?x=//%2f", "/a?x=//%2f", "/a?x=//%2f"],
  ["/a#b?c", "/a", "/a", "/a", "/a"],
  ["/a?b#c", "/a?b", "/a?b", "/a?b", "/a?b"],
  ["/foo/..;x=1/admin", "/foo/..;x=1/admin", "/admin", "/admin", "/admin"],
  ["/foo/..;%2fadmin", "/foo/..;%2fadmin", "/", "/", "/admin"],
  [
    "/foo/%2e%2e;/admin",
    "/foo/%2e%2e;/admin",
    "/foo/..;/admin",
    "/foo/..;/admin",
    "/foo/..;/admin",
  ],
  ["/foo/.;a", "/foo/.;a", "/foo/", "/foo/", "/foo/"],
])("%s is %s, %s, %s, %s", (target, inNone, inBase, inMerge, inDecode) => {
  const all = [none, base, merge, decode].map((settings) => normal(target, settings));
  expect(all).toEqual([inNone, inBase, inMerge, inDecode]);
});

test.each([
  ["keep", "/a%2Fb"],
  ["decode", "/a/b"],
  ["redirect", "-> /a/b"],
  ["reject", rejected],
] as const)("an escaped slash under %s becomes %s", (escapedSlashes, expected) => {
  expect(normal("/a%2Fb", { ...base, escapedSlashes })).toBe(expected);
});

test("before Envoy 1.39.1 `..;` is an ordinary segment", () => {
  expect(normal("/foo/..;/admin", { ...base, dotSegmentParameters: "keep" })).toBe(
    "/foo/..;/admin",
  );
});

test.each([
  ["/%252e%252e/admin", "/%252e%252e/admin"],
  ["/..;/admin", "/..;/admin"],
  ["/.../admin", "/.../admin"],
  ["/a%zz", "/a%zz"],
  ["/%7Euser", "/~user"],
  ['/a b"<>^`{|}', "/a%20b%22%3C%3E%5E%60%7B%7C%7D"],
  ["/caf\xe9", "/caf%E9"],
  ["/a%2", "/a%2"],
  ["/.%2E/x", "/x"],
  ["/a.b/.c/..d", "/a.b/.c/..d"],
  ["//..", "/"],
])("the canonical form of %s is %s", (path, expected) => {
  expect(canonicalPath(path)).toBe(expected);
});
