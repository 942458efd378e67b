/** Where an issuer's keys are. */
export type JwtKeys =
  | { readonly kind: "inline"; readonly jwks: string }
  | ({
      readonly kind: "uri";
      readonly uri: string;
      readonly fetcher?: "envoy" | "either";
    } & Fetched)
  | ({ readonly kind: "discovery" } & Fetched);

/** What istiod makes of keys that it is to fetch. */
export interface Fetched {
  readonly fallback?: string; // by release: a key set whose private half is known, used when there is no other
  readonly blocked?: true; // it does not connect to that address
  readonly looksFirst?: true; // by release: what is no list of keys is not handed out at first
}
