import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { parseDuration } from "./duration.ts";
import { isPresent, type Part, part } from "./read.ts";
import { durationFaults } from "./route-extras.ts";
import { routeFault } from "./route-words.ts";

/** Limits of connections. istio/istio:pkg/config/validation/validation.go, validateConnectionPool */
export function connectionPoolFaults(of: Part, name: string): readonly Remark[] {
  if (!isPresent(of, name)) return [];
  const pool = part(of, name);
  const isEmpty = !isPresent(pool, "http") && !isPresent(pool, "tcp");
  if (isEmpty) return [routeFault(pool.path, "neither `http` nor `tcp`")];
  return [...httpFaults(part(pool, "http")), ...tcpFaults(part(pool, "tcp"))];
}

const counts = [
  ...["http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries"],
  "maxConcurrentStreams",
];

function httpFaults(http: Part): readonly Remark[] {
  const alive = part(http, "http2KeepAlive");
  const { h2UpgradePolicy, useClientProtocol } = http.fields;
  const contradicts = h2UpgradePolicy === "UPGRADE" && useClientProtocol === true;
  return [
    ...counts.flatMap((name) => negative(http, name)),
    ...durationFaults(http, "idleTimeout"),
    ...(contradicts
      ? [
          routeFault(
            [...http.path, "useClientProtocol"],
            "`useClientProtocol` with UPGRADE",
            "keep one",
          ),
        ]
      : []),
    ...(isPresent(http, "http2KeepAlive")
      ? ["interval", "timeout"].flatMap((name) =>
          isPresent(alive, name)
            ? durationFaults(alive, name)
            : [routeFault(alive.path, `no \`${name}\``)],
        )
      : []),
  ];
}

function tcpFaults(tcp: Part): readonly Remark[] {
  const alive = part(tcp, "tcpKeepalive");
  const idle = parseDuration(textOf(tcp.fields["idleTimeout"]) ?? "") ?? 0n;
  const isOff = idle < 1_000_000n && idle > -1_000_000n; // 0s: never
  return [
    ...negative(tcp, "maxConnections"),
    ...["connectTimeout", "maxConnectionDuration"].flatMap((name) => durationFaults(tcp, name)),
    ...(isOff ? [] : durationFaults(tcp, "idleTimeout")),
    ...["time", "interval"].flatMap((name) => durationFaults(alive, name)),
  ];
}

function negative({ path, fields }: Part, name: string): readonly Remark[] {
  const value = numberOf(fields[name]) ?? 0;
  return value < 0 ? [routeFault([...path, name], `\`${value}\` is less than 0`)] : [];
}
