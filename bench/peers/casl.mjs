/* CASL: an ability for each workload; the rule that comes last wins, so DENY comes last. */
import { Ability, buildMongoQueryMatcher, subject } from "@casl/ability";
import { FieldCondition } from "@ucast/core";
import { $and, $nor, $or, and, nor, or } from "@ucast/mongo2js";
import { blockScan, keyOf, sorted, workloadsOf } from "./shared.mjs";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const $cidr = {
  type: "field",
  parse: (_instruction, value, { field }) => new FieldCondition("cidr", field, blockScan(value)),
};
const conditionsMatcher = buildMongoQueryMatcher(
  { $and, $or, $nor, $cidr },
  {
    and,
    or,
    nor,
    cidr: (condition, object, { get }) => condition.value(get(object, condition.field)),
  },
);

function queryOf({ attribute, kind, negated, values }) {
  const positive = positiveOf(attribute, kind, values);
  return negated ? { $nor: [positive] } : positive;
}

function positiveOf(attribute, kind, values) {
  if (kind === "block") return { ip: { $cidr: values } };
  if (kind === "port") return { port: { $in: values.map(Number) } };
  const { exact, prefix, suffix, present } = sorted(values);
  const any = (texts) => texts.map(escaped).join("|");
  const ways = [
    ...(exact.length === 1 ? [{ [attribute]: exact[0] }] : []),
    ...(exact.length > 1 ? [{ [attribute]: { $in: exact } }] : []),
    ...(prefix.length > 0 ? [{ [attribute]: { $regex: new RegExp(`^(?:${any(prefix)})`) } }] : []),
    ...(suffix.length > 0 ? [{ [attribute]: { $regex: new RegExp(`(?:${any(suffix)})$`) } }] : []),
    ...(present.length > 0 ? [{ [attribute]: { $ne: "" } }] : []),
  ];
  return ways.length === 1 ? ways[0] : { $or: ways };
}

const isMethods = ({ attribute, negated, values }) =>
  attribute === "method" && !negated && values.every((value) => !value.includes("*"));

function ruleOf({ deny, all }) {
  const methods = all.find(isMethods);
  const others = all.filter((one) => one !== methods).map(queryOf);
  const conditions = others.length > 1 ? { $and: others } : others[0];
  return {
    action: methods ? methods.values : "manage",
    subject: "Request",
    inverted: deny,
    ...(conditions ? { conditions } : {}),
  };
}

export function load(policies) {
  const abilities = new Map(
    workloadsOf(policies).map(({ key, conjunctions }) => [
      key,
      new Ability(conjunctions.toReversed().map(ruleOf), { conditionsMatcher }),
    ]),
  );
  return {
    prepare: (request) => ({
      ability: abilities.get(keyOf(request)),
      method: request.method,
      what: subject("Request", { ...request }),
    }),
    check: ({ ability, method, what }) => ability.can(method, what),
  };
}
