import { expect } from "vitest";
import { describeMesh, type RequestUnderTest } from "../src/vitest.ts";

const options = { mesh: "policies/examples/bookinfo/", namespace: "bookinfo" };
const misspelt: object = { layr: "jwt" };

describeMesh("bookinfo", options, ({ mesh, test }) => {
  const page = mesh.from("deploy/bookinfo/productpage-v1");
  const details = "svc/bookinfo/details:9080";
  const read = (): RequestUnderTest => page.get("/details/0").to(details);

  test.each<[string, () => Promise<unknown>, string]>([
    ["a field", () => expect(read()).not.toMeet(misspelt), "unknown field `layr`"],
    ["a proxy", () => expect(read()).not.toBeDecidedAt("sidecars"), "`sidecars` is no proxy"],
    ["a host", () => expect(read()).not.toBeDecidedAt("elsewhere"), "`elsewhere` is no proxy"],
    [
      "a policy",
      () => expect(read()).not.toBeDeniedBy("bookinfo/details-viewr"),
      "`by`: no policy `bookinfo/details-viewr` was loaded (did you mean `bookinfo/details-viewer`?)",
    ],
    [
      "a rule",
      () => expect(read()).not.toBeAllowedBy("bookinfo/details-viewer[7]"),
      "`bookinfo/details-viewer` has no rule 7",
    ],
    [
      "a workload",
      () => expect(read()).not.toMeet({ reaches: "details" }),
      "`details` is no workload",
    ],
  ])("%s that is misspelt shows nothing of its contrary", async (_, asserted, told) => {
    await expect(asserted()).rejects.toThrow(told);
  });

  test("a path without its slash would ask a host, which is told", () => {
    expect(String(page.get("details/0").to(details))).toContain("GET details/0"); // a Service
    expect(() => page.get("elsewhere/0")).toThrow('if it is the host: `.host("elsewhere")`');
    expect(String(page.get("details.bookinfo/0").to(details))).toContain("details.bookinfo/0");
    expect(String(page.get("/0").host("elsewhere").to(details))).toContain("elsewhere/0");
  });
});
