import { expect, test } from "vitest";
import { checkRequest } from "../src/journey/request.ts";
import { loadMesh } from "../src/load.ts";

const { mesh } = loadMesh({ files: [], allowEmpty: true });
const to = "ns/shop,app=orders:80";

test.each([
  ["cluster.local/ns/shop/sa/web", "spiffe://cluster.local/ns/shop/sa/web"],
  ["ns/shop/sa/web", "sa/shop/web"],
  ["*/ns/shop/sa/web", "sa/shop/web"],
  ["system:serviceaccount:shop:web", "sa/shop/web"],
  ["shop/web", "sa/shop/web"],
  ["serviceaccount/shop/web", "sa/shop/web"],
  ["deployment/shop/web", "deploy/shop/web"],
  ["192.0.2.1", "external/192.0.2.1"],
  ["2001:db8::1", "external/2001:db8::1"],
  ["Deployment/web", "deploy/web"],
  ["pods/web", "pod/web"],
])("a caller %s is told how it is written", (from, meant) => {
  const [found] = checkRequest(mesh, { from, to });
  expect(found?.hint).toBe(`did you mean \`${meant}\`?`);
  expect(checkRequest(mesh, { from: meant, to }).map(({ message }) => message)).not.toContain(
    `unknown caller \`${meant}\``,
  );
});

test.each([
  ["nobody.shop:80", "svc/shop/nobody:80` or `host/nobody.shop:80"],
  ["httpbin.org:443", "svc/org/httpbin:443` or `host/httpbin.org:443"],
  ["api.example.com:443", "host/api.example.com:443"],
  ["nobody.shop.svc:80", "svc/shop/nobody:80"],
  ["nobody.shop.svc.cluster.local:80", "svc/shop/nobody:80"],
  ["shop/nobody:80", "svc/shop/nobody:80"],
  ["service/shop/nobody:80", "svc/shop/nobody:80"],
  ["Deployment/shop/nobody:80", "deploy/shop/nobody:80"],
])("a destination %s is told how it is written", (written, meant) => {
  const [found] = checkRequest(mesh, { to: written });
  expect(found?.hint).toBe(`did you mean \`${meant}\`?`);
});

test.each(["service/web", "services/shop/web", "ns/shop", "192.0.2.999"])(
  "what is no caller, however it is written, is told the forms: %s",
  (from) => {
    const [found] = checkRequest(mesh, { from, to });
    expect(found?.hint).toMatch(/^one of sa\/NAMESPACE\/NAME, /);
  },
);

test("a workload in another namespace is told, where there is one of that name", () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } } } }
`;
  const { mesh: loaded } = loadMesh({ files: [{ path: "a.yaml", text }], allowEmpty: true });
  const [found] = checkRequest(loaded, { to: "deploy/default/cart:80" });
  expect(found?.hint).toBe("did you mean `deploy/shop/cart`?");
});
