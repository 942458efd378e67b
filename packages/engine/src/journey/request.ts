import { readProxyHeader } from "../envoy/proxy-header.ts";
import { parseAddress } from "../match/address.ts";
import type { AccessRequest, EvaluateOptions, Problem } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { type Caller, parseCaller } from "./caller.ts";
import { type Message, parseMessage } from "./http.ts";
import { isProblem, problem } from "./problem.ts";
import { shapeProblems } from "./request-shape.ts";
import { saidTwice } from "./said-twice.ts";
import { statedBytes } from "./stated-bytes.ts";
import { parseTarget, type Target } from "./target.ts";
import { placeTokens } from "./token.ts";

/** A request whose references were resolved. What it left out is asked or assumed on the way. */
export interface Understood {
  readonly caller: Caller;
  readonly target: Target;
  readonly message?: Message; // absent: nothing was said of HTTP
  readonly bytes?: true; // it is no HTTP, whatever the port is for
  readonly now?: number;
  readonly stated: Pick<
    AccessRequest,
    "transport" | "source" | "sni" | "providers" | "connection" | "raw"
  >;
}

/** Everything that is wrong with a request as it was written; [] means that `evaluate` takes it. */
export function checkRequest(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions = {},
): readonly Problem[] {
  const understood = understand(mesh, request, options);
  return isRefused(understood) ? understood : [];
}

/** The request with its references resolved, or everything that is wrong with it. */
export function understand(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions,
): Understood | readonly Problem[] {
  const misshapen = shapeProblems(request);
  if (misshapen.length > 0) return misshapen;
  const caller = parseCaller(mesh, request.from, options.namespace);
  const target = parseTarget(mesh, request.to, { ...options, caller });
  const message = messageOf(request);
  const now = request.now === undefined ? options.now : parseTime(request.now);
  const others = [...checkAddresses(request), ...saidTwice(request)];
  const problems = [caller, target, message, now, ...others].filter(isProblem);
  if (problems.length > 0 || isProblem(caller) || isProblem(target)) return problems;
  return {
    caller,
    target,
    ...(message === undefined || isProblem(message) ? {} : { message }),
    ...(now === undefined || isProblem(now) ? {} : { now }),
    ...(request.http === "none" ? { bytes: true } : {}),
    stated: statedBytes(request),
  };
}

/** Whether `understand` came back with problems. */
export function isRefused(
  understood: Understood | readonly Problem[],
): understood is readonly Problem[] {
  return Array.isArray(understood);
}

/** A token without `http` is still a request: its method and path are unknown. */
function messageOf(request: AccessRequest): Message | Problem | undefined {
  const message = parseMessage(request);
  if (isProblem(message)) return message;
  const tokens = request.token;
  if (tokens === undefined || (message === undefined && tokens === "none")) return message;
  return placeTokens(message ?? { headers: [] }, tokens);
}

const dateTime = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

function parseTime(text: string): number | Problem {
  const time = dateTime.test(text) ? Date.parse(text.replace(" ", "T")) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  return problem(["now"], `\`${text}\` is no time`, "2026-09-01T10:00:00Z");
}

function checkAddresses({ source, connection }: AccessRequest): readonly Problem[] {
  const { ip, proxyProtocol } = source ?? {};
  return [
    ...(ip === undefined || parseAddress(ip)
      ? []
      : [problem(["source", "ip"], `\`${ip}\` is no IP address`)]),
    ...checkHeader(["source", "proxyProtocol"], proxyProtocol),
    ...checkHeader(["connection", "proxyProtocol"], connection?.proxyProtocol),
  ];
}

function checkHeader(path: readonly string[], text: string | undefined): readonly Problem[] {
  if (text === undefined || readProxyHeader(text)) return [];
  const what = text.includes(" ") ? "no PROXY header" : "no IP address";
  return [
    problem(
      path,
      `\`${text}\` is ${what}`,
      "203.0.113.9, or with where it called: 203.0.113.9 to 198.51.100.1:443, 2001:db8::9 to [2001:db8::1]:443",
    ),
  ];
}
