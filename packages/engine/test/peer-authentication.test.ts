import { expect, test } from "vitest";
import { modeOfPort, peerModes } from "../src/istiod/peer-authentication.ts";
import type { PeerAuthentication } from "../src/model/policy.ts";
import { meshOf, pa, reviews } from "./istiod-world.ts";

const app = { matchLabels: { app: "reviews" } };
const strict = { mtls: { mode: "STRICT" } } as const;
const disable = { mtls: { mode: "DISABLE" } } as const;
const permissive = { mtls: { mode: "PERMISSIVE" } } as const;

function modes(policies: readonly PeerAuthentication[], namespace = "foo"): string {
  const found = peerModes(meshOf({ policies }), { ...reviews, namespace });
  const ports = [...found.ports].map(([port, mode]) => `${port}:${mode}`);
  return [found.mode, ...ports].join(" ");
}

test.each<[string, readonly PeerAuthentication[], string]>([
  ["nothing", [], "PERMISSIVE"],
  ["the mesh", [pa("istio-system/p", strict)], "STRICT"],
  ["an empty selector is none", [pa("istio-system/p", { ...strict, selector: {} })], "STRICT"],
  ["the mesh without a mode", [pa("istio-system/p", {})], "PERMISSIVE"],
  ["the namespace over the mesh", [pa("istio-system/p", strict), pa("foo/p", disable)], "DISABLE"],
  [
    "UNSET inherits",
    [pa("istio-system/p", strict), pa("foo/p", { mtls: { mode: "UNSET" } })],
    "STRICT",
  ],
  ["another namespace", [pa("bar/p", strict)], "PERMISSIVE"],
  [
    "the workload over both",
    [pa("istio-system/p", strict), pa("foo/p", strict), pa("foo/w", { ...disable, selector: app })],
    "DISABLE",
  ],
  [
    "a selector in the root namespace has no effect",
    [pa("istio-system/p", { ...strict, selector: app })],
    "PERMISSIVE",
  ],
  [
    "another workload",
    [pa("foo/w", { ...strict, selector: { matchLabels: { app: "web" } } })],
    "PERMISSIVE",
  ],
  [
    "the older of two",
    [pa("foo/a", strict, { createdAt: 2000 }), pa("foo/b", disable, { createdAt: 1000 })],
    "DISABLE",
  ],
  ["of the same age the smaller name", [pa("foo/b", disable), pa("foo/a", strict)], "STRICT"],
  [
    "one with a timestamp is older than one without",
    [pa("foo/a", strict), pa("foo/b", disable, { createdAt: 1 })],
    "DISABLE",
  ],
  [
    "ports of the workload's policy",
    [pa("foo/w", { ...strict, selector: app, portLevelMtls: { 8080: disable.mtls } })],
    "STRICT 8080:DISABLE",
  ],
  [
    "a port that is UNSET",
    [pa("istio-system/p", strict), pa("foo/w", { selector: app, portLevelMtls: { 8080: {} } })],
    "STRICT 8080:STRICT",
  ],
  [
    "ports without a selector",
    [pa("foo/p", { ...permissive, portLevelMtls: { 8080: strict.mtls } })],
    "PERMISSIVE",
  ],
  [
    "ports of a younger policy",
    [
      pa("foo/a", { ...strict, selector: app }),
      pa("foo/b", { selector: app, portLevelMtls: { 1: disable.mtls } }),
    ],
    "STRICT",
  ],
])("%s: %j comes to %s", (_, policies, expected) => {
  expect(modes(policies)).toBe(expected);
});

test("in the root namespace only the mesh-wide policy counts", () => {
  const policies = [
    pa("istio-system/p", strict),
    pa("istio-system/w", { ...disable, selector: app }),
  ];
  expect(modes(policies, "istio-system")).toBe("STRICT");
});

test("a port without a mode of its own has the workload's", () => {
  const policies = [pa("foo/w", { ...strict, selector: app, portLevelMtls: { 80: disable.mtls } })];
  const found = peerModes(meshOf({ policies }), reviews);
  expect([modeOfPort(found, 80), modeOfPort(found, 8080), modeOfPort(found, 0)]).toEqual([
    "DISABLE",
    "STRICT",
    "STRICT",
  ]);
});

test.each<[string, readonly PeerAuthentication[], readonly string[]]>([
  [
    "a younger one",
    [pa("foo/a", strict), pa("foo/b", disable)],
    ["older-peer-authentication foo/b"],
  ],
  [
    "a selector in the root namespace",
    [pa("istio-system/p", { selector: app })],
    ["root-selector istio-system/p"],
  ],
  [
    "another selector",
    [pa("foo/p", { selector: { matchLabels: { app: "x" } } })],
    ["selector-mismatch foo/p"],
  ],
  [
    "another namespace with this selector",
    [pa("bar/p", { selector: app })],
    ["other-namespace bar/p"],
  ],
  [
    "ports without a selector",
    [pa("foo/p", { portLevelMtls: { 1: {} } })],
    ["ports-without-selector foo/p"],
  ],
])("%s is noted", (_, policies, expected) => {
  const { notes } = peerModes(meshOf({ policies }), reviews);
  expect(
    notes.map(({ because, at }) => `${because} ${at.resource.namespace}/${at.resource.name}`),
  ).toEqual(expected);
});
