/*
 * A log of the bench's requests in three forms: our own words with everything that a request of the bench says, the short form of them,
 * as anything may write it, and what a sidecar writes in Istio's default JSON, which names addresses: whose they are, Pods tell.
 */
import { closeSync, openSync, writeSync } from "node:fs";

/** All that a request says, each to its workload and with its own path. */
export function wholeLine({ principal, ip, destination, app, method, path, host, port }, index) {
  return {
    from: `spiffe://${principal}`,
    source: { ip },
    to: `ns/${destination},app=${app}:${port}`,
    http: { method, path: `${path}/${index}`, host, headers: { "x-env": "prod" } },
  };
}

/** The same without address, host and headers. */
export function shortLine({ principal, destination, app, method, path, port }, index) {
  const [, , namespace, , account] = principal.split("/");
  return {
    from: `sa/${namespace}/${account}`,
    to: `ns/${destination},app=${app}:${port}`,
    http: `${method} ${path}/${index}`,
  };
}

/** The fields and their order: istio:pilot/pkg/model/telemetry_logging.go. */
export function envoyLine({ principal, method, path }, index) {
  const to = `${addressOf("server")}:8080`;
  return {
    start_time: new Date(1_790_000_000_000 + index * 7).toISOString(),
    method,
    path: `${path}/${index}`,
    protocol: "HTTP/1.1",
    response_code: 200,
    response_flags: "-",
    response_code_details: "via_upstream",
    connection_termination_details: null,
    upstream_transport_failure_reason: null,
    bytes_received: 0,
    bytes_sent: 1500 + (index % 700),
    duration: index % 90,
    upstream_service_time: `${index % 80}`,
    x_forwarded_for: null,
    user_agent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0",
    request_id: `9f4c2a10-7d3e-4b58-a1c6-${index.toString(16).padStart(12, "0")}`,
    authority: "server.served.svc.cluster.local:8080",
    upstream_host: to,
    upstream_cluster: "inbound|8080||",
    upstream_local_address: `127.0.0.6:${30_000 + (index % 20_000)}`,
    downstream_local_address: to,
    downstream_remote_address: `${addressOf(principal)}:${30_000 + (index % 20_000)}`,
    requested_server_name: "outbound_.8080_._.server.served.svc.cluster.local",
    route_name: "default",
  };
}

const addresses = new Map([["server", "10.1.0.1"]]);

function addressOf(name) {
  const known = addresses.get(name);
  if (known !== undefined) return known;
  const index = addresses.size + 1;
  addresses.set(name, `10.1.${index >> 8}.${index & 255}`);
  return addresses.get(name);
}

/** The Pod of each caller, and of the workload whose sidecar writes. */
export function podsOf(requests, { namespace, app }) {
  const callers = [...new Set(requests.map(({ principal }) => principal))];
  const pod = (name, own) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...{ name: `${own.app}-1`, namespace: own.namespace, labels: { app: own.app } },
      annotations: { "sidecar.istio.io/status": "{}" },
    },
    spec: {
      serviceAccountName: own.account,
      containers: [{ name: "app", ports: [{ containerPort: 8080, name: "http" }] }],
    },
    status: { podIP: addressOf(name) },
  });
  return [
    pod("server", { namespace, app, account: "default" }),
    ...callers.map((principal, index) => {
      const [, , own, , account] = principal.split("/");
      return pod(principal, { namespace: own, app: `caller-${index}`, account });
    }),
  ];
}

/** Writes so many lines. */
export function writeLog(path, lines, lineOf) {
  const file = openSync(path, "w");
  let text = "";
  for (let index = 0; index < lines; index += 1) {
    text += `${JSON.stringify(lineOf(index))}\n`;
    if (text.length > 2 ** 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
}
