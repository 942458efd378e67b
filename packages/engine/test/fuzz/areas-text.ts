import { parseDocuments } from "../../src/parse/document.ts";
import { prototypeNames } from "./hostile.ts";
import { mutateText } from "./mutate-text.ts";
import { mutateValue, type Value } from "./mutate-value.ts";
import { hashOf, type Random } from "./random.ts";
import type { Area } from "./run.ts";
import { jsonSeeds, objectSeeds, yamlOf, yamlSeeds } from "./seeds.ts";
import { ask, inspect, load, useMesh } from "./use-mesh.ts";

/** Real-looking YAML that was damaged, as text and as data. */
export function yamlArea(): Area {
  const objects = objectSeeds();
  return {
    name: "YAML",
    seeds: [...yamlSeeds(), ...oddYaml],
    patience: 3, // the parser makes an error of each fault, with a stack
    mutate: (seeds, random) =>
      random.chance(3) ? yamlOf(mutated(objects, random)) : mutateText(seeds, random),
    check: (text) => checkFile("mesh.yaml", text),
  };
}

/** The same in JSON. */
export function jsonArea(): Area {
  const objects = objectSeeds();
  return {
    name: "JSON",
    seeds: jsonSeeds(),
    patience: 3,
    mutate: (seeds, random) =>
      random.chance(2)
        ? JSON.stringify(mutated(objects, random), null, random.chance(2) ? 1 : 0)
        : mutateText(seeds, random),
    check: (text) => checkFile("mesh.json", text),
  };
}

const none: Value = null;

function mutated(objects: readonly Value[], random: Random): Value {
  const value = mutateValue(random.any(objects) ?? none, random);
  if (!random.chance(20)) return value;
  return { apiVersion: "v1", kind: "List", items: [value, random.any(objects) ?? none] };
}

const releases = ["1.31", "1.27", "1.28.0", "1.32-dev"];
const modes = ["enforce", "bypass", "prune", "skip"] as const;

/** Loads a file under one of the ways to load one, which one is told by the text, and asks the mesh. */
function checkFile(path: string, text: string): string {
  const way = hashOf(text);
  if (way % 8 === 0)
    for (const document of parseDocuments({ path, text }).documents)
      inspect([document.locate([]), document.locate(["spec", "rules", 0, "from"])], text);
  const { mesh, findings } = load(
    {
      files: [{ path, text }],
      istio: releases[(way >> 3) % 4] ?? "1.31",
      admission: modes[(way >> 5) % 4] ?? "enforce",
      onDuplicate: (way >> 7) % 2 === 0 ? "last" : "error",
    },
    text,
  );
  const use = (way >> 8) % 4;
  const used = use === 0 ? useMesh(mesh, text) : use === 1 ? ask(mesh, text) : "";
  return [...new Set(findings.map(({ code }) => code))].join() + used;
}

const oddYaml = [
  "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
  "<<: {a: 1}\nb: 2\n",
  "? {a: 1}\n: [b]\n",
  "- !!set {a, b}\n- !!omap [a: 1]\n- !!binary aGk=\n",
  "%YAML 1.2\n%TAG ! tag:x,2000:\n--- !a\nx: !b c\n...\n",
  "a: |+2\n    x\n  \n\nb: >-\n  y\n  z\n",
  `{${prototypeNames.map((name) => `"${name}": {${name}: 1}`).join(", ")}}`,
  ...prototypeNames.map(
    (name) =>
      `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: ${name}, labels: {${name}: x}}\n` +
      `spec:\n  selector: {matchLabels: {${name}: x}}\n  rules:\n  - from: [{source: {principals: [${name}], requestPrincipals: ["*"]}}]\n` +
      `    to: [{operation: {paths: [/${name}], hosts: [${name}]}}]\n` +
      `    when: [{key: "request.headers[${name}]", values: [x]}, {key: "request.auth.claims[${name}]", values: [x]}, {key: ${name}, values: [x]}]\n`,
  ),
  ...prototypeNames.map(
    (name) =>
      `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a, namespace: shop}\n` +
      `spec: {selector: {matchLabels: {app: orders}}, portLevelMtls: {${name}: {mode: STRICT}, 8080: {mode: ${name}}}}\n`,
  ),
  ...prototypeNames.map(
    (name) => `apiVersion: ${name}/v1\nkind: ${name}\nmetadata: {${name}: {}}\nspec: {}\n`,
  ),
];
