import { cart, methods, peerOf, policy, request, resources, rule } from "./made.mjs";
import { drawing } from "./random.mjs";

/** W4, a mesh: n namespaces of 20 workloads with 5 policies each. */
export function wholeMesh(namespaces, wanted) {
  const draw = drawing(4);
  const policies = [];
  const hits = [];
  for (let n = 0; n < namespaces; n += 1)
    for (let a = 0; a < 20; a += 1)
      for (let p = 0; p < 5; p += 1) {
        const rules = Array.from({ length: 1 + draw.below(3) }, () => {
          const caller = [`ns-${draw.below(namespaces)}`, `app-${draw.below(20)}`];
          const other = `ns-${draw.below(namespaces)}`;
          const path = `/api/v${1 + draw.below(2)}/${draw.pick(resources)}/${draw.below(50)}`;
          const way = draw.next();
          const paths = way < 0.4 ? [path] : way < 0.85 ? [`${path}/*`] : ["*/metrics"];
          const allowed = draw.pick([["GET"], ["GET", "HEAD"], ["POST", "PUT"]]);
          const operation = { methods: p === 0 ? ["DELETE"] : allowed, paths };
          const met = way < 0.4 ? path : way < 0.85 ? `${path}/7` : "/x/metrics";
          hits.push({ n, a, caller, method: operation.methods[0], path: met });
          const source =
            draw.next() < 0.5
              ? { principals: [peerOf(...caller), peerOf(other, caller[1])] }
              : { namespaces: [caller[0]] };
          return rule(source, p === 0 ? { ...operation, ports: ["8080"] } : operation);
        });
        policies.push(
          policy(`ns-${n}`, `app-${a}-p${p}`, `app-${a}`, p === 0 ? "DENY" : "ALLOW", rules),
        );
      }
  const requests = Array.from({ length: wanted }, () => {
    const hit = draw.pick(hits);
    if (draw.next() < 0.5)
      return request(draw, { destination: `ns-${hit.n}`, app: `app-${hit.a}` }, hit.caller, hit);
    const to = { destination: `ns-${draw.below(namespaces)}`, app: `app-${draw.below(20)}` };
    const path = `/api/v${1 + draw.below(2)}/${draw.pick(resources)}/${draw.below(50)}/${draw.below(100)}`;
    const from = [`ns-${draw.below(namespaces)}`, `app-${draw.below(20)}`];
    return request(draw, to, from, { method: draw.pick(methods), path });
  });
  return { policies, requests };
}

/** n rules of all kinds on one workload: one in ten with a negation, one policy in five a DENY. */
export function mixed(count) {
  const draw = drawing(5);
  const words = Math.max(20, count >> 1);
  const hits = [];
  const rules = Array.from({ length: count }, () => {
    const [namespace, account] = [
      `ns-${draw.below(Math.max(10, count >> 3))}`,
      `sa-${draw.below(words)}`,
    ];
    const base = `/svc-${draw.below(words)}/v${draw.below(3)}`;
    const who = draw.next();
    const source =
      who < 0.4
        ? { principals: [peerOf(namespace, account)] }
        : who < 0.7
          ? { namespaces: [namespace] }
          : who < 0.8
            ? { ipBlocks: [`10.${draw.below(256)}.${draw.below(256)}.0/24`] }
            : who < 0.9
              ? { namespaces: [namespace], notPrincipals: [peerOf(namespace, account)] }
              : { principals: [`*/ns/${namespace}/sa/${account}`] };
    const where = draw.next();
    const operation = {
      methods: [draw.pick(methods), draw.pick(methods)],
      paths: [where < 0.4 ? base : where < 0.85 ? `${base}/*` : `*/${base.slice(1)}`],
      ...(draw.next() < 0.2 ? { ports: ["8080", "9090"] } : {}),
    };
    const met = where < 0.4 ? base : where < 0.85 ? `${base}/x/1` : `/pre${base}`;
    hits.push({ from: [namespace, account], method: operation.methods[0], path: met });
    return rule(source, operation);
  });
  const requests = Array.from({ length: 4096 }, (_, index) => {
    const hit = draw.pick(hits);
    const path = draw.next() < 0.6 ? hit.path : `${draw.pick(hits).path}/${index}`;
    return request(draw, cart, hit.from, { ...hit, path });
  });
  const policies = [];
  for (let at = 0; at < count; at += 10)
    policies.push(
      policy(
        "shop",
        `m${at / 10}`,
        "cart",
        (at / 10) % 5 === 4 ? "DENY" : "ALLOW",
        rules.slice(at, at + 10),
      ),
    );
  return { policies, requests };
}
