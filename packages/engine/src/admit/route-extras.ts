import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { isWholeDuration, parseDuration } from "./duration.ts";
import { isPresent, type Part, part, parts, values } from "./read.ts";
import { kindOf, regexFaults, routeFault } from "./route-words.ts";

/** Whole milliseconds, at least one. istio/istio:pkg/config/validation/agent, ValidateDuration */
export function durationFaults({ path, fields }: Part, name: string): readonly Remark[] {
  const text = textOf(fields[name]);
  if (text === undefined || isWholeDuration(text)) return [];
  return [routeFault([...path, name], `\`${text}\` is not at least 1ms, in whole milliseconds`)];
}

/** `least`: what a value above 0 must have. `validation.go`, validatePercentage */
export function percentFaults(of: Part, name: string, least: number): readonly Remark[] {
  const { path, fields } = part(of, name);
  const value = numberOf(fields["value"]) ?? 0;
  if (value === 0 || (value >= least && value > 0 && value <= 100)) return [];
  return [routeFault([...path, "value"], `\`${value}\` is no percentage`)];
}

/** `validation.go`, validateHTTPStatus. */
export function statusFaults(
  { path, fields }: Part,
  name: string,
  asked: boolean,
): readonly Remark[] {
  const status = numberOf(fields[name]) ?? 0;
  if (!asked || (status >= 200 && status <= 600)) return [];
  return [routeFault([...path, name], `\`${status}\` is no status`)];
}

/** `validation.go`, validateHTTPFaultInjection. */
export function faultInjectionFaults(route: Part): readonly Remark[] {
  if (!isPresent(route, "fault")) return [];
  const fault = part(route, "fault");
  const isEmpty = !isPresent(fault, "abort") && !isPresent(fault, "delay");
  const abort = part(fault, "abort");
  const delay = part(fault, "delay");
  const grpc = textOf(abort.fields["grpcStatus"]);
  const badGrpc = grpc !== undefined && !grpcStatuses.has(grpc);
  const never = [
    ...(isPresent(abort, "http2Error") ? [[...abort.path, "http2Error"]] : []),
    ...(isPresent(delay, "exponentialDelay") ? [[...delay.path, "exponentialDelay"]] : []),
  ];
  return [
    ...(isEmpty ? [routeFault(fault.path, "neither `abort` nor `delay`")] : []),
    ...percentFaults(abort, "percentage", 0.0001),
    ...percentFaults(delay, "percentage", 0.0001),
    ...(badGrpc ? [routeFault([...abort.path, "grpcStatus"], `\`${grpc}\` is no status`)] : []),
    ...statusFaults(abort, "httpStatus", isPresent(abort, "httpStatus")),
    ...durationFaults(delay, "fixedDelay"),
    ...never.map((path) => routeFault(path, "not supported")),
  ];
}

const grpcStatuses: ReadonlySet<string> = new Set([
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND"],
  ...["ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION"],
  ...["ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"],
  "UNAUTHENTICATED",
]);

const corsMethods: ReadonlySet<string> = new Set([
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"],
]);
const corsHeader = /^(?:\*|[!#$%&'*+\-.^_`|~A-Za-z0-9]+)$/;

/** `validation.go`, validateCORSPolicy. */
export function corsFaults(policy: Part): readonly Remark[] {
  const headers = [...values(policy, "allowHeaders"), ...values(policy, "exposeHeaders")];
  const age = textOf(policy.fields["maxAge"]);
  const isPrecise = age !== undefined && (parseDuration(age) ?? 0n) % 1_000_000_000n !== 0n;
  return [
    ...parts(policy, "allowOrigins").flatMap(originFaults),
    ...values(policy, "allowMethods")
      .filter(({ text }) => !corsMethods.has(text))
      .map(({ path, text }) => routeFault(path, `\`${text}\` is no method`)),
    ...headers
      .filter(({ text }) => !corsHeader.test(text))
      .map(({ path, text }) => routeFault(path, `\`${text}\` is no name of a header`)),
    ...durationFaults(policy, "maxAge"),
    ...(isPrecise ? [routeFault([...policy.path, "maxAge"], "not in whole seconds")] : []),
  ];
}

function originFaults({ path, fields }: Part): readonly Remark[] {
  const kind = kindOf(fields);
  const text = kind === undefined ? "" : (textOf(fields[kind]) ?? "");
  if (text === "") return [routeFault(path, "an origin that says nothing")];
  return regexFaults(
    { path: path.slice(0, -1), fields: { [`${path.at(-1)}`]: fields } },
    `${path.at(-1)}`,
  );
}
