import { expect, test } from "vitest";
import { authz, filesBelow } from "./program.ts";

test("the way over several proxies is a line each, with what each saw, and the one that decides marked", async () => {
  const files = filesBelow("policies/examples/bookinfo-gateway");
  const { out } = await authz(files, "check", "policies/examples/bookinfo-gateway", "-v");
  expect(out).toContain(`way
    1  gateway istio-system/istio-ingressgateway: lets it through (istio-system/entrance[1]); saw
       GET /api/reviews/0 from no identity
  > 2  sidecar bookinfo/reviews-v1: allow refuses; saw GET //0 from
       sa/istio-system/istio-ingressgateway
`);
});

test("one proxy needs no overview", async () => {
  const files = filesBelow("policies/examples/tcp-database");
  const asked = ["--from", "none", "--to", "ns/data,app=redis:6379", "--istio", "1.31"];
  const mesh = ["-f", "policies/examples/tcp-database/policies.yaml"];
  const { out } = await authz(files, "explain", ...mesh, ...asked);
  expect(out).toContain("sidecar ");
  expect(out).not.toMatch(/^way$/m);
});
