import type { Point } from "./api.ts";
import { marks } from "./marks.ts";

/** What an answer rests on, in one sentence each. */
export function assumptionsOf(
  points: readonly Point[],
  attributes: ReadonlySet<string>,
): readonly string[] {
  const about = (start: string): boolean => [...attributes].some((each) => each.startsWith(start));
  return [
    ...(points.some(({ made }) => made)
      ? ["no inventory: one workload for each combination of selectors, with no declared ports"]
      : []),
    ...planesAssumed(points),
    ...unenforced(points),
    ...(points.some(({ proxy }) => proxy.kind === "gateway")
      ? ["what a gateway's policies let through may still have no route"]
      : []),
    ...peersAssumed(attributes),
    ...(about("claim ")
      ? [
          "a request carries at most one token, a preflight of CORS none; it is signed with a key of its issuer, in time, and sent where the rules of its issuer look for one",
          "issuers, and claims that rules write to headers, hold no control characters",
        ]
      : []),
    ...(attributes.has("path") ? [pathsAssumed(attributes)] : []),
    ...(attributes.has(marks.sentOn) && about("header ")
      ? ["header values have no blanks at their ends, which HTTP/1.1 does not send on"]
      : []),
    ...(attributes.has(marks.lines) && about("header ")
      ? ["each header is sent once: the two sides look at several lines of one differently"]
      : []),
    ...(attributes.has(marks.dots) && attributes.has("path")
      ? ["paths have no segment such as ..;x: the two sides read it differently"]
      : []),
    ...(attributes.has(marks.hidden) && attributes.has("path")
      ? ["paths have no segment such as ..;x, which the next proxy would read otherwise"]
      : []),
    ...(about("source.ip") || about("remote.ip")
      ? ["IPv4 addresses are not written as IPv6 ones"]
      : []),
    ...(about("provider ")
      ? ["a provider may give either answer, and set the headers that the mesh config lets through"]
      : []),
    ...markTexts(attributes),
  ];
}

/** Between proxies HTTP/1.1 is spoken, which takes no others. */
function pathsAssumed(attributes: ReadonlySet<string>): string {
  return `paths are ${attributes.has(marks.sentOn) ? "ASCII" : "UTF-8"}, as the proxy normalises them`;
}

function peersAssumed(attributes: ReadonlySet<string>): readonly string[] {
  if (!attributes.has("peer")) return [];
  return [
    "peers are named spiffe://DOMAIN/ns/NAMESPACE/sa/NAME, with one such name in a certificate",
    ...(attributes.has(marks.strangers)
      ? ["of a certificate of another authority one name counts, whatever it is, or none"]
      : []),
    "who has no identity speaks plaintext; other TLS than the mesh's is bytes to a proxy, but where a gateway's server or a Sidecar's ingress ends it",
  ];
}

function unenforced(points: readonly Point[]): readonly string[] {
  const names = points.flatMap((point) => (point.unenforced ? [point.name] : []));
  if (names.length === 0) return [];
  const more = names.length > 4 ? `, and ${names.length - 4} more` : "";
  return [`no proxy enforces anything at ${names.slice(0, 4).join(", ")}${more}`];
}

function planesAssumed(points: readonly Point[]): readonly string[] {
  const assumed = points.filter(({ planeAssumed }) => planeAssumed);
  const planes = new Set(
    assumed.map(({ proxy }) => (proxy.kind === "ztunnel" ? "ambient" : proxy.kind)),
  );
  return [...planes].map(
    (plane) => `data plane ${plane}, where nothing that is loaded says another`,
  );
}

/** What is taken away from the requests that are looked at. */
function markTexts(attributes: ReadonlySet<string>): readonly string[] {
  return [
    ...(attributes.has(marks.tunnels)
      ? ["sidecars take no HBONE, where no mesh config that is loaded says so"]
      : []),
    ...(attributes.has(marks.methods)
      ? ["methods are ordinary: the two sides take other words for HTTP"]
      : []),
    ...(attributes.has(marks.keys)
      ? ["the key sets of issuers can be fetched: where not, the two sides differ"]
      : []),
  ];
}
