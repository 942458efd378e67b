export { conform, type Judgement } from "./conform.ts";
export { type Group, reportText, type Totals, total } from "./report.ts";
export { completeVector } from "./short-form.ts";
export type { KubernetesObject, Vector } from "./vector.ts";
export type { Surroundings, World } from "./world.ts";
