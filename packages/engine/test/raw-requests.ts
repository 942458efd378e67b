import type { RawRequest } from "../src/envoy/http/codec.ts";
import type { Downstream } from "../src/envoy/http/mutate-headers.ts";
import type { HttpSettings } from "../src/model/program.ts";

/** How a sidecar reads requests, with what istiod tells it by default. */
export const sidecar: HttpSettings = {
  normalizePath: true,
  mergeSlashes: false,
  escapedSlashes: "keep",
  underscores: "keep",
  remoteAddress: "xff",
  trustedHops: 0,
  headerLines: "each",
  clientCertHeader: "append-forward",
};

/** How a gateway does. */
export const gateway: HttpSettings = {
  ...sidecar,
  remoteAddress: "peer",
  clientCertHeader: "sanitize-set",
};

/** A connection without TLS. */
export const plaintext: Downstream = { encrypted: false, address: () => "10.1.2.3" };

/** A request of which nothing is special. */
export const ordinary: RawRequest = {
  version: "1.1",
  method: "GET",
  target: "/a",
  host: "reviews",
  headers: [],
};
