/* Cedar in WebAssembly: a policy set for each workload, parsed before. DENY is forbid, ALLOW is permit. */
import { createRequire } from "node:module";
import { keyOf, sorted, workloadsOf } from "./shared.mjs";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const quoted = (text) => JSON.stringify(text);
const like = (text) => quoted(text).replaceAll("*", "\\*").slice(1, -1);

/** No operator of Cedar's takes a list of blocks: so many to a policy. */
const blocksEach = 50;

function expression({ attribute, kind, negated, values }) {
  const value = `context.${attribute}`;
  const positive = positiveOf(value, kind, values).join(" || ");
  return negated ? `!(${positive})` : `(${positive})`;
}

function positiveOf(value, kind, values) {
  if (kind === "block") return values.map((block) => `${value}.isInRange(ip(${quoted(block)}))`);
  if (kind === "port") return values.map((port) => `${value} == ${Number(port)}`);
  const { exact, prefix, suffix, present } = sorted(values);
  return [
    ...(exact.length === 1 ? [`${value} == ${quoted(exact[0])}`] : []),
    ...(exact.length > 1 ? [`[${exact.map(quoted).join(", ")}].contains(${value})`] : []),
    ...prefix.map((text) => `${value} like "${like(text)}*"`),
    ...suffix.map((text) => `${value} like "*${like(text)}"`),
    ...(present.length > 0 ? [`${value} != ""`] : []),
  ];
}

/** Exact principals belong into the scope: one by itself, many as members of a group, which the host states with a request. */
function scopeOf({ attribute, negated, values }, groups) {
  if (attribute !== "principal" || negated || values.some((value) => value.includes("*")))
    return undefined;
  if (values.length === 1) return `principal == Peer::${quoted(values[0])}`;
  if (values.length <= blocksEach) return undefined;
  const id = `group-${groups.size}`;
  groups.set(id, new Set(values));
  return `principal in Group::"${id}"`;
}

function policiesOf({ deny, all }, groups) {
  const scoped = all.map((one) => ({ one, scope: scopeOf(one, groups) }));
  const scope = scoped.find((each) => each.scope !== undefined);
  const others = all.filter((one) => one !== scope?.one);
  const long = others.find(
    ({ kind, negated, values }) => kind === "block" && !negated && values.length > blocksEach,
  );
  const plain = others.filter((one) => one !== long).map(expression);
  const head = `${deny ? "forbid" : "permit"}(${scope?.scope ?? "principal"}, action, resource)`;
  const policy = (parts) => `${head}${parts.length > 0 ? ` when { ${parts.join(" && ")} }` : ""};`;
  if (long === undefined) return [policy(plain)];
  return Array.from({ length: Math.ceil(long.values.length / blocksEach) }, (_, index) => {
    const values = long.values.slice(index * blocksEach, (index + 1) * blocksEach);
    return policy([...plain, expression({ ...long, values })]);
  });
}

export function load(policies) {
  const groups = new Map();
  for (const { key, conjunctions } of workloadsOf(policies)) {
    const texts = conjunctions.flatMap((one) => policiesOf(one, groups));
    const staticPolicies = Object.fromEntries(texts.map((text, index) => [`p${index}`, text]));
    const { type, errors } = cedar.preparsePolicySet(key, { staticPolicies });
    if (type !== "success") throw new Error(JSON.stringify(errors).slice(0, 300));
  }
  const members = new Map();
  for (const [id, identities] of groups)
    for (const identity of identities)
      members.set(identity, [...(members.get(identity) ?? []), { type: "Group", id }]);
  const action = { type: "Action", id: "request" };
  return {
    prepare: (request) => {
      const principal = { type: "Peer", id: request.principal };
      const parents = members.get(request.principal);
      const { namespace, method, path, port, ip } = request;
      return {
        ...{ principal, action, resource: { type: "Workload", id: keyOf(request) } },
        preparsedPolicySetId: keyOf(request),
        context: {
          ...{ principal: request.principal, namespace, method, path, port },
          ip: { __extn: { fn: "ip", arg: ip } },
        },
        entities: parents ? [{ uid: principal, attrs: {}, parents }] : [],
      };
    },
    check: (call) => cedar.statefulIsAuthorized(call).response.decision === "allow",
  };
}
