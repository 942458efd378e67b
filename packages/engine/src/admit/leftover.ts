import { codes } from "../diagnostic.ts";
import { valueAt } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";
import type { Judgement } from "./judge.ts";

/**
 * The unknown fields of an object, each with what a lenient client would get instead: the part without it, and what becomes of the
 * object then. `source: { principal: [...] }` is stored as `source: {}`.
 */
export function withLeftover(judgement: Judgement): readonly Remark[] {
  if (judgement.unknown.length === 0) return [];
  const ending = fateOf(judgement);
  return judgement.unknown.map((remark) => {
    const path = remark.path.slice(0, -1);
    const left = path.length === 0 ? "the object without it" : `\`${leftAt(judgement, path)}\``;
    const message = `a lenient client stores ${left}, which ${ending}`;
    const isKey = typeof path.at(-1) === "string";
    const related = isKey ? { message, path, at: "key" as const } : { message, path };
    return { ...remark, related: [related] };
  });
}

function fateOf({ crd, webhook }: Judgement): string {
  const [refused] = [...crd, ...webhook.filter(({ code }) => codes[code] === "error")];
  if (refused === undefined) return "is accepted";
  return `${crd.length > 0 ? "the API server" : "istiod's webhook"} refuses: ${refused.message}`;
}

const longest = 60;

function leftAt({ stored }: Judgement, path: Remark["path"]): string {
  const name = path.findLast((step) => typeof step === "string");
  const text = JSON.stringify(valueAt(stored, path)) ?? "nothing";
  const short = text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
  return typeof path.at(-1) === "string" ? `${name}: ${short}` : short;
}
