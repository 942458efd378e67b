import type { DataPlane } from "./kubernetes.ts";
import type { Path } from "./place.ts";
import type { Connection, HttpRequest } from "./request.ts";

/**
 * A request in the one vocabulary of flags, fixtures, the API, witnesses and JSON output. Everything is optional but `to`;
 * what is absent is unknown, derived or assumed. The raw level (`connection`, `raw`) addresses one proxy with exact bytes.
 */
export interface AccessRequest {
  readonly from?: string; // sa/NS/NAME, deploy|sts|ds|job|pod|workload/NS/NAME, spiffe://.., gateway/NS/NAME, external/IP, node, none
  readonly to: string | Destination; // svc/NS/NAME:PORT, deploy/NS/NAME:PORT, URL, host/NAME:PORT, ns/NS,label=value:PORT
  readonly http?: string | HttpParts; // "GET /api"; "GET shop.example.com/api"
  readonly grpc?: string; // package.Service/Method
  readonly token?: Token | readonly Token[];
  readonly transport?: "mtls" | "hbone" | "tls" | "plaintext";
  readonly source?: { readonly ip?: string; readonly proxyProtocol?: string };
  readonly sni?: string;
  readonly providers?: Readonly<Record<string, ProviderAnswer>>;
  readonly now?: string; // RFC 3339
  readonly connection?: Connection;
  readonly raw?: HttpRequest;
}

/** A workload that no file holds. */
export interface Destination {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
  readonly port: number;
  readonly protocol?: "http" | "tcp" | "auto";
  readonly dataPlane?: string;
  readonly name?: string;
}

/** An HTTP request in parts; what is absent is not known, but a header that is not listed is not there. */
export interface HttpParts {
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly version?: "1.0" | "1.1" | "2";
  readonly body?: string;
}

/** "none", a raw token ("ey..."), a named token, or where and how it is sent. A named token is looked up by whoever knows the names. */
export type Token = string | TokenUse;
/** A token with where and how it is sent. */
export interface TokenUse {
  readonly use?: string; // a name
  readonly raw?: string;
  readonly header?: string; // authorization
  readonly prefix?: string; // "Bearer "
  readonly param?: string;
  readonly cookie?: string;
}

/** What an external authorizer says when it is asked. */
export type ProviderAnswer =
  | "allow"
  | "deny"
  | "error"
  | { readonly allow: HeaderChange }
  | {
      readonly deny: {
        readonly status?: number;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
      };
    };

/** What an authorizer that allows a request does to its headers. */
export interface HeaderChange {
  readonly set?: Readonly<Record<string, string>>;
  readonly append?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

/** What is wrong with a request as it was written. `path`: where in it, `["http", "headers"]`. */
export interface Problem {
  readonly path: Path;
  readonly message: string; // one line, lower case, no full stop, the author's words in backticks
  readonly hint?: string; // what to write instead
}

/** What is known or wanted beyond mesh and request. */
export interface EvaluateOptions {
  readonly trace?: boolean;
  readonly now?: number; // milliseconds since 1970, for requests that state no time
  readonly namespace?: string; // of references without one
  readonly dataPlane?: DataPlane; // of workloads whose namespace says nothing
  readonly keys?: Readonly<Record<string, Keys>>; // by issuer
  readonly signatures?: Readonly<Record<string, "valid" | "invalid">>; // by the text of the token: what its maker knows
  readonly facts?: Readonly<Record<string, string>>; // by id; "filters": what every EnvoyFilter and WasmPlugin does
  readonly assume?: "none"; // every assumption becomes an unknown
  readonly alternatives?: true; // evaluate again under the other values of what was assumed, to fill in `then`
}

/** The keys of an issuer: a JWKS as text; `trusted`: those that signed the tokens of a suite. */
export type Keys = "trusted" | "unavailable" | (string & {});
