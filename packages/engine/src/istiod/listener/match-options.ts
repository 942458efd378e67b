import type { FilterChain, ProxyPort } from "../../model/program.ts";
import type { Mode } from "../peer-authentication.ts";

/** One of the filter chains that a port gets: which connections it takes, and whether it ends their mutual TLS. */
export interface MatchOption {
  readonly kind: Exclude<FilterChain["kind"], "blackhole">;
  readonly transport: "tls" | "raw_buffer";
  readonly alpn?: readonly string[];
  readonly terminates?: true;
}

const meshHttp = ["istio-http/1.0", "istio-http/1.1", "istio-h2"];
const meshTcp = ["istio-peer-exchange", "istio"];
const meshAny = ["istio", "istio-peer-exchange", ...meshHttp];
const plainHttp = ["http/1.1", "h2c"];
const plainHttp10 = ["http/1.0", ...plainHttp];

type Options = readonly MatchOption[];

/** The chains of a port by its mode and protocol (an:PA-23). Follows istio/istio:pilot/pkg/networking/core/filterchain_options.go. */
export function matchOptions(
  mode: Mode,
  protocol: ProxyPort["protocol"],
  { http10 }: { readonly http10: boolean },
): Options {
  const sniffed: MatchOption = {
    kind: "http",
    transport: "raw_buffer",
    alpn: http10 ? plainHttp10 : plainHttp,
  };
  if (protocol === "auto") return auto(mode, sniffed);
  return declared(mode, protocol);
}

function declared(mode: Mode, kind: "http" | "tcp"): Options {
  const plaintext: MatchOption = { kind, transport: "raw_buffer" };
  switch (mode) {
    case "STRICT":
      return [{ kind, transport: "tls", terminates: true }];
    case "PERMISSIVE": {
      const mesh: MatchOption = { kind, transport: "tls", alpn: meshAny, terminates: true };
      return kind === "http" ? [mesh, plaintext] : [mesh, { kind, transport: "tls" }, plaintext];
    }
    case "DISABLE":
      return [plaintext];
  }
}

function auto(mode: Mode, sniffed: MatchOption): Options {
  const mesh: MatchOption = { kind: "http", transport: "tls", alpn: meshHttp, terminates: true };
  const bytes: MatchOption = { kind: "tcp", transport: "raw_buffer" };
  switch (mode) {
    case "STRICT":
      return [mesh, { kind: "tcp", transport: "tls", terminates: true }];
    case "PERMISSIVE":
      return [
        mesh,
        sniffed,
        { kind: "tcp", transport: "tls", alpn: meshTcp, terminates: true },
        bytes,
        { kind: "tcp", transport: "tls" },
      ];
    case "DISABLE":
      return [sniffed, bytes];
  }
}
