/** What reaches one proxy: a connection as its listener accepts it. The raw level of the vocabulary. */
export interface Connection {
  readonly transport: "plaintext" | "tls" | "mtls" | "hbone"; // tls: no client certificate
  readonly sourceIp?: string; // absent: unknown
  readonly destinationIp?: string;
  readonly destinationPort: number;
  readonly alpn?: readonly string[]; // as the client offers it, in its order
  readonly sni?: string;
  readonly certificate?: Certificate; // the client's
  readonly silent?: true; // connects and sends nothing
  readonly proxyProtocol?: string; // the client address a PROXY header states
  readonly carries?: OpenedTls; // within its own TLS: TLS that a proxy before passed on
  readonly service?: string; // at a waypoint: the host of the Service that is addressed; its address need not be known then
}

/** TLS as its client opens it. */
export type OpenedTls = Pick<Connection, "transport" | "sni" | "alpn" | "certificate" | "carries">;

/** What a client certificate says. */
export interface Certificate {
  readonly uris: readonly string[]; // "spiffe://cluster.local/ns/shop/sa/web"
  readonly dns?: readonly string[];
  readonly subject?: string; // as Envoy prints it
  readonly untrusted?: true; // signed by a CA the mesh does not know
}

/**
 * One HTTP request as the client writes it: byte strings, one character a byte (U+0000 to U+00FF).
 * A part that is undefined is unknown; `host: null` says there is none.
 */
export interface HttpRequest {
  readonly version: "1.0" | "1.1" | "2";
  readonly method?: string;
  readonly target?: string; // the request target: path and query, or absolute form
  readonly host?: string | null;
  readonly headers: readonly Header[]; // in order, names as written
  readonly otherHeaders?: "unknown" | readonly string[]; // headers that are not listed may be there: any, or these. Absent: none
  readonly body?: string;
}
/** A header line. */
export type Header = readonly [name: string, value: string];
