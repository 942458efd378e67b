import { listOf, numberOf, textOf } from "../parse/decode.ts";
import { isFields } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";
import { isPresent, isSet, type Part, part, parts, values } from "./read.ts";
import { destinationFaults, destinationsFaults } from "./route-destination.ts";
import {
  corsFaults,
  durationFaults,
  faultInjectionFaults,
  percentFaults,
  statusFaults,
} from "./route-extras.ts";
import { authorityFaults, headerChangeFaults } from "./route-headers.ts";
import { httpMatchFaults, isPortNumber } from "./route-match.ts";
import { retryFaults } from "./route-retry.ts";
import { kindOf, regexFault, routeFault } from "./route-words.ts";

/** An HTTP route. istio/istio:pkg/config/validation/virtualservice.go, validateHTTPRoute */
export function httpRouteFaults(virtualService: Part, isDelegate: boolean): readonly Remark[] {
  const routes = listOf(virtualService.fields["http"]);
  return parts(virtualService, "http").flatMap((route, index) => {
    if (!isFields(routes[index])) return [routeFault(route.path, "a route without anything")];
    return [
      ...conflicts(route, isDelegate),
      ...httpMatchFaults(route),
      ...headerChangeFaults(route),
      ...corsFaults(part(route, "corsPolicy")),
      ...faultInjectionFaults(route),
      ...mirrorFaults(route),
      ...redirectFaults(route),
      ...statusFaults(part(route, "directResponse"), "status", isPresent(route, "directResponse")),
      ...retryFaults(route),
      ...rewriteFaults(route),
      ...authorityFaults(route),
      ...destinationsFaults(route),
      ...durationFaults(route, "timeout"),
    ];
  });
}

/** What cannot stand beside each other. `virtualservice.go`, validateHTTPRouteConflict */
function conflicts(route: Part, isDelegate: boolean): readonly Remark[] {
  const has = (name: string): boolean =>
    name === "route" ? isSet(route, "route") : isPresent(route, name);
  const beside = (first: string, others: readonly string[]): readonly Remark[] =>
    others
      .filter(has)
      .map((other) => routeFault([...route.path, other], `\`${other}\` beside \`${first}\``));
  if (!isDelegate && has("delegate")) return beside("delegate", ["redirect", "route"]);
  const delegated = isDelegate && has("delegate");
  return [
    ...(delegated ? [routeFault([...route.path, "delegate"], "a delegate delegates")] : []),
    ...actions(route, has, beside),
    ...(has("mirror") && isSet(route, "mirrors") ? beside("mirror", ["mirrors"]) : []),
  ];
}

function actions(
  { path }: Part,
  has: (name: string) => boolean,
  beside: (first: string, others: readonly string[]) => readonly Remark[],
): readonly Remark[] {
  if (has("redirect")) return beside("redirect", ["route", "fault", "rewrite", "directResponse"]);
  if (has("directResponse")) return beside("directResponse", ["route", "fault", "rewrite"]);
  return has("route") ? [] : [routeFault(path, "no `route`, `redirect` or `directResponse`")];
}

function mirrorFaults(route: Part): readonly Remark[] {
  const percent = numberOf(route.fields["mirrorPercent"]) ?? 0;
  return [
    ...(percent > 100 ? [routeFault([...route.path, "mirrorPercent"], "more than 100")] : []),
    ...percentFaults(route, "mirrorPercentage", 0),
    ...destinationFaults(route, "mirror"),
    ...parts(route, "mirrors").flatMap((mirror) =>
      isPresent(mirror, "destination")
        ? [...destinationFaults(mirror, "destination"), ...percentFaults(mirror, "percentage", 0)]
        : [routeFault(mirror.path, "no `destination`")],
    ),
  ];
}

/** `validation.go`, validateHTTPRedirect. */
function redirectFaults(route: Part): readonly Remark[] {
  if (!isPresent(route, "redirect")) return [];
  const { path, fields } = part(route, "redirect");
  const text = (name: string): string => textOf(fields[name]) ?? "";
  const code = numberOf(fields["redirectCode"]) ?? 0;
  const port = fields["port"];
  const says = ["uri", "prefixRewrite", "authority", "scheme"].some((name) => text(name) !== "");
  const targets = says || port !== undefined || fields["derivePort"] !== undefined;
  const prefixes = values(route, "match").length === 0 || parts(route, "match").every(isByPrefix);
  const wrong = [
    text("uri") !== "" && text("prefixRewrite") !== "" && "`uri` beside `prefixRewrite`",
    text("prefixRewrite") !== "" && !prefixes && "`prefixRewrite` where a match has no prefix",
    !targets && "it says nothing",
    code !== 0 && (code < 300 || code > 399) && `\`${code}\` is no redirect`,
    !["", "http", "https"].includes(text("scheme")) && `the scheme \`${text("scheme")}\``,
    typeof port === "number" && port > 0 && !isPortNumber(port) && `\`${port}\` is no port`,
  ];
  const first = wrong.find((each) => typeof each === "string");
  return first === undefined ? [] : [routeFault(path, `a redirect that cannot be: ${first}`)];
}

function isByPrefix({ fields }: Part): boolean {
  const { uri } = fields;
  return uri === undefined || uri === null || kindOf(uri) === "prefix";
}

/** `validation.go`, validateHTTPRewrite. */
function rewriteFaults(route: Part): readonly Remark[] {
  if (!isPresent(route, "rewrite")) return [];
  const rewrite = part(route, "rewrite");
  const text = (of: Part, name: string): string => textOf(of.fields[name]) ?? "";
  const byRegex = isPresent(rewrite, "uriRegexRewrite");
  const regex = part(rewrite, "uriRegexRewrite");
  const says = byRegex || text(rewrite, "uri") !== "" || text(rewrite, "authority") !== "";
  const isWhole = text(regex, "match") !== "" && text(regex, "rewrite") !== "";
  const wrong = [
    text(rewrite, "uri") !== "" && byRegex && "`uri` beside `uriRegexRewrite`",
    !says && "it says nothing",
    byRegex && !isWhole && "`uriRegexRewrite` takes `match` and `rewrite`",
    byRegex && regexFault(text(regex, "match")),
  ];
  const first = wrong.find((each) => typeof each === "string");
  return first === undefined
    ? []
    : [routeFault(rewrite.path, `a rewrite that cannot be: ${first}`)];
}
