import { describe, expect, test } from "vitest";
import {
  arrivalText,
  outward,
  routeMesh,
  virtualService,
  waysText,
  wayText,
} from "./route-world.ts";

describe("a VirtualService that delegates", () => {
  const delegate = (spec: string, namespace = "s"): string =>
    virtualService("part", spec).replace("namespace: s", `namespace: ${namespace}`);
  const root = (rule: string): string => virtualService("root", `{hosts: [shop], http: [${rule}]}`);
  const rule =
    "{name: root, match: [{uri: {prefix: /a}}], rewrite: {uri: /r}, delegate: {name: part}}";
  const to = "route: [{destination: {host: other}}]";
  const at = (index: number, name: string): string =>
    `shop.s.svc.cluster.local:80[${index}] ${name} -> other.s:80`;
  test.each<[string, string, string, string, string]>([
    ["takes over the rules", rule, `{http: [{name: d, ${to}}]}`, "/a/b", at(0, "root-d")],
    ["under its own match", rule, `{http: [{${to}}]}`, "/b", "404"],
    [
      "that the delegate narrows",
      rule,
      `{http: [{name: d, match: [{uri: {prefix: /a/b}}], ${to}}]}`,
      "/a/c",
      "404",
    ],
    [
      "but does not leave",
      rule,
      `{http: [{name: d, match: [{uri: {prefix: /c}}], ${to}}]}`,
      "/c",
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    ],
    [
      "nor by an expression",
      rule,
      `{http: [{match: [{uri: {regex: "/a/.*"}}], ${to}}]}`,
      "/a/b",
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    ],
    [
      "a match without a path has the root's",
      rule,
      `{http: [{name: d, match: [{method: {exact: GET}}], ${to}}]}`,
      "/a",
      at(0, "root-d"),
    ],
    [
      "to nobody loses the rule alone",
      "{match: [{uri: {prefix: /a}}], delegate: {name: none}}, {route: [{destination: {host: other}}]}",
      `{http: [{${to}}]}`,
      "/a",
      at(0, "-"),
    ],
    [
      "to one that is not exported to it",
      rule,
      `{exportTo: [c], http: [{${to}}]}`,
      "/a",
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    ],
    [
      "to one with hosts of its own, which is no delegate",
      rule,
      `{hosts: [www.example.com], http: [{${to}}]}`,
      "/a",
      "shop.s.svc.cluster.local:80[0] default -> shop.s:80",
    ],
  ])("%s", (_name, rootRule, spec, target, way) => {
    const mesh = routeMesh(`${root(rootRule)}---\n${delegate(spec)}`);
    expect(wayText(outward(mesh, { host: "shop.s", target }))).toBe(way);
  });

  test("what the delegate does not say comes from the root, names from the delegate's namespace", () => {
    const far = rule.replace("name: part", "name: part, namespace: d");
    const mesh = routeMesh(
      `${root(far)}---\n${delegate("{http: [{route: [{destination: {host: other}}]}]}", "d")}`,
    );
    const hop = outward(mesh, { host: "shop.s", target: "/a/b" });
    expect(waysText(hop.onward?.ways ?? [])).toBe("other.d:80");
    expect(arrivalText(hop)).toBe("/r/b of shop.s {x-envoy-original-path: /a/b}");
    expect(hop.onward?.rule?.name).toBe("root");
  });
});
