import type { FilterChain, ServerTls } from "../model/program.ts";
import type { Certificate, Connection } from "../model/request.ts";

/** What comes of a handshake. `certificate`: the client's, as far as it showed one; "unknown": some certificate of the mesh. */
export type Handshake =
  | { readonly kind: "plaintext"; readonly text: string }
  | {
      readonly kind: "established";
      readonly text: string;
      readonly certificate?: Certificate | "unknown";
      readonly protocol?: string; // negotiated
    }
  | { readonly kind: "failed"; readonly text: string }
  | { readonly kind: "opaque"; readonly text: string };

/** The handshake of a connection with the chain that serves it (an:PA-41 to PA-47). */
export function handshake({ tls, kind }: FilterChain, connection: Connection): Handshake {
  const { transport } = connection;
  const certificate = certificateOf(connection);
  if (transport === "plaintext" && tls)
    return { kind: "failed", text: "the client does not speak TLS" };
  if (transport === "plaintext") return { kind: "plaintext", text: "plaintext" };
  if (!tls)
    return transport === "hbone"
      ? established(certificate)
      : { kind: "opaque", text: "TLS that this proxy does not terminate" };
  const text = objection(tls, certificate);
  if (text !== undefined) return { kind: "failed", text };
  const protocol = kind === "http" ? negotiate(connection.alpn ?? []) : undefined;
  return established(tls.clientCertificate === "none" ? undefined : certificate, protocol);
}

/** One-way TLS shows none; with mutual TLS, a certificate that nobody stated is unknown. */
function certificateOf({
  transport,
  certificate,
}: Connection): Certificate | "unknown" | undefined {
  return transport === "tls" ? undefined : (certificate ?? "unknown");
}

function established(
  certificate: Certificate | "unknown" | undefined,
  protocol?: string,
): Handshake {
  return {
    kind: "established",
    text: certificate ? "mutual TLS" : "TLS without a client certificate",
    ...(certificate ? { certificate } : {}),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function objection(
  tls: ServerTls,
  certificate: Certificate | "unknown" | undefined,
): string | undefined {
  if (tls.clientCertificate === "none" || certificate === "unknown") return undefined;
  if (!certificate)
    return tls.clientCertificate === "required" ? "the client shows no certificate" : undefined;
  if (certificate.untrusted && !tls.acceptsUntrusted)
    return "the client's certificate is signed by an authority that is not trusted";
  const names = [...certificate.uris, ...(certificate.dns ?? [])];
  const { trustDomains, subjectAltNames } = tls;
  if (trustDomains && !names.some((name) => ofTrustDomain(name, trustDomains)))
    return "the client's certificate belongs to a foreign trust domain";
  if (subjectAltNames && !names.some((name) => subjectAltNames.includes(name)))
    return "the client's certificate has none of the names that the server asks for";
  return undefined;
}

/** A prefix that ends in a slash, so that `cluster.localx` is not `cluster.local` (an:PA-43, an:PA-44). */
function ofTrustDomain(name: string, trustDomains: readonly string[]): boolean {
  return trustDomains.some((domain) => name.startsWith(`spiffe://${domain}/`));
}

/** What the server prefers of what the client offers: `istio/istio:pilot/pkg/networking/util/util.go`, ALPNHttp. */
function negotiate(offered: readonly string[]): string | undefined {
  return ["h2", "http/1.1"].find((protocol) => offered.includes(protocol));
}
