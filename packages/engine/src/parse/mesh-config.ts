import type { Finding } from "../diagnostic.ts";
import type { MeshConfig } from "../model/mesh-config.ts";
import type { Place, Span } from "../model/place.ts";
import { fieldsOf, textOf } from "./decode.ts";
import { parseDocuments } from "./document.ts";
import { type Fields, isFields, type ParsedObject } from "./objects.ts";

/** A mesh config with where it was found. */
export interface FoundConfig {
  readonly config: MeshConfig;
  readonly at: Span;
  readonly what: string; // "ConfigMap istio", "IstioOperator production"
}

/** The mesh config that an object holds, in one of the places where Istio looks for it: undefined when it holds none. */
export function meshConfigOf(object: ParsedObject): {
  readonly found?: FoundConfig;
  readonly findings: readonly Finding[];
} {
  const { kind, apiVersion, fields } = object;
  const name = textOf(fieldsOf(fields["metadata"])["name"]) ?? "";
  if (kind === "ConfigMap" && /^istio(-.+)?$/.test(name)) return fromConfigMap(object, name);
  const spec = fieldsOf(fields["spec"]);
  if (kind === "IstioOperator" && apiVersion.startsWith("install.istio.io/"))
    return embedded(object, spec["meshConfig"], ["spec", "meshConfig"], `IstioOperator ${name}`);
  if (kind === "Istio" && apiVersion.startsWith("sailoperator.io/"))
    return embedded(
      object,
      fieldsOf(spec["values"])["meshConfig"],
      ["spec", "values", "meshConfig"],
      `Istio ${name}`,
    );
  return { findings: [] };
}

function embedded(
  { document }: ParsedObject,
  value: unknown,
  path: Place["path"],
  what: string,
): ReturnType<typeof meshConfigOf> {
  if (!isFields(value)) return { findings: [] };
  return {
    found: { config: toMeshConfig(value), at: document.locateKey(path), what },
    findings: [],
  };
}

/** `data.mesh` is a YAML text in a YAML text: its places are those of the outer one. */
function fromConfigMap(
  { document, fields }: ParsedObject,
  name: string,
): ReturnType<typeof meshConfigOf> {
  const text = textOf(fieldsOf(fields["data"])["mesh"]);
  if (text === undefined) return { findings: [] };
  const at = document.locateKey(["data", "mesh"]);
  const { documents, findings } = parseDocuments({ path: at.file, text });
  const moved = findings.map((finding) => ({
    ...finding,
    message: `in \`data.mesh\`: ${finding.message}`,
    at,
  }));
  const value = documents[0]?.value;
  if (!isFields(value)) return { findings: moved };
  return { found: { config: toMeshConfig(value), at, what: `ConfigMap ${name}` }, findings: moved };
}

/** Istio's field names stay as they are; snake_case is understood as protobuf does. */
export function toMeshConfig(fields: Fields): MeshConfig {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [camel(key), value]));
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
