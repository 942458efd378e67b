import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isSet, type Part, parts } from "./read.ts";
import { routeFault } from "./route-words.ts";

const own = ["serverCertificate", "privateKey", "caCertificates"];
const lists = ["tlsCertificates", "credentialNames"];

/** The TLS settings of a server. istio/istio:pkg/config/validation/validation.go, validateTLSOptions */
export function serverTlsFaults(tls: Part): readonly Remark[] {
  const mode = textOf(tls.fields["mode"]) ?? "PASSTHROUGH";
  const has = (name: string): boolean =>
    lists.includes(name) ? isSet(tls, name) : Boolean(textOf(tls.fields[name]));
  if (mode === "ISTIO_MUTUAL")
    return [...own, ...lists, "credentialName"]
      .filter(has)
      .map((name) =>
        routeFault(
          [...tls.path, name],
          `\`${name}\` with ISTIO_MUTUAL`,
          "remove it: the mesh's own certificates are used",
        ),
      );
  const sources = [
    has("serverCertificate") && has("privateKey"),
    ...["credentialName", "credentialNames", "tlsCertificates"].map(has),
  ].filter(Boolean);
  const several =
    sources.length > 1
      ? [
          routeFault(
            tls.path,
            "certificates from several sources",
            "one of `credentialName`, `credentialNames`, `tlsCertificates`, and `serverCertificate` with `privateKey`",
          ),
        ]
      : [];
  const terminates = ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"].includes(mode);
  if (terminates && (has("credentialName") || has("credentialNames"))) return several;
  return [
    ...several,
    ...(terminates ? fileFaults(tls, mode, has) : []),
    ...crlFaults(tls, mode, has),
  ];
}

type Has = (name: string) => boolean;

function fileFaults(tls: Part, mode: string, has: Has): readonly Remark[] {
  const certificates = isSet(tls, "tlsCertificates") ? parts(tls, "tlsCertificates") : [tls];
  const hint = "name a secret in `credentialName`, or the files";
  const noAuthority = mode !== "SIMPLE" && !has("caCertificates");
  return [
    ...(noAuthority ? [routeFault(tls.path, `\`${mode}\` without \`caCertificates\``, hint)] : []),
    ...certificates.flatMap(({ path, fields }) =>
      ["serverCertificate", "privateKey"]
        .filter((name) => !textOf(fields[name]))
        .map((name) => routeFault(path, `\`${mode}\` without \`${name}\``, hint)),
    ),
  ];
}

function crlFaults(tls: Part, mode: string, has: Has): readonly Remark[] {
  if (!has("caCrl")) return [];
  const path = [...tls.path, "caCrl"];
  return [
    ...(has("credentialName")
      ? [routeFault(path, "`caCrl` beside `credentialName`", "it belongs into the secret")]
      : []),
    ...(mode === "SIMPLE" ? [routeFault(path, "`caCrl` with SIMPLE", "remove it")] : []),
  ];
}
