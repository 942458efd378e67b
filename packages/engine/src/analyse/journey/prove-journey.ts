import type { Mesh } from "../../model/mesh.ts";
import type { JwtProvider } from "../../model/program.ts";
import type { Answered, Question } from "../answers.ts";
import type { AnalyseOptions, Invariant, Protocol, Requests, Undecided } from "../api.ts";
import { undecidedBy } from "../budget.ts";
import { hiddenMarks, readingMarks } from "../marks.ts";
import type { Kind } from "../partition/domain.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries, toldTo } from "../point-program.ts";
import { unseenAsked } from "../proxied.ts";
import { inquire, readsPathsAlike, type Side, settingAround } from "../question.ts";
import type { Look } from "../space/decisions.ts";
import { always, and } from "../space/formula.ts";
import { headerKind } from "../space/header-kinds.ts";
import { lanesOf } from "../space/lanes.ts";
import { speaksOfQueries } from "../space/requests.ts";
import type { Setting } from "../space/space.ts";
import { type Calling, callingFrom } from "./calling.ts";
import { travelChecker } from "./confirm-journey.ts";
import { doTheSame, isRoutedAlike } from "./done-alike.ts";
import { allowedIf, otherOf, regionOf } from "./expected.ts";
import type { Following } from "./following.ts";
import { lookedElsewhere } from "./looked-elsewhere.ts";
import { type Passage, passageFrom } from "./passage.ts";
import { withSpelt } from "./spelt-ways.ts";
import { spokenAt } from "./spoken-at.ts";
import { bareName, isBehind } from "./substitute.ts";
import type { Ends } from "./travellers.ts";

/** What was found of a journey and one kind of traffic. */
export interface JourneyPart {
  readonly answered?: Answered;
  readonly undecided: readonly Undecided[];
  readonly elsewhere: readonly string[]; // what is taken to lead elsewhere
  readonly passed?: readonly string[]; // gateways that pass TLS on
  readonly marks?: readonly string[]; // what the proxies of two meshes read differently, of requests that are not looked at
}

/** One question about one journey. */
export interface Asked {
  readonly mesh: Mesh;
  readonly ends: Ends;
  readonly protocol: Protocol;
  readonly options: AnalyseOptions;
  readonly copies: boolean; // what routes mirror counts as coming there, though nobody is told what becomes of it
}

/** Requests that violate an invariant on their way from one proxy to a workload behind it: the AND over what every proxy says. */
export function journeyPart(invariant: Invariant, asked: Asked): JourneyPart {
  try {
    const sides = sidesOf(invariant, asked);
    if (typeof sides === "string") return { undecided: [notModelled(sides)], elsewhere: [] };
    return answeredPart(invariant, asked, sides);
  } catch (error) {
    return { undecided: [undecidedBy(error)], elsewhere: [] };
  }
}

function notModelled(text: string): Undecided {
  return { because: "not-modelled", text };
}

/** A side, and what its caller sends, where the invariant says who calls. */
export interface Begun extends Side {
  readonly call?: Calling;
}

interface Sides {
  readonly now: Begun;
  readonly then?: Begun; // that it is compared with
}

/** Where journeys begin; a text where that is not worked out. */
function sidesOf({ expect }: Invariant, asked: Asked): Sides | string {
  const now = sideIn(asked.mesh, asked);
  const other = otherOf(expect);
  if (typeof now === "string" || other === undefined)
    return typeof now === "string" ? now : { now };
  const then = sideIn(other, asked);
  return typeof then === "string" ? then : { now, then };
}

function sideIn(mesh: Mesh, { ends: { entry, url }, protocol, options }: Asked): Begun | string {
  if (url !== undefined) {
    const call = callingFrom(mesh, { caller: entry, url, protocol, options });
    return typeof call === "string" ? call : { ...call.side, call };
  }
  const program = toldTo(mesh, entry.proxy);
  return typeof program === "string" ? program : { mesh, point: entry, program };
}

interface Followed {
  readonly side: Side;
  readonly passage: Passage;
  readonly following: Following;
}

