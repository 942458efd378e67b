import type { Certificate } from "../../model/request.ts";

/** Stands for the fingerprint of the client's certificate, which nobody but the two ends knows. */
const unknownHash = "0".repeat(64);

/** What Envoy says of a client certificate. istiod asks for subject, URI and DNS names, at a gateway for the `whole` one too, which nobody knows: `istio/istio:pilot/pkg/networking/core/listener.go` */
export function clientCertValue(
  { uris, dns = [], subject = "" }: Certificate,
  localUri: string | undefined,
  whole: boolean,
): string {
  return [
    ...(localUri === undefined ? [] : [`By=${localUri}`]),
    `Hash=${unknownHash}`,
    ...(whole ? ['Cert=""'] : []),
    `Subject="${subject}"`,
    ...(uris.length === 0 ? ["URI="] : uris.map((uri) => `URI=${uri}`)),
    ...dns.map((name) => `DNS=${name}`),
  ].join(";");
}
