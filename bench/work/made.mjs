/* What policies and requests of the workloads are made of. */
export const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
export const resources = [
  "orders",
  "carts",
  "items",
  "users",
  "prices",
  "stock",
  "reviews",
  "coupons",
];

/** Texts as a reader of JSON makes them: each in one piece, none shared. */
export function flat(value) {
  return JSON.parse(JSON.stringify(value));
}

export function peerOf(namespace, account) {
  return `cluster.local/ns/${namespace}/sa/${account}`;
}

export function policy(namespace, name, app, action, rules) {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { app } }, action, rules },
  };
}

export function rule(source, operation) {
  return {
    ...(source ? { from: [{ source }] } : {}),
    ...(operation ? { to: [{ operation }] } : {}),
  };
}

export function address(number) {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}

export function request({ below }, to, from, { method, path, ip }) {
  return {
    ...to,
    principal: peerOf(...from),
    namespace: from[0],
    ip: ip ?? address(0x0a000000 + below(0xffffff)),
    host: `${to.app}.${to.destination}.svc.cluster.local`,
    method,
    path,
    port: 8080,
  };
}

export const cart = { destination: "shop", app: "cart" };
