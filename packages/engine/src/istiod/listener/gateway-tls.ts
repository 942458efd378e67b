import type { ServerTls } from "../../model/program.ts";
import type { TlsSettings } from "./gateway-server.ts";

/**
 * What a server asks of a client's certificate (ctx:3.3, an:PA-60): MUTUAL one of the credential's authority, ISTIO_MUTUAL one of
 * the mesh, of whatever trust domain. Undefined: TLS does not end here.
 * Who asks for names asks for a certificate, optional or not: `envoy:source/common/tls/cert_validator/default_validator.cc`.
 * Follows istio/istio:pilot/pkg/networking/core/listener.go BuildListenerTLSContext.
 */
export function serverTls(settings: TlsSettings): ServerTls | undefined {
  const stated = clientCertificates[settings.mode];
  if (stated === undefined) return undefined;
  const { subjectAltNames, insecureSkipVerify } = settings;
  const asks = stated !== "none";
  const named = asks && subjectAltNames.length > 0 && !insecureSkipVerify;
  return {
    clientCertificate: named ? "required" : stated,
    authority: settings.mode === "ISTIO_MUTUAL" ? "mesh" : "credential",
    ...(asks && subjectAltNames.length > 0 ? { subjectAltNames } : {}),
    ...(asks && insecureSkipVerify ? { acceptsUntrusted: true } : {}),
  };
}

const clientCertificates: Readonly<
  Record<TlsSettings["mode"], ServerTls["clientCertificate"] | undefined>
> = {
  SIMPLE: "none",
  MUTUAL: "required",
  OPTIONAL_MUTUAL: "optional",
  ISTIO_MUTUAL: "required",
  PASSTHROUGH: undefined,
  AUTO_PASSTHROUGH: undefined,
};
