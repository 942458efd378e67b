import { expect, test } from "vitest";
import { authorizerRefusal } from "../src/istiod/authorization/authorizer-refusal.ts";
import type { HttpAuthorizer } from "../src/model/mesh-config.ts";

const service = "ext-authz.foo.svc.cluster.local";

function ofHttp(settings: Partial<HttpAuthorizer>): string | undefined {
  const envoyExtAuthzHttp = { service, port: 8000, ...settings };
  return authorizerRefusal({ name: "http", envoyExtAuthzHttp })?.cause;
}

const adds = (name: string, value: string): Partial<HttpAuthorizer> => ({
  includeAdditionalHeadersInCheck: { [name]: value },
});

test.each<[Partial<HttpAuthorizer>, RegExp]>([
  [{ includeRequestBodyInCheck: {} }, /needs maxRequestBytes/],
  [{ statusOnError: "0" }, /no status/],
  [{ statusOnError: "+00" }, /no status/],
  [{ timeout: "-0.5s" }, /below zero/],
  [{ timeout: "9000000000s" }, /more than Envoy takes/],
  [adds("", "x"), /empty name/],
  [adds("x\n", "x"), /line break/],
  [adds("x", "a\r"), /line break/],
  [adds("x", "a".repeat(16_385)), /16384/],
  [adds("x", "é".repeat(8193)), /16384/],
  [adds("x", "\u{1f600}".repeat(4097)), /16384/],
  [adds("é".repeat(8193), "x"), /16384/],
  [adds(":Path", "x"), /may not set `:Path`/],
  [adds("Host", "x"), /may not set `Host`/],
  ...["100%", "%", "% %", "a%b%c", "%req(x)%", "%REQ(x)", "%REQ(x):a%"].map(format),
  ...["%REQ%", "%REQ()%", "%REQ(a b)%", "%REQ(a?b?c)%"].map(format),
])("Envoy refuses an authorizer with %j", (settings, cause) => {
  expect(ofHttp(settings)).toMatch(cause);
});

function format(value: string): [Partial<HttpAuthorizer>, RegExp] {
  return [adds("x", value), /begins no command/];
}

test.each<Partial<HttpAuthorizer>>([
  {},
  { statusOnError: "503", includeRequestBodyInCheck: { maxRequestBytes: 1 } },
  { timeout: "0s" },
  { timeout: "-0s" },
  { timeout: "1h" },
  adds("A", ""),
  adds("x", "%%"),
  adds("x", "é".repeat(8192)),
  adds("x", "100%%, %REQ(:path?x-b):10% %PROTOCOL% %START_TIME(%Y-%m)%"),
])("Envoy takes an authorizer with %j", (settings) => {
  expect(ofHttp(settings)).toBeUndefined();
});

test("over gRPC a timeout may be as long as one likes", () => {
  const settings = { service, port: 9001, timeout: "9000000000s" };
  expect(authorizerRefusal({ name: "grpc", envoyExtAuthzGrpc: settings })).toBeUndefined();
});
