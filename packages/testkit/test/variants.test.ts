import { expect, test } from "vitest";
import { variantsOf } from "../src/variants.ts";

const http = { method: "GET", host: "shop.example", path: "/api/v1.txt?q=1" };

test.each([
  ["path.dots"],
  ["path.slashes"],
  ["path.encoding"],
  ["path.encoded-slashes"],
  ["path.encoded-dots"],
  ["path.backslashes"],
  ["path.params"],
  ["path.case"],
  ["path.trailing-slash"],
  ["path.query"],
  ["path.fragment"],
  ["host.port"],
  ["host.dot"],
  ["host.case"],
  ["method.case"],
  ["http.version"],
])("%s", (name) => {
  const told = variantsOf(name, http, "orders:8080").map(
    ({ http: { method, host, path, version } }) =>
      [method, host, path, ...(version === undefined ? [] : [`HTTP/${version}`])].join(" "),
  );
  expect(new Set(told).size).toBe(told.length);
  expect(told).toMatchSnapshot();
});
