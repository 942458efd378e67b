import { diagnose, type Finding } from "../diagnostic.ts";
import { isFields, type ParsedObject } from "./objects.ts";

/** What makes other objects of those that a Kustomization lists: kubernetes-sigs/kustomize:api/types/kustomization.go. */
const changing: readonly string[] = [
  ...["namespace", "namePrefix", "nameSuffix", "labels", "commonLabels", "commonAnnotations"],
  ...["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "vars"],
  ...["components", "transformers", "generators", "helmCharts", "helmChartInflationGenerator"],
];

const named = /(?:^|[/\\])kustomization\.ya?ml$|(?:^|[/\\])Kustomization$/;

/** What `kustomize build` would do to the objects beside it, and nobody has done. A Kustomization need not say its kind. */
export function unappliedChanges(object: ParsedObject): Finding | undefined {
  const { fields, document } = object;
  if (!isKustomization(object)) return undefined;
  const found = changing.filter((key) => Object.hasOwn(fields, key) && !isEmpty(fields[key]));
  const [first] = found;
  if (first === undefined) return undefined;
  const names = found.map((key) => `\`${key}\``).join(", ");
  const message = `what this Kustomization changes (${names}) is not done: objects are read as they are written`;
  const hint = "render it first: `kustomize build . | authz ... -f -`";
  return diagnose("load/kustomization", message, document.locateKey([first]), hint);
}

function isKustomization({ apiVersion, kind, document }: ParsedObject): boolean {
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) return true;
  return apiVersion === "" && kind === "" && named.test(document.file);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isFields(value) && Object.keys(value).length === 0;
}
