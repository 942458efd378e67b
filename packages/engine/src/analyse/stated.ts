import type { Condition, Operation, PolicyRule, Source } from "../model/policy.ts";
import { itemsOf, objectOf, refuseOther, refuseUnknown } from "../parse/known-keys.ts";
import type { AnalyseOptions, Budget, Invariant, InvariantTarget, Requests } from "./api.ts";

/** The keys of a type, each once. */
type KeysOf<Type> = Readonly<Record<keyof Required<Type>, true>>;

const optionKeys: KeysOf<AnalyseOptions> = {
  budget: true,
  regions: true,
  dataPlane: true,
  only: true,
  service: true,
  assume: true,
  values: true,
};
const budgetKeys: KeysOf<Budget> = { states: true, nodes: true, steps: true, conflicts: true };
const invariantKeys: KeysOf<Invariant> = {
  name: true,
  target: true,
  requests: true,
  expect: true,
  vacuous: true,
};
const targetKeys: KeysOf<InvariantTarget> = {
  through: true,
  calls: true,
  namespace: true,
  workload: true,
  labels: true,
};
const requestKeys: KeysOf<Requests> = {
  from: true,
  to: true,
  when: true,
  protocol: true,
  token: true,
  not: true,
  anyOf: true,
};
const sourceKeys: KeysOf<Source> = {
  principals: true,
  notPrincipals: true,
  requestPrincipals: true,
  notRequestPrincipals: true,
  namespaces: true,
  notNamespaces: true,
  serviceAccounts: true,
  notServiceAccounts: true,
  trustDomains: true,
  notTrustDomains: true,
  ipBlocks: true,
  notIpBlocks: true,
  remoteIpBlocks: true,
  notRemoteIpBlocks: true,
};
const operationKeys: KeysOf<Operation> = {
  hosts: true,
  notHosts: true,
  ports: true,
  notPorts: true,
  methods: true,
  notMethods: true,
  paths: true,
  notPaths: true,
};
const conditionKeys: KeysOf<Condition> = { key: true, values: true, notValues: true };
const verbs = ["allowed-only-if", "no-wider-than", "same-as", "only-with-provider"];
const planes = ["sidecar", "ambient", "gateway", "waypoint", "proxyless", "none"];

/** Throws a TypeError for options that there are not: what would be passed over was meant. */
export function checkOptions(options: AnalyseOptions): void {
  refuseUnknown(objectOf(options, "the options"), optionKeys, "the options");
  refuseOther(options.dataPlane, planes, "`dataPlane`");
  refuseOther(options.assume, ["filters"], "`assume`");
  if (options.budget) refuseUnknown(objectOf(options.budget, "`budget`"), budgetKeys, "`budget`");
}

/** Throws a TypeError for an invariant that says something nobody would read. */
export function checkInvariant(invariant: Invariant): void {
  const { name, target, requests, expect, vacuous } = invariant;
  const where = `the invariant ${JSON.stringify(name) ?? "without a name"}`;
  refuseUnknown(invariant, invariantKeys, where);
  refuseOther(vacuous, ["ok"], `\`vacuous\` of ${where}`);
  if (target) refuseUnknown(objectOf(target, "`target`"), targetKeys, `\`target\` of ${where}`);
  if (target?.calls !== undefined && target.through === undefined)
    throw new TypeError(
      `\`target\` of ${where} has \`calls\` and no \`through\` that says who calls`,
    );
  if (requests) checkRequests(requests);
  checkExpected(expect, `\`expect\` of ${where}`);
}

function checkExpected(expect: Invariant["expect"], where: string): void {
  if (typeof expect === "string") {
    refuseOther(expect, ["never-allowed", "always-allowed"], where);
    return;
  }
  const known = Object.fromEntries(verbs.map((verb) => [verb, true]));
  refuseUnknown(objectOf(expect, where), known, where);
  if (Object.keys(expect).length !== 1)
    throw new TypeError(`${where} must have one of ${verbs.join(", ")}`);
  if (!("allowed-only-if" in expect)) return;
  for (const [at, each] of itemsOf(expect["allowed-only-if"], "`allowed-only-if`").entries())
    checkRequests(each, `allowed-only-if[${at}]`);
}

/** Throws a TypeError for requests with a key that there is not, a list that is none, or an empty one. */
export function checkRequests(requests: unknown, where = "requests"): void {
  const stated: Requests = objectOf(requests, `\`${where}\``);
  refuseUnknown(stated, requestKeys, `\`${where}\``);
  const { protocol, token, not, anyOf } = stated;
  refuseOther(protocol, ["http", "tcp"], `\`${where}.protocol\``);
  refuseOther(token, ["none", "accepted"], `\`${where}.token\``);
  checkRule(stated, where);
  if (not !== undefined) checkRequests(not, `${where}.not`);
  if (anyOf === undefined) return;
  for (const [at, each] of itemsOf(anyOf, `\`${where}.anyOf\``).entries())
    checkRequests(each, `${where}.anyOf[${at}]`);
}

function checkRule({ from, to, when }: PolicyRule, where: string): void {
  entries(from, `${where}.from`, { source: true }, ({ source }, at) =>
    checkFields(source, sourceKeys, `${at}.source`),
  );
  entries(to, `${where}.to`, { operation: true }, ({ operation }, at) =>
    checkFields(operation, operationKeys, `${at}.operation`),
  );
  entries(when, `${where}.when`, conditionKeys, ({ key, ...values }, at) => {
    if (typeof key !== "string") throw new TypeError(`\`${at}.key\` must be a text`);
    checkFields(values, conditionKeys, at);
  });
}

function entries<Entry extends object>(
  list: readonly (Entry | null)[] | undefined,
  where: string,
  keys: object,
  check: (entry: Entry, where: string) => void,
): void {
  if (list === undefined) return;
  itemsOf(list, `\`${where}\``);
  for (const [index, entry] of list.entries()) {
    const at = `${where}[${index}]`;
    if (entry === null) continue;
    refuseUnknown(objectOf(entry, `\`${at}\``), keys, `\`${at}\``);
    check(entry, at);
  }
}

/** Fields that are lists of texts. */
function checkFields(fields: object | undefined, keys: object, where: string): void {
  refuseUnknown(objectOf(fields, `\`${where}\``), keys, `\`${where}\``);
  for (const [key, values] of Object.entries(fields ?? {})) {
    if (values === undefined) continue;
    const strange = itemsOf(values, `\`${where}.${key}\``).find((each) => typeof each !== "string");
    if (strange !== undefined)
      throw new TypeError(`\`${where}.${key}\` must be texts: ${JSON.stringify(strange)} is none`);
  }
}
