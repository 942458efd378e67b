import { httpAlpn } from "../journey/mesh-alpn.ts";
import { spiffeId } from "../kubernetes/identity.ts";
import { serviceHost, servicesOf } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { HttpSettings, Program } from "../model/program.ts";
import { confirm } from "./answer/confirm.ts";
import { type Occasion, sampleOf } from "./answer/request.ts";
import type { Check } from "./answer/search.ts";
import { type Answered, answersTo, type Question } from "./answers.ts";
import type { AnalyseOptions, Point, Protocol, Undecided } from "./api.ts";
import { limitsOf, undecidedBy } from "./budget.ts";
import { agreedDomains, jwtProvidersOf, looksAtQueries, subjectsSentBy } from "./point-program.ts";
import { somewhere } from "./space/arrivals.ts";
import { calledAt } from "./space/called-at.ts";
import { withoutConnect } from "./space/connect.ts";
import { doorsOf } from "./space/doors.ts";
import { always, and, type Formula, not, or } from "./space/formula.ts";
import { lanesOf, portsOf } from "./space/lanes.ts";
import { type Surroundings, settingOf } from "./space/setting.ts";
import { type Setting, spaceOf } from "./space/space.ts";
import { takesStrangers } from "./space/strangers.ts";
import { withPlace } from "./space/token-place.ts";

/** One side of a question: a proxy of a mesh, and what it is told. */
export interface Side {
  readonly mesh: Mesh;
  readonly point: Point;
  readonly program: Program;
}

/** What is else than usual: how attributes are read, and how witnesses are evaluated. */
export interface Around {
  readonly setting?: Setting;
  readonly check?: Check;
}

/** Answers questions about the same sides in one space. */
export function inquire(
  sides: readonly [Side, ...Side[]],
  protocol: Protocol,
  questions: readonly Question[],
  options: AnalyseOptions,
  around: Around = {},
): readonly Answered[] | Undecided {
  try {
    const programs = sides.map(({ program }) => program);
    const place = (): Setting =>
      withPlace(
        settingAround(sides, protocol, questions, options),
        programs.flatMap(jwtProvidersOf),
      );
    const setting = withoutConnect(around.setting ?? place(), programs, protocol);
    const reached = or(...sides.map(({ program }) => somewhere(program, { protocol })));
    const formulas = questions.flatMap(({ region, care, arriving = always }) => [
      region,
      care,
      arriving,
      reached,
    ]);
    return answersTo({
      space: spaceOf(formulas, setting),
      reached,
      asked: questions.map((question) => ({
        question,
        check: around.check ?? checker(sides, protocol, question),
      })),
      most: options.regions ?? 12,
    });
  } catch (error) {
    return undecidedBy(error);
  }
}

/** How attributes are read where these sides are asked. */
export function settingAround(
  sides: readonly [Side, ...Side[]],
  protocol: Protocol,
  questions: readonly Question[],
  options: AnalyseOptions,
): Setting {
  return settingOf(surroundings(sides, protocol, questions, options));
}

/** What is known of the requests that reach these sides. */
function surroundings(
  sides: readonly [Side, ...Side[]],
  protocol: Protocol,
  questions: readonly Question[],
  { budget }: AnalyseOptions,
): Surroundings {
  const [{ point, mesh }] = sides;
  const programs = sides.map(({ program }) => program);
  const http = protocol === "http" ? strictest(programs) : undefined;
  const domains = agreedDomains(programs);
  return {
    ...(domains ? { domains } : {}),
    ...(programs.some(takesStrangers) ? { strangers: true } : {}),
    ...(http ? { http } : {}),
    queries: looksAtQueries(programs) || questions.some((question) => question.queries === true),
    ...(areDotsPlain(programs, questions) ? { plainDots: true } : {}),
    ...(questions.some(({ sentOn }) => sentOn) ? { sentOn: true } : {}),
    subjectsSent: programs.flatMap(subjectsSentBy),
    doors: doorsOf(programs.flatMap((program) => lanesOf(program, protocol))),
    calledAt: calledAt(sides, protocol),
    addresses: point.proxy.addresses,
    ...(isCalledAlike(sides) ? { isCalled: true } : {}),
    seeds: seedsOf(mesh, point),
    limits: limitsOf(budget),
  };
}

/** What only one side, or only the first proxy of several, takes for an ordinary segment is left out. */
function areDotsPlain(programs: readonly Program[], questions: readonly Question[]): boolean {
  if (questions.some(({ plainDots }) => plainDots)) return true;
  return !(readsDotsAlike(programs) && readsPathsAlike(programs));
}

/** A pod is called by its own addresses, where they are known. */
function isCalledAlike(sides: readonly Side[]): boolean {
  const [first, ...others] = sides.map(({ point: { proxy } }) =>
    proxy.kind === "sidecar" || proxy.kind === "ztunnel" ? proxy.addresses.join() : "",
  );
  return first !== undefined && first !== "" && others.every((each) => each === first);
}

