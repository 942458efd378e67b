import { address, cart, flat, methods, peerOf, policy, request, resources, rule } from "./made.mjs";
import { mixed, wholeMesh } from "./many.mjs";
import { drawing } from "./random.mjs";

/** W1, the everyday case: one workload, 10 policies of 3 rules; namespaces, principals, methods, beginnings of paths. */
function everyday() {
  const draw = drawing(1);
  const teams = Array.from({ length: 12 }, (_, index) => `team-${index}`);
  const hits = [];
  const policies = Array.from({ length: 10 }, (_, p) => {
    const action = p < 3 ? "DENY" : "ALLOW";
    const rules = [0, 1, 2].map((k) => {
      const path = `/api/v${1 + (p % 3)}/${resources[(p * 3 + k) % resources.length]}`;
      const source = [
        { namespaces: [teams[p], teams[(p + 1) % 12]] },
        { namespaces: [teams[(p + 3) % 12]] },
        {
          principals: [
            peerOf(teams[(p + 5) % 12], "default"),
            peerOf(teams[(p + 7) % 12], `svc-${p}`),
          ],
        },
      ][k];
      const allowed = [["GET", "HEAD"], ["POST"], ["GET", "PUT", "PATCH"]][k];
      const operation = {
        methods: action === "DENY" ? ["DELETE", "PUT"] : allowed,
        paths: k === 1 ? [`${path}/*`, path] : [`${path}*`],
      };
      const team = k === 2 ? teams[(p + 5) % 12] : source.namespaces[0];
      hits.push({ deny: action === "DENY", team, method: operation.methods[0], path });
      return rule(source, operation);
    });
    return policy("shop", `p${p}`, "cart", action, rules);
  });
  const requests = Array.from({ length: 4096 }, () => {
    const tail = `${draw.below(100_000)}/detail`;
    if (draw.next() < 0.5) {
      const denied = draw.next() < 0.25;
      const hit = draw.pick(hits.filter(({ deny }) => deny === denied));
      return request(draw, cart, [hit.team, "default"], { ...hit, path: `${hit.path}/${tail}` });
    }
    const account = draw.next() < 0.5 ? "default" : `svc-${draw.below(10)}`;
    const path = `/api/v${1 + draw.below(3)}/${draw.pick(resources)}/${tail}`;
    return request(draw, cart, [draw.pick(teams), account], { method: draw.pick(methods), path });
  });
  return { policies, requests };
}

/** W2: n ALLOW rules on one workload, a principal and an exact path each; any of them is met, a quarter just misses. */
function manyRules(count) {
  const draw = drawing(2);
  const from = (index) => [`ns-${index % 50}`, `sa-${index}`];
  const path = (index) => `/svc/${index % 97}/resource/${index}`;
  const rules = Array.from({ length: count }, (_, index) =>
    rule({ principals: [peerOf(...from(index))] }, { methods: ["GET"], paths: [path(index)] }),
  );
  const requests = Array.from({ length: 1024 }, () => {
    const index = draw.below(count);
    const missed = draw.next() < 0.25 ? `${path((index + 1) % count)}x` : path(index);
    return request(draw, cart, from(index), { method: "GET", path: missed });
  });
  // more rules than one object may have: several policies, as a team would
  const policies = [];
  for (let at = 0; at < count; at += 500)
    policies.push(
      policy(
        "shop",
        `many-${String(at).padStart(6, "0")}`,
        "cart",
        "ALLOW",
        rules.slice(at, at + 500),
      ),
    );
  return { policies, requests };
}

/** W3: a DENY list of n CIDR blocks and n principals; an ALLOW for namespaces by their beginning. */
function longLists(count) {
  const draw = drawing(3);
  const blocks = new Map();
  while (blocks.size < count) {
    const length = draw.next() < 0.6 ? 24 : draw.next() < 0.5 ? 32 : 28;
    const mask = (0xffffffff << (32 - length)) >>> 0;
    const base = (((11 + draw.below(200)) << 24) | draw.below(0xffffff)) & mask;
    blocks.set(`${address(base >>> 0)}/${length}`, { base: base >>> 0, length });
  }
  const places = [...blocks.values()];
  const blocked = (index) => [`blocked-${index % 100}`, `user-${index}`];
  const principals = Array.from({ length: count }, (_, index) => peerOf(...blocked(index)));
  const policies = [
    policy("shop", "deny-list", "cart", "DENY", [
      rule({ ipBlocks: [...blocks.keys()] }),
      rule({ principals }),
    ]),
    policy("shop", "allow-mesh", "cart", "ALLOW", [
      rule({ namespaces: ["team-*", "blocked-*"] }, { methods: ["GET", "POST"] }),
    ]),
  ];
  const requests = Array.from({ length: 4096 }, (_, index) => {
    const kind = draw.next();
    const place = draw.pick(places);
    const ip =
      kind < 0.1 ? address((place.base + draw.below(2 ** (32 - place.length))) >>> 0) : undefined;
    const what = { method: draw.pick(methods), path: `/a/${index}`, ip };
    const from = [`team-${draw.below(12)}`, `svc-${draw.below(5000)}`];
    if (kind < 0.1 || kind >= 0.2) return request(draw, cart, from, what);
    return request(draw, cart, blocked(draw.below(count)), { ...what, method: "GET" });
  });
  return { policies, requests };
}

/** A workload by its name: W1, W2:1000, W3, W4:500, mixed:1000; W4 also with how many requests. */
export function workload(name) {
  const [kind, size, wanted = 100_000] = name.split(":");
  const made = {
    W1: () => everyday(),
    W2: () => manyRules(Number(size ?? 1000)),
    W3: () => longLists(Number(size ?? 10_000)),
    W4: () => wholeMesh(Number(size ?? 500), Number(wanted)),
    mixed: () => mixed(Number(size ?? 1000)),
  }[kind]();
  return flat(made);
}
