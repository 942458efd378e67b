import type { Certificate } from "../model/request.ts";

/** A SPIFFE id of the one form ztunnel knows. */
export interface Identity {
  readonly trustDomain: string;
  readonly namespace: string;
  readonly account: string;
  readonly uri: string;
}

/**
 * The identities in a certificate, in order; policies see the first, the trust domain check takes any. A URI of another
 * form counts for nothing. `ztunnel:src/tls/certificate.rs#identities`, `src/identity/manager.rs`
 */
export function identitiesOf({ uris }: Certificate): readonly Identity[] {
  return uris.flatMap((uri) => parseIdentity(uri) ?? []);
}

function parseIdentity(uri: string): Identity | undefined {
  const scheme = "spiffe://";
  if (!uri.startsWith(scheme)) return undefined;
  const parts = uri.slice(scheme.length).split("/");
  const [trustDomain = "", ns, namespace = "", sa, account = ""] = parts;
  if (parts.length !== 5 || ns !== "ns" || sa !== "sa") return undefined;
  return { trustDomain, namespace, account, uri };
}