/** Of several settings the ones that leave the fewest paths: what all sides leave as it is. */
function strictest(programs: readonly Program[]): HttpSettings | undefined {
  const settings = programs.flatMap(({ listeners }) =>
    listeners.flatMap(({ chains }) => chains.flatMap(({ http }) => http ?? [])),
  );
  const strength = (each: HttpSettings): number =>
    (each.normalizePath ? 2 : 0) +
    (each.mergeSlashes ? 2 : 0) +
    (each.escapedSlashes === "keep" ? 0 : 4) +
    (each.dotSegmentParameters === "keep" ? 0 : 1) +
    (each.headerLines === "joined" ? 1 : 0);
  const [first] = settings.toSorted((a, b) => strength(b) - strength(a));
  const isAlike = settings.every(({ underscores }) => underscores === first?.underscores);
  return first && (isAlike ? first : { ...first, underscores: "keep" });
}

/** Whether sides read paths alike; where not, only what both leave alone is compared. */
export function readsPathsAlike(programs: readonly Program[]): boolean {
  return alike(programs, (http) => [http.normalizePath, http.mergeSlashes, http.escapedSlashes]);
}

/** Whether sides take the same segments for dot segments; where not, paths are taken to have none that one side alone does. */
export function readsDotsAlike(programs: readonly Program[]): boolean {
  return alike(programs, (http) => http.dotSegmentParameters);
}

/** Whether sides look at several lines of a header alike; where not, each header is taken to be sent once. */
export function readsHeadersAlike(programs: readonly Program[]): boolean {
  return alike(programs, (http) => http.headerLines);
}

function alike(programs: readonly Program[], of: (http: HttpSettings) => unknown): boolean {
  const chains = programs.flatMap(({ listeners }) => listeners.flatMap((each) => each.chains));
  return new Set(chains.flatMap(({ http }) => (http ? [JSON.stringify(of(http))] : []))).size <= 1;
}

const identities = new WeakMap<Mesh, readonly string[]>();

/** Of the workloads of a mesh, and an ordinary one. */
function identitiesIn(mesh: Mesh): readonly string[] {
  const known = identities.get(mesh);
  if (known) return known;
  const accounts = mesh.inventory.workloads.map(({ key, serviceAccount }) =>
    spiffeId(mesh.config, key.namespace, serviceAccount || "default"),
  );
  const made = [...new Set(accounts), spiffeId(mesh.config, "default", "default")];
  identities.set(mesh, made);
  return made;
}

/** Values to try first at a point, where several do. */
export function seedsOf(mesh: Mesh, point: Point): Surroundings["seeds"] {
  const { workloads } = mesh.inventory;
  const own = workloads.find(({ key }) => point.name.endsWith(`/${key.namespace}/${key.name}`));
  const hosts = own ? servicesOf(mesh.inventory, own).map(serviceHost) : [];
  return new Map([
    ["peer", identitiesIn(mesh)],
    ["host", [...hosts, "workload.example"]],
    ["method", ["GET", "POST", "DELETE"]],
    ["path", ["/"]],
    ["source.ip", ["10.0.0.1"]],
  ]);
}

/** Asks the evaluator on every side. */
export function checker(
  sides: readonly [Side, ...Side[]],
  protocol: Protocol,
  { fits }: Pick<Question, "fits">,
): Check {
  let occasion: Occasion | undefined; // made when the first witness is asked for
  return (found) => {
    occasion ??= occasionAt(sides, protocol);
    const sample = sampleOf(found, occasion);
    const confirmed = sides.map(({ mesh, point }) => confirm(mesh, point, fitted(sample, point)));
    const statuses = confirmed.map(({ status }) => status);
    const open = confirmed.flatMap((each) => each.open);
    const said = `evaluated as ${statuses.join(", then ")}${open.length > 0 ? `, open: ${open.join(", ")}` : ""}`;
    if (open.length > 0 || !fits(statuses)) return { sample, said };
    const { request, claims } = sample;
    const by = confirmed.at(-1)?.by ?? [];
    return { sample, said, witness: { request, ...(claims ? { claims } : {}), statuses, by } };
  };
}

/** What requests at some sides are made for. */
function occasionAt(sides: readonly [Side, ...Side[]], protocol: Protocol): Occasion {
  const [{ point, program }] = sides;
  const declared = point.proxy.ports
    .filter((port) => port.protocol !== (protocol === "http" ? "tcp" : "http"))
    .map(({ port }) => port);
  return {
    point,
    protocol,
    providers: sides.flatMap((side) => jwtProvidersOf(side.program)),
    ports: [...declared, ...portsOf(program)],
    lanes: sides.flatMap((side) => lanesOf(side.program, protocol)),
  };
}

/** The same request, as it reaches another kind of proxy. */
export function fitted(
  sample: ReturnType<typeof sampleOf>,
  { proxy }: Point,
): ReturnType<typeof sampleOf> {
  const { transport } = sample.connection;
  const certified = transport === "mtls" || transport === "hbone";
  if (!certified || proxy.kind === "gateway" || proxy.kind === "waypoint") return sample;
  const isTold = proxy.kind === "proxyless" || (proxy.kind === "sidecar" && !sample.tunnelled);
  const wanted = isTold ? "mtls" : "hbone";
  if (transport === wanted) return sample;
  const alpn =
    wanted === "mtls"
      ? { alpn: sample.http ? httpAlpn[sample.http.version] : ["istio-peer-exchange", "istio"] }
      : {};
  return { ...sample, connection: { ...sample.connection, transport: wanted, ...alpn } };
}

/** What is in one formula and not in another. */
export function without(a: Formula, b: Formula): Formula {
  return and(a, not(b));
}
