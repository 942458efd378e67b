/* casbin: an enforcer for each workload; the line that comes first decides, so DENY comes first. */
import { newEnforcer, newModel, StringAdapter, Util } from "casbin";
import { keyOf, textTest, workloadsOf } from "./shared.mjs";

const model = `[request_definition]
r = principal, namespace, ip, method, path, port
[policy_definition]
p = principal, namespace, ip, method, path, port, eft
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = text(r.method, p.method) && text(r.namespace, p.namespace) && text(r.principal, p.principal) && text(r.path, p.path) && port(r.port, p.port) && block(r.ip, p.ip)`;

const tests = new Map();

function text(value, pattern) {
  if (pattern === "*") return true;
  const known = tests.get(pattern) ?? testOf(pattern);
  tests.set(pattern, known);
  return known(value);
}

function testOf(pattern) {
  const negated = pattern.startsWith("!");
  const test = textTest((negated ? pattern.slice(1) : pattern).split("|"));
  return negated ? (value) => !test(value) : test;
}

const block = (value, pattern) => pattern === "*" || Util.ipMatchFunc(value, pattern);
const port = (value, pattern) => pattern === "*" || pattern.split("|").includes(value);
const anything = { principal: "*", namespace: "*", ip: "*", method: "*", path: "*", port: "*" };

/** Long lists become a line for each value, as a database of policies would have them. */
function linesOf({ deny, all }) {
  let rows = [anything];
  for (const { attribute, negated, values } of all)
    rows =
      attribute === "ip" || values.length > 1000
        ? rows.flatMap((row) => values.map((value) => ({ ...row, [attribute]: value })))
        : rows.map((row) => ({ ...row, [attribute]: `${negated ? "!" : ""}${values.join("|")}` }));
  const effect = deny ? "deny" : "allow";
  return rows.map((row) => [
    row.principal,
    row.namespace,
    row.ip,
    row.method,
    row.path,
    row.port,
    effect,
  ]);
}

export async function load(policies) {
  const enforcers = new Map();
  for (const { key, conjunctions } of workloadsOf(policies)) {
    const enforcer = await newEnforcer(
      newModel(model),
      new StringAdapter("p, *, *, *, *, *, *, allow"),
    );
    for (const [name, test] of Object.entries({ text, block, port }))
      await enforcer.addFunction(name, test);
    enforcer.clearPolicy();
    enforcer.getModel().addPolicies("p", "p", conjunctions.flatMap(linesOf));
    enforcers.set(key, enforcer);
  }
  return {
    prepare: (request) => {
      const { principal, namespace, ip, method, path, port: number } = request;
      return [enforcers.get(keyOf(request)), principal, namespace, ip, method, path, `${number}`];
    },
    check: ([enforcer, ...values]) => enforcer.enforceSync(...values),
  };
}
