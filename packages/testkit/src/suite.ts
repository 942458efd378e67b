import type { AccessRequest, DataPlane, Decision, Layer } from "@meshproof/engine";
import type { TokenSpec } from "./token.ts";

/** A suite as its file says it, after validation: the shape of `suite.schema.json`. */
export interface Suite {
  readonly metadata?: { readonly name?: string };
  readonly spec: SuiteSpec;
}

/** What a suite says: its mesh, its names, its tests. */
export interface SuiteSpec {
  readonly mesh?: OneOrMore; // relative to the suite's file; absent: what else stands in that file
  readonly meshes?: Readonly<Record<string, OneOrMore>>; // the suite runs under each of them
  readonly include?: OneOrMore; // suites whose names this one uses
  readonly namespace?: string;
  readonly environment?: Environment;
  readonly keys?: Readonly<Record<string, string>>; // by issuer: trusted, unavailable, or a file
  readonly now?: string;
  readonly workloads?: Readonly<Record<string, StatedWorkload>>;
  readonly actors?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly tokens?: Readonly<Record<string, TokenSpec>>;
  readonly given?: RequestPart;
  readonly tests?: readonly Test[];
}

/** Which istiod, which Envoy, and how they are configured. */
export interface Environment {
  readonly istio?: string;
  readonly envoy?: string; // another patch level than the release ships
  readonly meshConfig?: Readonly<Record<string, unknown>>;
  readonly features?: Readonly<Record<string, string | boolean | number>>;
  readonly dataPlane?: DataPlane;
  readonly assume?: "filters"; // EnvoyFilters and WasmPlugins decide nothing
}

/** A workload that no file of the mesh holds. */
export interface StatedWorkload {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
  readonly addresses?: readonly string[];
  readonly ports?: Readonly<Record<string, "http" | "tcp" | "auto">>;
  readonly dataPlane?: DataPlane;
}

/** A request as far as it is given: by the suite, by a test, by a case. `from` may name several callers. */
export interface RequestPart extends Omit<AccessRequest, "from" | "to" | "token"> {
  readonly from?: OneOrMore;
  readonly to?: AccessRequest["to"];
  readonly token?: SuiteToken | readonly SuiteToken[];
}

/** A name, a raw token, "none", or a token described in place, with how it is sent. */
export type SuiteToken = string | (TokenSpec & TokenUse);

/** How a token is sent. */
export interface TokenUse {
  readonly use?: string;
  readonly raw?: string;
  readonly header?: string;
  readonly prefix?: string;
  readonly param?: string;
  readonly cookie?: string;
}

/** One assertion: a request, several cases, a matrix or a table. */
export interface Test extends Case {
  readonly name: string;
  readonly given?: RequestPart;
  readonly cases?: readonly Case[];
  readonly matrix?: Readonly<Record<string, readonly unknown[]>>;
  readonly allow?: readonly Readonly<Record<string, unknown>>[]; // the cells of the matrix that are allowed; all others are denied
  readonly table?: Table;
  readonly whoCan?: RequestPart; // without `from`: everybody is asked
  readonly exactly?: OneOrMore; // who must be allowed; all others must be denied
  readonly only?: boolean;
  readonly snapshot?: true; // its answers are those of the snapshot file
}

/** One request of a test, and what is expected of it. */
export interface Case {
  readonly name?: string;
  readonly request?: RequestPart;
  readonly variants?: readonly string[];
  readonly expect?: Expectation;
  readonly skip?: string; // why
}

/** Rows of requests: a column is a part of the request (`from`, `http.path`), `expect`, or a part of it (`expect.by`). */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What must hold. The word `deny` alone holds for a denial by a policy or mTLS, not for one by `http` or `route`. */
export type Expectation = Decision | ExpectedVerdict;

/** Everything that is given must hold. */
export interface ExpectedVerdict {
  readonly decision?: Decision;
  readonly status?: number;
  readonly by?: OneOrMore; // "shop/orders[0]"; without the index: any rule of the policy
  readonly layer?: Layer;
  readonly hop?: string; // a kind of proxy, or its name
  readonly identity?: string | null; // that the deciding proxy sees; null: none
  readonly reaches?: string; // the workload that receives it: "shop/orders", "shop/orders:8080"
  readonly reason?: string; // occurs in what the proxy gives as its reason
  readonly dryRun?: { readonly deny?: OneOrMore; readonly allow?: OneOrMore };
  readonly audit?: OneOrMore;
  readonly headers?: Readonly<Record<string, string | null>>; // what the workload receives; null: it must not
  readonly path?: string;
  readonly enforced?: boolean;
}

/** One, or a list. */
export type OneOrMore = string | readonly string[];

/** One or more as a list. */
export function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

/** `Array.isArray` does not narrow a readonly array. */
function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}
