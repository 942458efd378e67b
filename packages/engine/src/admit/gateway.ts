import { parseAddress } from "../match/address.ts";
import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import {
  isHttp,
  isProtocol,
  isTls,
  isUnix,
  isUnixAddress,
  protocolHint,
  scopedHostFaults,
} from "./names.ts";
import { isPresent, type Part, part, parts, values } from "./read.ts";
import { isPortNumber } from "./route-match.ts";
import { isDnsLabel, routeFault } from "./route-words.ts";
import { serverTlsFaults } from "./server-tls.ts";

/**
 * What istiod's webhook says of a Gateway. Its warnings are left out.
 * Follows istio/istio:pkg/config/validation/validation.go, ValidateGateway.
 */
export function webhookGateway(object: Part): readonly Remark[] {
  const spec = part(object, "spec");
  const metadata = part(object, "metadata");
  const name = textOf(metadata.fields["name"]) ?? "";
  const servers = parts(spec, "servers");
  const names = servers.map((server) => textOf(part(server, "port").fields["name"]) ?? "");
  return [
    ...(isDnsLabel(name)
      ? []
      : [
          routeFault(
            [...metadata.path, "name"],
            `\`${name}\` cannot be the name of a Gateway`,
            "no dots, at most 63 characters",
          ),
        ]),
    ...(servers.length > 0 ? [] : [routeFault(spec.path, "a Gateway without `servers`")]),
    ...servers.flatMap((server, index) => [
      ...serverFaults(server),
      ...(names.indexOf(names[index] ?? "") < index
        ? [
            routeFault(
              [...server.path, "port", "name"],
              `\`${names[index]}\` names another port already`,
            ),
          ]
        : []),
    ]),
  ];
}

/** `validation.go`, validateServer. */
function serverFaults(server: Part): readonly Remark[] {
  const hosts = values(server, "hosts");
  const portErrors = portFaults(server);
  return [
    ...(hosts.length > 0
      ? []
      : [routeFault(server.path, "a server without `hosts`", '`["*"]` stands for all')]),
    ...hosts.flatMap((host) => scopedHostFaults(host, { isGateway: true, mayExclude: false })),
    ...portErrors,
    ...bindFaults(server),
    ...(isPresent(server, "tls") ? serverTlsFaults(part(server, "tls")) : []),
    ...(portErrors.length > 0 ? [] : tlsOfPort(server)),
  ];
}

/** `validation.go`, validateServerPort. */
function portFaults(server: Part): readonly Remark[] {
  const { path, fields } = part(server, "port");
  const number = numberOf(fields["number"]) ?? 0;
  const protocol = textOf(fields["protocol"]) ?? "";
  const isSocket = number === 0 && isUnix(textOf(server.fields["bind"]) ?? "");
  const target = numberOf(fields["targetPort"]) ?? 0;
  return [
    ...(isProtocol(protocol)
      ? []
      : [routeFault([...path, "protocol"], `\`${protocol}\` is no protocol`, protocolHint)]),
    ...(isSocket || isPortNumber(number)
      ? []
      : [routeFault([...path, "number"], `\`${number}\` is no port`)]),
    ...(target > 0
      ? [routeFault([...path, "targetPort"], "`targetPort` has no effect on Gateways", "remove it")]
      : []),
    ...(textOf(fields["name"]) ? [] : [routeFault([...path, "name"], "a port without a name")]),
  ];
}

/** `validation.go`, validateServerBind. */
function bindFaults(server: Part): readonly Remark[] {
  const bind = textOf(server.fields["bind"]) ?? "";
  const path = [...server.path, "bind"];
  const number = numberOf(part(server, "port").fields["number"]) ?? 0;
  if (!isUnix(bind))
    return bind === "" || parseAddress(bind) ? [] : [routeFault(path, `\`${bind}\` is no address`)];
  return [
    ...(isUnixAddress(bind) ? [] : [routeFault(path, `\`${bind}\` is no path of a socket`)]),
    ...(number === 0 ? [] : [routeFault(path, "a socket has no port", "write `number: 0`")]),
  ];
}

/** TLS settings where the protocol has TLS, and only there; a plain HTTP server may redirect. */
function tlsOfPort(server: Part): readonly Remark[] {
  const protocol = textOf(part(server, "port").fields["protocol"]) ?? "";
  const tls = part(server, "tls");
  const has = isPresent(server, "tls");
  if (isTls(protocol))
    return has
      ? []
      : [
          routeFault(
            server.path,
            `\`${protocol}\` without \`tls\``,
            "write `tls` with its `mode`, or a `protocol` without TLS",
          ),
        ];
  if (!has || (isHttp(protocol) && onlyRedirects(tls))) return [];
  return [
    routeFault(
      tls.path,
      `\`tls\` at a port of \`${protocol}\``,
      "write HTTPS or TLS, or remove `tls`",
    ),
  ];
}

function onlyRedirects(tls: Part): boolean {
  const mode = textOf(tls.fields["mode"]) ?? "PASSTHROUGH";
  const files = ["caCertificates", "privateKey", "serverCertificate"];
  return (
    ["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(mode) &&
    files.every((name) => !textOf(tls.fields[name]))
  );
}
