import { expect, test } from "vitest";
import { outward, routeMesh, virtualService } from "./route-world.ts";

test.each([
  ["timeout: 0s", "5S", "5000m"],
  ["timeout: 2s", "5S", "2000m"],
  ["timeout: 9s", "5S", "5000m"],
  ["timeout: 48h", "72H", "172800S"],
  ["timeout: 0s", "99999999M", "99999999M"],
  ["timeout: 0s", "99999999H", "99999999H"],
  ["timeout: 0s", "99999999n", "100m"],
  ["timeout: 0s", "soon", "soon"],
])("of a gRPC call with a time of its own the shorter counts: %s, %s", (rule, own, told) => {
  const route = "route: [{destination: {host: shop}}]";
  const mesh = routeMesh(virtualService("a", `{hosts: [shop], http: [{${rule}, ${route}}]}`));
  const headers = [
    ["content-type", "application/grpc"],
    ["grpc-timeout", own],
  ] as const;
  const { onward } = outward(mesh, { host: "shop.s", headers });
  expect(onward?.ways[0]?.request?.headers).toContainEqual(["grpc-timeout", told]);
});
