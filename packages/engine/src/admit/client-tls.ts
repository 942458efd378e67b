import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, isSet, type Part, part } from "./read.ts";
import { routeFault } from "./route-words.ts";

/** The TLS settings towards a host. istio/istio:pkg/config/validation/agent, ValidateTLS */
export function clientTlsFaults(policy: Part, namespace: string): readonly Remark[] {
  if (!isPresent(policy, "tls")) return [];
  const tls = part(policy, "tls");
  const mode = textOf(tls.fields["mode"]) ?? "DISABLE";
  const has = (name: string): boolean => Boolean(textOf(tls.fields[name]));
  const usesSecret = ["SIMPLE", "MUTUAL"].includes(mode) && has("credentialName");
  const files = ["clientCertificate", "privateKey"];
  const beside = [...files, "caCertificates", "caCrl"].filter(has);
  return [
    ...secretFaults(tls, namespace),
    ...(tls.fields["insecureSkipVerify"] === true ? skippedFaults(tls, mode) : []),
    ...(usesSecret
      ? beside.map((name) =>
          routeFault([...tls.path, name], `\`${name}\` beside \`credentialName\``, "keep one"),
        )
      : []),
    ...(mode === "MUTUAL" && !usesSecret
      ? files
          .filter((name) => !has(name))
          .map((name) =>
            routeFault(
              tls.path,
              `\`MUTUAL\` without \`${name}\``,
              "or name a secret in `credentialName`, or write ISTIO_MUTUAL",
            ),
          )
      : []),
  ];
}

const configMap = "configmap://";

/** A ConfigMap is named with its namespace, which is the rule's own. */
function secretFaults(tls: Part, namespace: string): readonly Remark[] {
  const name = textOf(tls.fields["credentialName"]) ?? "";
  if (!name.startsWith(configMap)) return [];
  const [place, own = ""] = name.slice(configMap.length).split("/");
  if (own !== "" && place === namespace) return [];
  const path = [...tls.path, "credentialName"];
  return [
    routeFault(
      path,
      `\`${name}\` is no ConfigMap of this namespace`,
      `write \`${configMap}${namespace}/NAME\``,
    ),
  ];
}

/** What would be verified, and is not. */
function skippedFaults(tls: Part, mode: string): readonly Remark[] {
  const names = [
    ...(["SIMPLE", "MUTUAL"].includes(mode) && textOf(tls.fields["caCertificates"])
      ? ["caCertificates"]
      : []),
    ...(mode === "SIMPLE" && textOf(tls.fields["credentialName"]) ? ["credentialName"] : []),
    ...(["SIMPLE", "MUTUAL"].includes(mode) && isSet(tls, "subjectAltNames")
      ? ["subjectAltNames"]
      : []),
  ];
  return names.map((name) =>
    routeFault(
      [...tls.path, name],
      `\`${name}\` with \`insecureSkipVerify\``,
      "remove one of them",
    ),
  );
}
