import type { ResourceKey } from "./place.ts";

/**
 * A rule in the one normal form that Envoy's and ztunnel's both fit: an AND of groups, a group an OR of alternatives, an
 * alternative an AND of clauses. Never a free tree. `when` stays factored out, equal to istiod's distribution over from and to.
 */
export interface Rule {
  readonly name: string; // Envoy's: ns[a]-policy[p]-rule[0]
  readonly policy: ResourceKey; // a PeerAuthentication for what ztunnel gets from one
  readonly index: number; // in spec.rules; -1: made by istiod, no line of YAML
  readonly groups: readonly Group[]; // []: matches everything. [{ any: [] }]: never
}

/** Some alternative of it must hold. */
export interface Group {
  readonly of: "from" | "to" | "when" | "rule";
  readonly any: readonly Alternative[];
}

/** Everything in it must hold. */
export interface Alternative {
  readonly index: number; // in from, to or when
  readonly all: readonly Clause[]; // []: true
}

/** Some value of the attribute matches `any`, and none matches `none`. A missing attribute matches nothing. */
export interface Clause {
  readonly attribute: Attribute;
  readonly field: string; // the YAML key of the positive side: principals, paths; "values" in a when
  readonly any?: readonly Matcher[]; // absent: nothing was usable on this side, it imposes nothing
  readonly none?: readonly Matcher[]; // notX, notValues
}

/** What a clause looks at. Equal attributes are equal as JSON. How a proxy reads it is said by the filter and the chain. */
export type Attribute =
  | { readonly kind: "peer" | "peer.namespace" | "peer.account" } // the identity as text; its parts, as only ztunnel reads them
  | { readonly kind: "source.ip" | "remote.ip" | "destination.ip" | "destination.port" | "sni" }
  | { readonly kind: "host" | "method" | "path" | "request.principal" }
  | { readonly kind: "header"; readonly name: string } // lower case; ":path", ":authority" ("host" too), ":method" alias the three above
  | { readonly kind: "claim"; readonly path: readonly string[] } // value or list: some element matches
  | { readonly kind: "metadata"; readonly filter: string; readonly key: string };

/** One value of one side. `of`: its index in the YAML list; several matchers may share it (trust domains, service accounts). */
export type Matcher = Pattern & { readonly of: number };

/** What a value is compared with. */
export type Pattern =
  | Text
  | { readonly kind: "cidr"; readonly family: 4 | 6; readonly low: string; readonly high: string } // hex of fixed width: text order is address order
  | { readonly kind: "port"; readonly port: number }
  | { readonly kind: "principal"; readonly issuer: Text; readonly subject: Text } // request.principal: both must hold
  | { readonly kind: "list"; readonly element: Text }; // experimental.*: "[x]"

/** A pattern of texts. */
export type Text =
  | { readonly kind: "exact" | "prefix" | "suffix"; readonly text: string; readonly fold?: true } // fold: ASCII case
  | { readonly kind: "present" } // there, even if empty
  | { readonly kind: "sequence"; readonly pieces: readonly Piece[]; readonly latin1?: true } // the whole value (latin1: by release, bytes that are no UTF-8 too); principals *x, namespaces, accounts, templates, ".+"
  | { readonly kind: "re2"; readonly source: string }; // releases that did not quote

/** Literal text, or a run of characters: `any` but a line feed; `segment`: all but "/"; `template`: Envoy's class P; `template-or-slash`. */
export type Piece =
  | string
  | { readonly run: "any" | "segment" | "template" | "template-or-slash"; readonly min: 0 | 1 };
