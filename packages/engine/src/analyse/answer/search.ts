import type { Region, Undecided, Witness } from "../api.ts";
import { brief } from "../brief.ts";
import { bareName, isBehind } from "../journey/substitute.ts";
import { unreadNamed } from "../journey/unread-asked.ts";
import { and, minus } from "../solve/diagram.ts";
import type { Encoding } from "../solve/encoding.ts";
import { satisfying } from "../solve/points.ts";
import { cover, type Part } from "./cover.ts";
import { type Cube, cubeDiagram, pointCube } from "./cube.ts";
import type { Sample } from "./request.ts";
import { type Concrete, concrete } from "./values.ts";
import { termsOf } from "./words.ts";

/** Makes a request of values and asks the evaluator: a witness, or what was wrong with it. */
export type Check = (found: Concrete) => Checked;
export interface Checked {
  readonly sample: Sample;
  readonly witness?: Omit<Witness, "looked">; // absent: the evaluator sees it otherwise
  readonly said: string;
}

/** A region in sentences, each with a witness that the evaluator confirms. */
export interface Answer {
  readonly regions: readonly Region[];
  readonly complete: boolean;
  readonly undecided: readonly Undecided[];
}

const tries = 100;

/** Says a region part by part. What has no witness that the evaluator confirms is not shown, and named. */
export function answer(
  encoding: Encoding,
  region: number,
  care: number,
  check: Check,
  most: number,
): Answer {
  const regions: Region[] = [];
  const undecided: Undecided[] = [];
  const { parts, rest } = cover(encoding, region, care, most);
  for (const part of parts) {
    const found = witnessOf(encoding, part, and(encoding.diagrams, region, care), check);
    const terms = termsOf(encoding, part, care);
    const text = terms.map((term) => term.text).join(" and ") || "every request";
    if ("witness" in found) {
      const looked = [...new Set(terms.map(({ attribute }) => attribute))];
      regions.push({ terms, text, witness: { ...found.witness, looked } });
    } else undecided.push(refused(encoding, part, `${brief(text)}: ${brief(found.said)}`));
  }
  return { regions, complete: rest === 0 && undecided.length === 0, undecided };
}

type Found = { readonly witness: Omit<Witness, "looked"> } | { readonly said: string };

/** Best one that no other part has. */
function witnessOf(
  encoding: Encoding,
  { root, own = root }: Part,
  target: number,
  check: Check,
): Found {
  const found = witnessIn(encoding, and(encoding.diagrams, own, target), check);
  if ("witness" in found || own === root) return found;
  return witnessIn(encoding, and(encoding.diagrams, root, target), check);
}

/** A point of a region that the evaluator confirms, of a hundred at most. */
function witnessIn(encoding: Encoding, region: number, check: Check): Found {
  let rest = region;
  let said = "no request has these values";
  for (let tried = 0; rest !== 0 && tried < tries; tried += 1) {
    const point = satisfying(encoding.diagrams, rest);
    const found = concrete(encoding, point);
    const checked = found && check(found);
    if (checked?.witness) return { witness: checked.witness };
    if (checked) said = checked.said;
    rest = minus(encoding.diagrams, rest, cubeDiagram(encoding, sampleCube(encoding, point)));
  }
  return { said };
}

/** What a sample is made of: not what proxies further on see, which follows from it, but for the query that a route asks for. */
function sampleCube(encoding: Encoding, point: Int8Array): Cube {
  return new Map([...pointCube(encoding, point)].filter(([name]) => isOfSample(name)));
}

function isOfSample(name: string): boolean {
  return !isBehind(name) || unreadNamed(bareName(name)) !== undefined;
}

/** Attributes that depend on others in ways that the classes do not show. */
const linked =
  /^(?:remote\.ip|header (?:x-forwarded-|x-request-id|x-envoy-|authorization|cookie|te$|referer|connection|upgrade|content-|expect))|@|\(from /;

function refused(encoding: Encoding, { cube }: Part, text: string): Undecided {
  const names = [...encoding.space.domains.keys()];
  const suspect = names.find((name) => linked.test(name)) ?? [...cube.keys()][0];
  return {
    because: "witness-refused",
    text,
    ...(suspect === undefined ? {} : { attribute: suspect.replace(/~$|\n.*$/, "") }),
  };
}
