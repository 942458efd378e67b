import { expect } from "vitest";
import { actors, describeMesh, testSuites } from "../../src/vitest.ts";

describeMesh(
  "orders",
  {
    mesh: process.env["MESH"] ?? "",
    namespace: "shop",
    workloads: { orders: { ports: { "8080": "http" } } },
  },
  ({ mesh, test }) => {
    const { admin } = actors(mesh, "admin");
    test("admin reads", () => expect(admin.get("/").to("orders:8080")).toBeAllowed());
  },
);

if (process.env["MESH"]?.endsWith("nowhere.yaml")) testSuites("no/suites");
