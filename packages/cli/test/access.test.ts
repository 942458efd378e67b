import { expect, test } from "vitest";
import { authz, filesBelow } from "./program.ts";

const files = filesBelow("policies/examples/bookinfo");
const mesh = ["-f", "policies/examples/bookinfo", "--istio", "1.31"];

test.each([
  ["who-can", ["who-can", "svc/bookinfo/reviews:9080"]],
  ["who-can-get", ["who-can", "svc/bookinfo/reviews:9080", "--http", "GET /reviews/0", "-v"]],
  ["what-can", ["what-can", "sa/bookinfo/bookinfo-productpage"]],
  ["what-can-nobody", ["what-can", "none", "-v"]],
  ["matrix", ["matrix"]],
])("%s is answered for all requests there can be", async (name, args) => {
  const { out, err, code } = await authz(files, ...args, ...mesh);
  expect([code, err]).toEqual([0, ""]);
  await expect(out).toMatchFileSnapshot(`access/${name}.txt`);
});

test.each([
  ["csv", "csv"],
  ["markdown", "md"],
  ["html", "html"],
  ["dot", "dot"],
  ["mermaid", "mmd"],
  ["json", "json"],
])("a matrix as %s", async (format, extension) => {
  const { out } = await authz(files, "matrix", "-o", format, ...mesh);
  await expect(out).toMatchFileSnapshot(`access/matrix.${extension}`);
});

test.each([
  [["who-can"], "which workload?"],
  [["who-can", "deploy/nowhere/x"], "nowhere"],
  [["who-can", "svc/bookinfo/reviews:1"], "the Service has no port 1"],
  [["what-can"], "which caller?"],
  [["what-can", "Jim"], "`Jim` is no caller"],
])("%j is answered with what is missing", async (args, told) => {
  const { code, err } = await authz(files, ...args, ...mesh);
  expect([code, err.includes(told)]).toEqual([2, true]);
});
