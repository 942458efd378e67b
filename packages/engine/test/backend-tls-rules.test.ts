import { expect, test } from "vitest";
import { backendTlsRules } from "../src/journey/backend-tls-policy.ts";
import type { Other } from "../src/model/kubernetes.ts";
import { handMesh, handObject, handService } from "./mesh.ts";

const entry = (reference: string, host: string): Other =>
  handObject(`ServiceEntry/${reference}`, {
    hosts: [host],
    ports: [{ name: "tls", number: 443 }],
  });
const policy = (...targetRefs: readonly object[]): Other =>
  handObject("BackendTLSPolicy/shop/b", { targetRefs, validation: { hostname: "a" } });

/** The hosts that policies are about, with the ports that they name. */
function hostsOf(...others: readonly Other[]): readonly (readonly [string, readonly unknown[]])[] {
  const services = [handService("shop/pay", [{ port: 80, name: "http" }])];
  return backendTlsRules(handMesh({ others, services })).map(
    ({ host, policy: { portLevelSettings } = {} }) => [
      host,
      (Array.isArray(portLevelSettings) ? portLevelSettings : []).map((each) => each.port),
    ],
  );
}

test("a BackendTLSPolicy is about the ServiceEntry or the Service of that name in its namespace", () => {
  const decoys = [
    handObject("VirtualService/shop/pay", { hosts: ["decoy"] }),
    entry("other/pay", "elsewhere.example"),
  ];
  const own = entry("shop/pay", "pay.example");
  const target = { kind: "ServiceEntry", name: "pay" };
  expect(hostsOf(...decoys, own, policy(target))).toEqual([["pay.example", []]]);
  expect(hostsOf(...decoys, policy(target))).toEqual([]);
  expect(hostsOf(own, policy({ ...target, sectionName: "tls" }))).toEqual([
    ["pay.example", [{ number: 443 }]],
  ]);
  expect(hostsOf(own, policy({ kind: "Service", name: "pay" }))).toEqual([
    ["pay.shop.svc.cluster.local", []],
  ]);
  expect(hostsOf(own, policy({ kind: "Gateway", name: "pay" }))).toEqual([]);
});
