import type { MeshConfig } from "../model/mesh-config.ts";
import type { Path } from "../model/place.ts";
import { type Fields, isFields } from "./objects.ts";
import { didYouMean } from "./suggest.ts";

/** What a field of the mesh config holds; `fields` of a message, whose other fields stay as they are. */
type Form =
  | "text"
  | "number"
  | "boolean"
  | "mapping" // of anything: its keys are the user's
  | { readonly oneOf: readonly string[] }
  | { readonly list: Form }
  | { readonly fields: Readonly<Record<string, Form>> };

const texts: Form = { list: "text" };
const authorizer: Readonly<Record<string, Form>> = {
  service: "text",
  port: "number",
  timeout: "text",
  failOpen: "boolean",
  statusOnError: "text",
  clearRouteCache: "boolean",
  includeRequestBodyInCheck: {
    fields: { maxRequestBytes: "number", allowPartialMessage: "boolean", packAsBytes: "boolean" },
  },
};

const visibilities = ["VISIBILITY_UNSPECIFIED", "NONE", "NAMESPACE", "PUBLIC"];

/** The fields that decide a request (istio/api:mesh/v1alpha1/config.proto). */
const meshConfig: Form = {
  fields: {
    rootNamespace: "text",
    trustDomain: "text",
    trustDomainAliases: texts,
    caCertificates: { list: { fields: { trustDomains: texts } } },
    pathNormalization: {
      fields: {
        normalization: {
          oneOf: ["DEFAULT", "NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"],
        },
      },
    },
    extensionProviders: {
      list: {
        fields: {
          name: "text",
          envoyExtAuthzHttp: {
            fields: {
              ...authorizer,
              pathPrefix: "text",
              includeHeadersInCheck: texts,
              includeRequestHeadersInCheck: texts,
              includeAdditionalHeadersInCheck: "mapping",
              headersToUpstreamOnAllow: texts,
              headersToDownstreamOnDeny: texts,
              headersToDownstreamOnAllow: texts,
            },
          },
          envoyExtAuthzGrpc: { fields: authorizer },
        },
      },
    },
    defaultConfig: {
      fields: {
        gatewayTopology: {
          fields: {
            numTrustedProxies: "number",
            forwardClientCertDetails: "text",
            proxyProtocol: "mapping",
          },
        },
        connectionSettings: "mapping",
        proxyMetadata: "mapping",
      },
    },
    enableAutoMtls: "boolean",
    outboundTrafficPolicy: { fields: { mode: "text" } },
    protocolDetectionTimeout: "text",
    discoverySelectors: { list: "mapping" },
    serviceEntryVisibility: {
      fields: {
        defaultVisibility: { oneOf: visibilities },
        applyToSidecars: "boolean",
        policies: {
          list: {
            fields: {
              visibility: { oneOf: visibilities },
              matchingRules: { list: { fields: { namespaceSelector: "mapping" } } },
            },
          },
        },
      },
    },
  },
};

/** Fields that decide nothing, and are nearly called like one that does. */
const others: ReadonlySet<string> = new Set(["certificates"]);

/** What the mesh config cannot have where it stands, or was to be something else. */
export interface Misfit {
  readonly code: "schema/wrong-type" | "schema/wrong-value" | "schema/unknown-field";
  readonly path: Path; // as it is written
  readonly message: string;
  readonly hint?: string | undefined;
}

/**
 * A mesh config under Istio's field names; snake_case is understood, as protobuf does. What has the wrong type is left out and
 * named: istiod would not start with it. So is a field that is nearly one that decides: istiod passes over it without a word.
 */
export function decodeMeshConfig(fields: Fields): {
  readonly config: MeshConfig;
  readonly misfits: readonly Misfit[];
} {
  const misfits: Misfit[] = [];
  const config = decode(meshConfig, fields, [], misfits);
  return { config: isFields(config) ? config : {}, misfits };
}

/** What is wrong with a mesh config that is stated apart from any object. */
export function meshConfigMisfits(fields: Fields): readonly Misfit[] {
  return decodeMeshConfig(fields).misfits;
}

function decode(form: Form, value: unknown, path: Path, misfits: Misfit[]): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof form === "string")
    return simple(form, value) ?? misfit(wantedNames[form] ?? form, path, misfits);
  if ("oneOf" in form) return chosen(form.oneOf, value, path, misfits);
  if ("list" in form) {
    if (!Array.isArray(value)) return misfit("a list", path, misfits);
    return value
      .map((item, index) => decode(form.list, item, [...path, index], misfits))
      .filter((item) => item !== undefined);
  }
  if (!isFields(value)) return misfit("a mapping", path, misfits);
  const pairs = Object.entries(value).map(([key, item]) => {
    const name = camel(key);
    const own = Object.hasOwn(form.fields, name) ? form.fields[name] : undefined;
    if (own !== undefined) return [name, decode(own, item, [...path, key], misfits)];
    const hint = others.has(name) ? undefined : didYouMean(name, Object.keys(form.fields));
    if (hint !== undefined) misfits.push(stranger([...path, key], hint));
    return [key, item];
  });
  return Object.fromEntries(pairs.filter(([, item]) => item !== undefined));
}

/** A value of its type; a number may be written as text, as protobuf's JSON allows. */
function simple(form: Form & string, value: unknown): unknown {
  if (form === "mapping") return isFields(value) ? value : undefined;
  if (form === "number" && typeof value === "string" && /^\d{1,9}$/.test(value))
    return Number(value);
  return typeof value === (form === "text" ? "string" : form) ? value : undefined;
}

function chosen(values: readonly string[], value: unknown, path: Path, misfits: Misfit[]): unknown {
  if (typeof value !== "string") return misfit("text", path, misfits);
  if (values.includes(value)) return value;
  const message = `\`${value}\` is not one of ${values.join(", ")}`;
  misfits.push({ code: "schema/wrong-value", path, message, hint: didYouMean(value, values) });
  return undefined;
}

function stranger(path: Path, hint: string): Misfit {
  const message = `unknown field \`${String(path.at(-1))}\``;
  return { code: "schema/unknown-field", path, message, hint };
}

function misfit(wanted: string, path: Path, misfits: Misfit[]): undefined {
  const message = `\`${path.join(".")}\` must be ${wanted}`;
  misfits.push({ code: "schema/wrong-type", path, message });
  return undefined;
}

const wantedNames: Readonly<Record<string, string>> = {
  number: "a number",
  boolean: "true or false",
  mapping: "a mapping",
};

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
