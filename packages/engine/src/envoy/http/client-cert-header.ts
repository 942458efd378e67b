import type { CertificateField } from "../../model/program.ts";
import type { Certificate } from "../../model/request.ts";

/** Stands for the fingerprint of the client's certificate, which nobody but the two ends knows. */
const unknownHash = "0".repeat(64);

/** What Envoy says of a client certificate, as much of it as it is asked for. What only the two ends know is left blank. */
export function clientCertValue(
  certificate: Certificate,
  localUri: string | undefined,
  fields: readonly CertificateField[] = ["Subject", "URI", "DNS"],
): string {
  return [
    ...(localUri === undefined ? [] : [`By=${localUri}`]),
    `Hash=${unknownHash}`,
    ...fields.flatMap((field) => valuesOf(field, certificate)),
  ].join(";");
}

function valuesOf(field: CertificateField, certificate: Certificate): readonly string[] {
  const { uris, dns = [], subject = "" } = certificate;
  switch (field) {
    case "Cert":
    case "Chain":
      return [`${field}=""`];
    case "Subject":
      return [`Subject="${subject}"`];
    case "URI":
      return uris.length === 0 ? ["URI="] : uris.map((uri) => `URI=${uri}`);
    case "DNS":
      return dns.map((name) => `DNS=${name}`);
  }
}