function answeredPart(invariant: Invariant, asked: Asked, { now, then }: Sides): JourneyPart {
  const { expect, requests = {} } = invariant;
  const sides: readonly [Side, ...Side[]] = then ? [then, now] : [now];
  const told = sides.map(({ program }) => program);
  const unseen = unseenAsked(told, [requests, ...allowedIf(expect)]);
  if (unseen.length > 0) return { undecided: unseen, elsewhere: [] };
  const seen = lookAt(sides, [requests, ...allowedIf(expect)], asked.protocol);
  const setting = journeySetting(sides, seen, asked);
  const look = { ...seen, tokens: tokensLooked(sides, { look: seen, setting, asked, apart: "" }) };
  const own = followed(now, { look, setting, asked, apart: "" });
  const old = then && followedBefore({ now, then, own }, { look, setting, asked, apart: "" });
  const speak = spokenAt(now, look, asked, own.following.programs);
  const scope = speak(requests);
  const question: Question = {
    region: and(scope, regionOf(expect, own.passage, old?.passage, speak)),
    care: and(scope, now.call?.arrival.here ?? always),
    arriving: own.passage.heard,
    queries: look.queries,
    fits: () => true,
  };
  const all = old ? [own, old] : [own];
  const programs = all.flatMap(({ following }) => following.programs);
  const check = travelChecker(expect, asked, programs);
  const found = inquire(sides, asked.protocol, [question], asked.options, { setting, check });
  const open = [
    ...openIn(all.map(({ following }) => following)),
    ...readAsHttp(sides, { look, setting, asked, apart: "" }),
  ];
  const elsewhere = all.flatMap(({ following }) => [...following.elsewhere]);
  const passed = all.flatMap(({ following }) => [...following.passed]);
  if ("because" in found) return { undecided: [...open, found], elsewhere, passed };
  const [first] = found;
  const ways = old && ([old, own] as const);
  const spelt = ways && { expect, asked, ways, care: question.care, setting };
  const answered = first && spelt ? withSpelt(first, spelt) : first;
  const missed = first?.empty ? lookedElsewhere(programs, first.attributes) : [];
  const undecided = [...open, ...(answered?.undecided ?? []), ...missed];
  const marks = [...(old ? readingMarks(programs) : []), ...hiddenMarks(programs)];
  return { ...(answered ? { answered } : {}), undecided, elsewhere, passed, marks };
}

function lookAt(sides: readonly Side[], spoken: readonly Requests[], protocol: Protocol): Look {
  const programs = sides.map(({ program }) => program);
  const inPolicies = sides.some(({ mesh }) =>
    mesh.authorizationPolicies.some(({ spec }) => JSON.stringify(spec).includes("[:path]")),
  );
  return {
    protocol,
    queries: inPolicies || looksAtQueries(programs) || spoken.some(speaksOfQueries),
    ...(agreedDomains(programs) ? {} : { anyDomain: true }),
  };
}

/** What proxies further on see is read as they see it: a header that the first one takes away from all that comes may be written again by the next. */
function journeySetting(
  sides: readonly [Side, ...Side[]],
  { queries, protocol }: Look,
  { options }: Asked,
): Setting {
  const blank: Question = {
    region: always,
    care: always,
    queries,
    plainDots: true, // the next proxy takes such a segment for navigation
    sentOn: true, // and is asked with HTTP/1.1
    fits: () => true,
  };
  const setting = settingAround(sides, protocol, [blank], options);
  return {
    ...setting,
    kindOf: (attribute) => laterHeader(attribute) ?? setting.kindOf(bareName(attribute)),
  };
}

function laterHeader(attribute: string): Kind | undefined {
  const [, name] = /^header ([^@]+)$/.exec(isBehind(attribute) ? bareName(attribute) : "") ?? [];
  return name === undefined ? undefined : headerKind(name, { sentOn: true });
}

interface Behind {
  readonly look: Look;
  readonly setting: Setting;
  readonly asked: Asked;
  readonly apart: string;
}

function followed(side: Begun, { look, setting, asked, apart }: Behind): Followed {
  const following: Following = {
    target: asked.ends.target,
    ...(side.call ? { caller: side.call.sender } : {}),
    look,
    setting,
    options: asked.options,
    copies: asked.copies,
    programs: [],
    elsewhere: new Set(),
    open: new Set(),
    passed: new Set(),
    read: new Set(),
    apart,
  };
  return { side, passage: passageFrom(side, following, 0, side.call?.arrival), following };
}

/** What is not known of both ways is the same where proxies do the same. */
function followedBefore(
  { now, then, own }: { readonly now: Side; readonly then: Begun; readonly own: Followed },
  behind: Behind,
): Followed {
  const old = followed(then, behind);
  const [before, after] = [old, own].map(({ following }) => following.programs);
  const isAlike = isRoutedAlike(now.mesh, then.mesh) && doTheSame(before, after);
  return isAlike ? old : followed(then, { ...behind, apart: " before" });
}

/** HTTP that comes to a gateway as bytes, and is read at the end of the way: requests are asked about where they are read first. */
function readAsHttp(sides: readonly Begun[], { look, ...behind }: Behind): readonly Undecided[] {
  if (look.protocol !== "http") return [];
  const bytes = { ...behind, look: { ...look, protocol: "tcp" } } as const;
  const found = sides.flatMap((side) =>
    side.call || lanesOf(side.program, "tcp").length === 0
      ? []
      : [...followed(side, bytes).following.read],
  );
  return [...new Set(found)].map((text) => notModelled(`not followed: ${text}`));
}

/** What looks for tokens anywhere on the way: what one proxy does not see another may. */
function tokensLooked(sides: readonly Side[], behind: Behind): readonly JwtProvider[] {
  return sides.flatMap((side) => {
    if (side.mesh.requestAuthentications.length === 0) return [];
    return followed(side, behind).following.programs.flatMap(jwtProvidersOf);
  });
}

function openIn(followings: readonly Following[]): readonly Undecided[] {
  const texts = new Set(followings.flatMap(({ open }) => [...open]));
  const programs = followings.flatMap((each) => each.programs);
  if (!readsPathsAlike(programs))
    texts.add("paths, which proxies on the way normalise differently");
  return [...texts].map((text) => notModelled(`not followed: ${text}`));
}
