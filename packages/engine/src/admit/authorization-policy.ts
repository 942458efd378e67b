import type { Release } from "../model/mesh.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { behaves } from "../release.ts";
import { crdAttachment, webhookAttachment } from "./attachment.ts";
import { webhookCondition } from "./condition.ts";
import { webhookCustom } from "./custom.ts";
import { isAboutPorts, webhookOperation } from "./operation.ts";
import { isAnySet, isPresent, type Part, part, parts, when } from "./read.ts";
import { crdSource, tcpSourceFields, webhookSource } from "./source.ts";

/** The CRD's rules for an AuthorizationPolicy (istio/istio:manifests/charts/base/files/crd-all.gen.yaml, az:15.2). */
export function crdAuthorizationPolicy(spec: Part): readonly Remark[] {
  const sources = parts(spec, "rules")
    .flatMap((rule) => parts(rule, "from"))
    .map((from) => part(from, "source"));
  return [...crdAttachment(spec), ...sources.flatMap(crdSource)];
}

/** What istiod's webhook says of one (istio/istio:pkg/config/validation/validation.go ValidateAuthorizationPolicy, az:15.5, 15.6). */
export function webhookAuthorizationPolicy(spec: Part, release: Release): readonly Remark[] {
  const action = textOf(spec.fields["action"]) ?? "ALLOW";
  const readsTrustDomains = behaves(release, "trust-domains");
  const rules = parts(spec, "rules");
  return [
    ...webhookAttachment(spec),
    ...(action === "CUSTOM" ? webhookCustom(spec, readsTrustDomains) : strayProvider(spec, action)),
    ...when((action === "CUSTOM" || action === "DENY") && rules.length === 0, {
      code: "webhook/no-rules",
      path: [...spec.path, "action"],
      message: `a ${action} policy without \`rules\` never matches`,
      hint: "write `rules: [{}]` to match every request",
    }),
    ...rules.flatMap((rule) => [
      ...webhookRule(rule, release),
      ...(action === "DENY" ? tcpWarning(rule) : []),
    ]),
  ];
}

function strayProvider(spec: Part, action: string): readonly Remark[] {
  return when(isPresent(spec, "provider"), {
    code: "webhook/stray-provider",
    path: [...spec.path, "provider"],
    at: "key",
    message: `\`provider\` is for CUSTOM, not for ${action}`,
    hint: "remove it, or write `action: CUSTOM`",
  });
}

function webhookRule(rule: Part, release: Release): readonly Remark[] {
  const readsTrustDomains = behaves(release, "trust-domains");
  return [
    ...parts(rule, "from").flatMap((from) =>
      isPresent(from, "source")
        ? webhookSource(part(from, "source"), readsTrustDomains)
        : missing(from, "source"),
    ),
    ...parts(rule, "to").flatMap((to) =>
      isPresent(to, "operation")
        ? webhookOperation(part(to, "operation"))
        : missing(to, "operation"),
    ),
    ...parts(rule, "when").flatMap((condition) => webhookCondition(condition, release)),
  ];
}

function missing({ path }: Part, name: string): readonly Remark[] {
  return [
    {
      code: "webhook/missing-part",
      path,
      message: `an item of \`${String(path.at(-2))}\` without \`${name}\``,
      hint: `put the fields below \`${name}:\``,
    },
  ];
}

/** A rule of a DENY policy that has only HTTP attributes: on TCP ports they all count as matched (az:VAL-W2). */
function tcpWarning(rule: Part): readonly Remark[] {
  const sources = parts(rule, "from").filter((from) => isPresent(from, "source"));
  const operations = parts(rule, "to").filter((to) => isPresent(to, "operation"));
  const isTcpSource = sources.some((from) => isAnySet(part(from, "source"), tcpSourceFields));
  const isTcpOperation = operations.some((to) => isAboutPorts(part(to, "operation")));
  const onlyHttpFrom = sources.length > 0 && operations.length === 0 && !isTcpSource;
  return when(onlyHttpFrom || (operations.length > 0 && !isTcpOperation), {
    code: "webhook/denies-tcp",
    path: rule.path,
    message: "this rule denies all traffic to TCP ports: it has only HTTP attributes",
    hint: "state the `ports` that speak HTTP",
  });
}
