import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isTls } from "./names.ts";
import { isSet, type Part, part } from "./read.ts";
import { routeFault } from "./route-words.ts";
import { serverTlsFaults } from "./server-tls.ts";

/** The TLS settings of what a Sidecar takes in. istio/istio:pkg/config/validation/validation.go, ValidateSidecar */
export function ingressTlsFaults(listener: Part): readonly Remark[] {
  const tls = part(listener, "tls");
  const mode = textOf(tls.fields["mode"]) ?? "PASSTHROUGH";
  const protocol = textOf(part(listener, "port").fields["protocol"]) ?? "";
  const unsupported = [
    ...["subjectAltNames", "credentialNames", "tlsCertificates"].filter((name) => isSet(tls, name)),
    ...(tls.fields["httpsRedirect"] === true ? ["httpsRedirect"] : []),
    ...(textOf(tls.fields["credentialName"]) ? ["credentialName"] : []),
  ];
  return [
    ...unsupported.map((name) =>
      routeFault([...tls.path, name], `\`${name}\` is not supported in a Sidecar`, "remove it"),
    ),
    ...(["ISTIO_MUTUAL", "AUTO_PASSTHROUGH"].includes(mode)
      ? [
          routeFault(
            [...tls.path, "mode"],
            `\`${mode}\` is not supported in a Sidecar`,
            "SIMPLE or MUTUAL",
          ),
        ]
      : []),
    ...(isTls(protocol)
      ? []
      : [
          routeFault(
            tls.path,
            `\`tls\` at a port of \`${protocol}\``,
            "write HTTPS or TLS as `protocol`",
          ),
        ]),
    ...serverTlsFaults(tls),
  ];
}
