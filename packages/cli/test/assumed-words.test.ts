import { expect, test } from "vitest";
import { assumedLine } from "../src/format/assumed.ts";

test("an assumption is said without saying its kind twice", () => {
  const line = assumedLine(
    [
      { id: "outside:api.example.com", state: "assumed", value: "outside the mesh" },
      { id: "service:svc/shop/order", state: "assumed", value: "there" },
      { id: "gateway-programmed:gateway/shop/waypoint", state: "assumed", value: "programmed" },
    ],
    false,
  );
  expect(line).toBe(
    "assumed: outside the mesh: api.example.com; not loaded, but there: svc/shop/order; programmed: gateway/shop/waypoint",
  );
});
