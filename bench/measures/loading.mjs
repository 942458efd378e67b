import { stringify } from "yaml";
import { textOf } from "../product.mjs";
import { median } from "../work/measure.mjs";
import { workload } from "../work/workloads.mjs";

/** Processor time: on a machine that does other things it tells more than the clock. */
function milliseconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A mesh of 10,000 policies from text, against `JSON.parse` of the same data and `yaml` a document at a time. */
export async function loading(format) {
  const { policies } = workload("W4:100");
  const json = textOf(policies);
  const documents = policies.map((policy) => stringify(policy));
  const text = format === "json" ? json : documents.join("---\n");
  const { loadMesh } = await import("../../packages/engine/dist/index.js");
  const { parseDocument } = await import("yaml");
  const load = () => {
    const { mesh, findings } = loadMesh({ files: [{ path: `policies.${format}`, text }] });
    if (findings.length > 0 || mesh.authorizationPolicies.length !== policies.length)
      throw new Error(findings[0]?.message ?? "not all was loaded");
  };
  const parse = () => JSON.parse(json);
  const rounds = { parse: [], load: [] };
  for (let round = 0; round < 7; round += 1)
    for (const [name, work] of [
      ["parse", parse],
      ["load", load],
    ]) {
      globalThis.gc();
      rounds[name].push(milliseconds(work));
    }
  const some = documents.slice(0, 1000);
  const yaml =
    milliseconds(() => some.map((one) => parseDocument(one).toJS())) *
    (documents.length / some.length);
  return { parse: median(rounds.parse), load: median(rounds.load), first: rounds.load[0], yaml };
}
