import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path, Span } from "../model/place.ts";
import { isPolicy } from "./kinds.ts";
import { type Fields, isFields, type ParsedObject } from "./objects.ts";

const placeholder = /^<[^<>]+>$|\$\{[A-Za-z_][\w.:-]*\}|\$\([A-Z][A-Z0-9_]*\)/;

/**
 * What was never rendered: a fragment of a kustomize patch, a Helm expression that happens to be YAML, a placeholder. Looked for in
 * all of a policy, and in what names and labels other objects.
 */
export function unrenderedParts(object: ParsedObject): readonly Finding[] {
  const { fields, document } = object;
  const [patch] = pathsOf(
    fields,
    [],
    (key) => key.startsWith("$") && /^\$(patch$|set|delete|retain)/.test(key),
  );
  if (patch !== undefined) {
    const hint = "render it first: `kustomize build . | authz ... -f -`";
    const message = "a kustomize patch, not an object";
    return [diagnose("load/patch", message, document.locateKey(patch), hint)];
  }
  return textsOf(isPolicy(object) ? fields : namesOf(fields), [])
    .filter(({ text }) => text.includes("{{") || placeholder.test(text))
    .map(({ path, text }) => unrendered(text, document.locate(path)));
}

function unrendered(text: string, at: Span): Finding {
  if (text.includes("{{")) {
    const hint = "render it first: `helm template . | authz ... -f -`";
    return diagnose("yaml/template", `\`${text}\` is a Helm template, not yet a value`, at, hint);
  }
  const message = `\`${text}\` is a placeholder that was not filled in`;
  const hint = text.includes("${") ? substitute : "render the file first";
  return diagnose("yaml/placeholder", message, at, hint);
}

/** Flux fills in what it calls `postBuild.substitute`; its command line does it too, from the environment. */
const substitute = "render the file first: `flux envsubst < FILE | authz ... -f -`, or envsubst";

/** Name, namespace and labels: what policies go by. */
function namesOf({ metadata }: Fields): Fields {
  if (!isFields(metadata)) return {};
  const { name, namespace, labels } = metadata;
  return { metadata: { name, namespace, labels } };
}

interface TextAt {
  readonly path: Path;
  readonly text: string;
}

function textsOf(value: unknown, path: Path): readonly TextAt[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "annotations" ? [] : textsOf(item, [...path, key]),
  );
}

/** Where the keys of a kind are, in the order of the text. */
function pathsOf(value: unknown, path: Path, wanted: (key: string) => boolean): readonly Path[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => pathsOf(item, [...path, index], wanted));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(wanted(key) ? [[...path, key]] : []),
    ...pathsOf(item, [...path, key], wanted),
  ]);
}
