import { diagnose, type Finding } from "../diagnostic.ts";
import type { MeshConfig } from "../model/mesh-config.ts";
import type { Path, Span } from "../model/place.ts";
import { fieldsOf, textOf } from "./decode.ts";
import { parseDocuments } from "./document.ts";
import { groupOf } from "./kinds.ts";
import { decodeMeshConfig } from "./mesh-config-form.ts";
import { isFields, type ParsedObject, valueAt } from "./objects.ts";

/** A mesh config with where it was found. */
export interface FoundConfig {
  readonly config: MeshConfig;
  readonly at: Span;
  readonly what: string; // "ConfigMap istio-system/istio", "IstioOperator production"
}

/** Where the objects that install Istio keep a mesh config. */
const places: Readonly<Record<string, readonly Path[]>> = {
  "IstioOperator.install.istio.io": [
    ["spec", "meshConfig"],
    ["spec", "values", "meshConfig"],
  ],
  "Istio.sailoperator.io": [["spec", "values", "meshConfig"]],
};

/** The mesh config that an object holds, in the places where Istio looks for one. */
export function meshConfigOf(object: ParsedObject): {
  readonly found?: FoundConfig;
  readonly findings: readonly Finding[];
} {
  const { kind, fields, document } = object;
  const { name, namespace } = fieldsOf(fields["metadata"]);
  const what = `${kind} ${[namespace, name].filter((part) => textOf(part)).join("/")}`;
  if (kind === "ConfigMap" && /^istio(-.+)?$/.test(textOf(name) ?? ""))
    return fromConfigMap(object, what);
  const paths = places[`${kind}.${groupOf(object).group}`] ?? [];
  const read = paths
    .filter((path) => isFields(valueAt(fields, path)))
    .map((path) => {
      const at = document.locateKey(path);
      return decoded(valueAt(fields, path), at, what, (inner, isKey) =>
        isKey ? document.locateKey([...path, ...inner]) : document.locate([...path, ...inner]),
      );
    });
  const [first] = read;
  const config = Object.assign({}, ...read.map(({ found }) => found.config).toReversed());
  return {
    ...(first ? { found: { ...first.found, config } } : {}),
    findings: read.flatMap(({ findings }) => findings),
  };
}

function decoded(
  value: unknown,
  at: Span,
  what: string,
  locate: (path: Path, isKey: boolean) => Span,
): { readonly found: FoundConfig; readonly findings: readonly Finding[] } {
  const { config, misfits } = decodeMeshConfig(fieldsOf(value));
  const findings = misfits.map(({ code, message, path, hint }) =>
    diagnose(code, message, locate(path, code === "schema/unknown-field"), hint),
  );
  return { found: { config, at, what }, findings };
}

/** `data.mesh` is a YAML text in a YAML text: its places are those of the outer one. */
function fromConfigMap(
  { document, fields }: ParsedObject,
  what: string,
): ReturnType<typeof meshConfigOf> {
  const text = textOf(fieldsOf(fields["data"])["mesh"]);
  if (text === undefined) return { findings: [] };
  const at = document.locateKey(["data", "mesh"]);
  const inner = parseDocuments({ path: at.file, text });
  const read = decoded(inner.documents[0]?.value, at, what, () => at);
  const findings = [...inner.findings, ...read.findings].map((finding) => ({
    ...finding,
    message: `in \`data.mesh\`: ${finding.message}`,
    at,
  }));
  return { found: read.found, findings };
}
