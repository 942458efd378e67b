import type { Point, Protocol } from "../../engine/src/analyse/api.ts";
import { undecidedBy } from "../../engine/src/analyse/budget.ts";
import type { Shape } from "../../engine/src/analyse/partition/domain.ts";
import {
  agreedDomains,
  jwtProvidersOf,
  looksAtQueries,
} from "../../engine/src/analyse/point-program.ts";
import { type Side, settingAround } from "../../engine/src/analyse/question.ts";
import { and as both, minus } from "../../engine/src/analyse/solve/diagram.ts";
import type { Diagrams } from "../../engine/src/analyse/solve/diagram-nodes.ts";
import {
  diagramOf,
  type Encoding,
  encode,
  writeClasses,
} from "../../engine/src/analyse/solve/encoding.ts";
import { somewhere } from "../../engine/src/analyse/space/arrivals.ts";
import { withoutConnect } from "../../engine/src/analyse/space/connect.ts";
import { answered, outcomesOf } from "../../engine/src/analyse/space/decisions.ts";
import { spaceOf } from "../../engine/src/analyse/space/space.ts";
import { withPlace } from "../../engine/src/analyse/space/token-place.ts";
import { tunnelsInto } from "../../engine/src/analyse/space/tunnel.ts";
import { toldAt } from "../../engine/src/analyse/unenforced.ts";
import { matchesText } from "../../engine/src/match/matches.ts";
import type { LeftOut } from "./recorded-arrival.ts";
import type { Scenario } from "./recorded-scenarios.ts";
import type { Spoken } from "./recorded-values.ts";

/** What a proxy allows of all requests that there can be, as the commands build it. */
export interface Allowed {
  readonly encoding: Encoding;
  readonly queries: boolean;
  readonly allowed: number; // of what comes there
  readonly denied: number;
}

/** The point of a scenario, with what istiod tells it; or why the analysis has no answer. */
export function sideOf({ mesh, proxy }: Scenario): Side | LeftOut {
  const point: Point = { name: `deploy/${proxy.namespace}/${proxy.name}`, proxy };
  const program = toldAt(mesh, point);
  if (typeof program === "string") return { leftOut: `undecided: ${program.replace(/:.*/s, "")}` };
  return { mesh, point, program };
}

/** What takes more is left out: it would take longer than all others together. */
const budget = { nodes: 300_000 };

/** The region of what is allowed. */
export function allowedAt(side: Side, protocol: Protocol): Allowed | LeftOut {
  const { program } = side;
  const providers = jwtProvidersOf(program);
  const queries = looksAtQueries([program]);
  const look = {
    protocol,
    queries,
    tokens: providers,
    ...tunnelsInto([program]),
    ...(agreedDomains([program]) ? {} : ({ anyDomain: true } as const)),
  };
  const allowed = answered(outcomesOf(program, look), "allowed");
  const reached = somewhere(program, { protocol });
  const around = withPlace(settingAround([side], protocol, [], { budget }), providers);
  const setting = withoutConnect(around, [program], protocol);
  try {
    const encoding = encode(spaceOf([allowed, reached], setting));
    const { diagrams, possible } = encoding;
    const there = both(diagrams, possible, diagramOf(encoding, reached));
    const region = diagramOf(encoding, allowed);
    return {
      encoding,
      queries,
      allowed: both(diagrams, there, region),
      denied: minus(diagrams, there, region),
    };
  } catch (error) {
    return { leftOut: `undecided: ${undecidedBy(error).because}` };
  }
}

/** The attributes that are looked at. */
export function attributesOf({ encoding }: Allowed): readonly string[] {
  return [...encoding.space.domains.keys()].map((name) => name.replace(/~$/, ""));
}

/** What the region says of a request. */
export function answerOf(region: Allowed, spoken: Spoken): "allowed" | "denied" | LeftOut {
  const { encoding, allowed, denied } = region;
  const point = pointOf(encoding, spoken);
  if ("leftOut" in point) return point;
  const isAllowed = leads(encoding.diagrams, allowed, point);
  const isDenied = leads(encoding.diagrams, denied, point);
  if (isAllowed && isDenied) return { leftOut: "what it hangs on is not known of the recording" };
  if (!isAllowed && !isDenied) return { leftOut: "no such request comes there" };
  return isAllowed ? "allowed" : "denied";
}

/** The variables of a request; -1 where nobody knows. */
function pointOf(encoding: Encoding, spoken: Spoken): Int8Array | LeftOut {
  const { space, answers, diagrams } = encoding;
  const point = new Int8Array(diagrams.variables).fill(-1);
  for (const name of space.domains.keys()) {
    const why = write(point, encoding, name, spoken);
    if (why !== undefined) return { leftOut: why };
  }
  for (const [name, at] of answers) {
    const said = spoken.answerOf(name);
    if (said !== undefined) point[at] = said ? 1 : 0;
  }
  return point;
}

/** Writes the classes of a coordinate; a text: why there is none. */
function write(
  point: Int8Array,
  { space, bits }: Encoding,
  name: string,
  spoken: Spoken,
): string | undefined {
  const domain = space.domains.get(name);
  const attribute = name.replace(/~$/, "");
  const values = spoken.valuesOf(attribute);
  if (!values || !domain) return undefined;
  if (!domain.list && values.length > 1) return `several values of ${attribute}`;
  const classes = (domain.list ? values : [values[0]]).map(domain.classify);
  if (classes.some((each) => each < 0)) return `no ${kindOf(attribute)} is like that`;
  if (attribute === "peer" && domain.shapes.some((shape) => isForOther(shape, spoken, values)))
    return "a second name of a certificate that a rule looks at";
  const { first, width } = bits.get(name) ?? { first: 0, width: 0 };
  point.fill(0, first, first + width);
  writeClasses(point, { first, width }, domain.list, classes);
  return undefined;
}

function isForOther({ texts = [] }: Shape, { names }: Spoken, own: readonly string[]): boolean {
  const isMatched = (name: string): boolean => texts.some((text) => matchesText(text, name));
  return names.some(isMatched) && !own.some(isMatched);
}

/** Headers and claims are counted together. */
function kindOf(attribute: string): string {
  return attribute.replace(/^(header|claim) .*$/s, "$1");
}

/** Whether a diagram leads to true, whatever is not known. */
function leads({ variable, low, high }: Diagrams, root: number, point: Int8Array): boolean {
  const known = new Map<number, boolean>();
  const from = (at: number): boolean => {
    if (at <= 1) return at === 1;
    const before = known.get(at);
    if (before !== undefined) return before;
    const bit = point[variable[at] ?? 0] ?? -1;
    const found = (bit !== 1 && from(low[at] ?? 0)) || (bit !== 0 && from(high[at] ?? 0));
    known.set(at, found);
    return found;
  };
  return from(root);
}
