/*
 * Sets of rules for one workload, seeded: service accounts, namespaces, tokens and groups, blocks of addresses, ports, paths of every
 * kind; a tenth denies, and every twentieth is a narrower copy of an earlier one.
 */

const teams = Array.from({ length: 40 }, (_, index) => `team-${index}`);
const allEndings = [".json", ".js", ".css", "/healthz", "/metrics"];
const verbs = [["GET"], ["GET", "HEAD"], ["GET", "POST"], ["POST", "PUT", "PATCH"], ["DELETE"]];
const issuers = ["https://idp.example.com/*", "https://login.corp/*", "*"];

/** Numbers from 0 to 1, the same for the same seed. */
function diceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most) => Math.floor(next() * most);
  const pick = (list) => list[below(list.length)];
  const some = (make) => Array.from({ length: 1 + below(3) }, make);
  return { next, below, pick, some };
}

function namesOf(count, suffixes, { below, pick }) {
  const many = (number, name) => Array.from({ length: number }, (_, index) => name(index));
  return {
    accounts: many(
      Math.max(10, Math.floor(count / 10)),
      (index) => `cluster.local/ns/${teams[index % teams.length]}/sa/svc-${index}`,
    ),
    resources: many(
      Math.max(8, Math.floor(count / 4)),
      (index) => `/api/v${1 + (index % 3)}/res-${index}`,
    ),
    endings: allEndings.slice(0, suffixes),
    blocks: many(100, (index) => `10.${index}.${below(256) & 0xf0}.0/${pick([16, 20, 24])}`),
  };
}

function pathOf({ resources, endings }, { next, pick }) {
  const base = pick(resources);
  const kind = next();
  if (kind < 0.4) return `${base}/${pick(["list", "get", "items"])}`;
  if (kind < 0.85) return `${base}/*`;
  if (kind < 0.95) return `${base}/{*}/detail`;
  return endings.length > 0 ? `*${pick(endings)}` : base;
}

/** `wide`: how many rules are about namespaces, tokens or anybody instead of single accounts. */
function ruleOf(names, wide, dice) {
  const { next, below, pick, some } = dice;
  const source = {};
  const operation = {};
  const when = [];
  const kind = next();
  if (kind < 1 - wide) source.principals = some(() => pick(names.accounts));
  else if (kind < 1 - wide * 0.55) source.namespaces = [pick(teams)];
  else if (kind < 1 - wide * 0.22) {
    source.requestPrincipals = [pick(issuers)];
    if (next() < 0.7)
      when.push({ key: "request.auth.claims[groups]", values: [`group-${below(50)}`] });
  }
  if (next() < 0.1) source.ipBlocks = [pick(names.blocks)];
  if (next() < 0.9) operation.paths = some(() => pathOf(names, dice));
  if (next() < 0.1) operation.notPaths = [`${pick(names.resources)}/internal/*`];
  if (next() < 0.7) operation.methods = pick([...verbs, ["*"]]);
  if (next() < 0.2) operation.ports = [pick(["8080", "9090", "8443"])];
  if (next() < 0.05) when.push({ key: "request.headers[x-tenant]", values: [`t${below(20)}`] });
  return {
    ...(Object.keys(source).length > 0 ? { from: [{ source }] } : {}),
    ...(Object.keys(operation).length > 0 ? { to: [{ operation }] } : {}),
    ...(when.length > 0 ? { when } : {}),
  };
}

/** With somebody and something in it: otherwise one rule would make all others redundant. */
function limited(rule, names, dice) {
  const from = rule.from ?? [{ source: { principals: [dice.pick(names.accounts)] } }];
  const to = rule.to ?? [{ operation: { paths: [pathOf(names, dice)] } }];
  return { ...rule, from, to };
}

function narrower({ action, rule }, { next }) {
  const copy = structuredClone(rule);
  const operation = copy.to?.[0]?.operation;
  if (operation?.paths)
    operation.paths = operation.paths.map((path) => path.replace(/\/\*$/, "/deep/*")).slice(0, 1);
  if (next() < 0.5 && operation) operation.ports = ["8080"];
  return { action, rule: copy };
}

/** So many policies of one rule. `suffixes`: how many endings of paths there are. */
export function ruleSet(count, { seed = 7, wide = 0.45, suffixes = 5 } = {}) {
  const dice = diceOf(seed + count);
  const names = namesOf(count, suffixes, dice);
  const rules = [];
  for (let index = 0; index < count; index += 1) {
    if (index > 4 && dice.next() < 0.05) {
      rules.push(narrower(dice.pick(rules), dice));
      continue;
    }
    const rule = limited(ruleOf(names, wide, dice), names, dice);
    rules.push({ action: dice.next() < 0.1 ? "DENY" : "ALLOW", rule });
  }
  return rules.map(({ action, rule }, index) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `r${index}`, namespace: "prod" },
    spec: { action, rules: [rule] },
  }));
}

/** The same with one rule that takes one method more. */
export function withOneChange(policies) {
  const changed = structuredClone(policies);
  const { operation } = changed[policies.length >> 1].spec.rules[0].to[0];
  const methods = (operation.methods ?? ["GET"]).filter((method) => method !== "*");
  operation.methods = [...methods, "OPTIONS"];
  return changed;
}

/** DENY rules that together are random 3-SAT at the hard ratio: each refuses three headers that are there or not. */
export function hardRules(headers, seed = 11) {
  const { below, next } = diceOf(seed);
  const rules = Array.from({ length: Math.round(headers * 4.26) }, () => {
    const some = new Set();
    while (some.size < 3) some.add(below(headers));
    return {
      when: [...some].map((header) => ({
        key: `request.headers[x-${header}]`,
        [next() < 0.5 ? "values" : "notValues"]: ["*"],
      })),
    };
  });
  return [
    {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "hard", namespace: "prod" },
      spec: { action: "DENY", rules },
    },
  ];
}
