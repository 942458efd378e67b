import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, isSet, type Part, part, parts } from "./read.ts";
import { isPortNumber } from "./route-match.ts";
import { labelFaults, routeFault } from "./route-words.ts";

const headerName = /^[-A-Za-z0-9]+$/;
const times = [
  ...(["periodSeconds", "initialDelaySeconds", "timeoutSeconds"] as const),
  ...(["successThreshold", "failureThreshold"] as const),
];

/** What istiod's webhook says of a WorkloadGroup. istio/istio:pkg/config/validation/validation.go, ValidateWorkloadGroup */
export function webhookWorkloadGroup(object: Part): readonly Remark[] {
  const spec = part(object, "spec");
  if (!isPresent(spec, "template")) return [routeFault(spec.path, "no `template`")];
  const labels = labelFaults(part(spec, "metadata"), "labels");
  if (labels.length > 0 || !isPresent(spec, "probe")) return labels;
  const probe = part(spec, "probe");
  const early = times.filter((name) => (numberOf(probe.fields[name]) ?? 0) < 0);
  return [
    ...early.map((name) => routeFault([...probe.path, name], "a time or count below 0")),
    ...methodFaults(probe),
  ];
}

/** `validation.go`, validateReadinessProbe: it knows no `grpc`, which the CRD has. */
function methodFaults(probe: Part): readonly Remark[] {
  if (isPresent(probe, "httpGet")) return httpFaults(part(probe, "httpGet"));
  if (isPresent(probe, "tcpSocket")) return portFaults(part(probe, "tcpSocket"));
  const exec = part(probe, "exec");
  if (isPresent(probe, "exec"))
    return isSet(exec, "command") ? [] : [routeFault(exec.path, "no `command`")];
  return [
    routeFault(
      probe.path,
      "a probe whose method istiod does not know",
      "`httpGet`, `tcpSocket` or `exec`",
    ),
  ];
}

function httpFaults(get: Part): readonly Remark[] {
  const scheme = textOf(get.fields["scheme"]) ?? "";
  const isScheme = ["", "HTTP", "HTTPS"].includes(scheme);
  const names = parts(get, "httpHeaders").map(({ path, fields }) => ({
    path: [...path, "name"],
    name: textOf(fields["name"]) ?? "",
  }));
  return [
    ...portFaults(get),
    ...(isScheme
      ? []
      : [routeFault([...get.path, "scheme"], `\`${scheme}\` is neither HTTP nor HTTPS`)]),
    ...names
      .filter(({ name }) => !headerName.test(name))
      .map(({ path, name }) => routeFault(path, `\`${name}\` cannot be the name of a header`)),
  ];
}

function portFaults({ path, fields }: Part): readonly Remark[] {
  const port = numberOf(fields["port"]) ?? 0;
  return isPortNumber(port) ? [] : [routeFault([...path, "port"], `\`${port}\` is no port`)];
}
