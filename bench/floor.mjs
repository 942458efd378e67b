/* The least that a decision can cost: reading one character of every attribute that is named; or one `Map.get` for each. */
import { addressOf, workloadsOf } from "./work/conjunctions.mjs";

function namesIn(policies) {
  const names = new Set();
  for (const { conjunctions } of workloadsOf(policies).slice(0, 500))
    for (const { all } of conjunctions) for (const { attribute } of all) names.add(attribute);
  return names;
}

export function touch(policies) {
  const names = namesIn(policies);
  const has = (name) => (names.has(name) ? 1 : 0);
  const [namespace, principal, method, path, ip] = [
    "namespace",
    "principal",
    "method",
    "path",
    "ip",
  ].map(has);
  return {
    check: (request) =>
      request.destination.charCodeAt(0) +
      request.app.charCodeAt(0) +
      (namespace && request.namespace.charCodeAt(0)) +
      (principal && request.principal.charCodeAt(3)) +
      (method && request.method.charCodeAt(0)) +
      (path && request.path.charCodeAt(1)) +
      (ip && addressOf(request.ip)),
  };
}

export function lookUp(policies, requests) {
  const names = namesIn(policies);
  const has = (name) => (names.has(name) ? 1 : 0);
  const [namespace, principal, method, path, ip] = [
    "namespace",
    "principal",
    "method",
    "path",
    "ip",
  ].map(has);
  const maps = Object.fromEntries(
    ["destination", "app", "namespace", "principal", "method"].map((name) => [
      name,
      new Map(requests.map((request) => [request[name], 1])),
    ]),
  );
  return {
    check: (request) =>
      maps.destination.get(request.destination) +
      maps.app.get(request.app) +
      (namespace && maps.namespace.get(request.namespace)) +
      (principal && maps.principal.get(request.principal)) +
      (method && maps.method.get(request.method)) +
      (path && request.path.charCodeAt(1)) +
      (ip && addressOf(request.ip)),
  };
}
