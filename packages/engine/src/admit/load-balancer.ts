import type { Release } from "../model/mesh.ts";
import { numberOf, textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { behaves } from "../release.ts";
import { localityFaults, zoneFaults } from "./localities.ts";
import { isPresent, type Part, part, parts } from "./read.ts";
import { durationFaults } from "./route-extras.ts";
import { routeFault } from "./route-words.ts";

/** How endpoints are picked. istio/istio:pkg/config/validation/validation.go, validateLoadBalancer */
export function loadBalancerFaults(policy: Part, release: Release): readonly Remark[] {
  if (!isPresent(policy, "loadBalancer")) return [];
  const settings = part(policy, "loadBalancer");
  const locality = isPresent(settings, "localityLbSetting");
  const zone = isPresent(settings, "zoneAwareLbSetting");
  return [
    ...(isPresent(settings, "consistentHash") ? hashFaults(part(settings, "consistentHash")) : []),
    ...(locality && zone
      ? [
          routeFault(
            [...settings.path, "zoneAwareLbSetting"],
            "beside `localityLbSetting`",
            "keep one",
          ),
        ]
      : []),
    ...(locality ? localityFaults(part(settings, "localityLbSetting")) : []),
    ...(zone ? zoneFaults(part(settings, "zoneAwareLbSetting")) : []),
    ...(isPresent(settings, "warmup") ? warmupFaults(part(settings, "warmup"), release) : []),
  ];
}

function hashFaults(hash: Part): readonly Remark[] {
  const cookie = part(hash, "httpCookie");
  const sized = (numberOf(hash.fields["minimumRingSize"]) ?? 0) !== 0;
  const named = ["ringHash", "maglev"].some((name) => isPresent(hash, name));
  return [
    ...(isPresent(hash, "httpCookie") ? cookieFaults(cookie) : []),
    ...(sized && named
      ? [
          routeFault(
            [...hash.path, "minimumRingSize"],
            "beside `ringHash` or `maglev`",
            "remove it",
          ),
        ]
      : []),
    ...(isPresent(hash, "maglev") ? maglevFaults(part(hash, "maglev")) : []),
  ];
}

function cookieFaults(cookie: Part): readonly Remark[] {
  const attributes = parts(cookie, "attributes");
  const names = attributes.map(({ fields }) => textOf(fields["name"]) ?? "");
  return [
    ...(textOf(cookie.fields["name"]) ? [] : [routeFault(cookie.path, "a cookie without a name")]),
    ...attributes.flatMap(({ path }, index) => {
      const name = names[index] ?? "";
      if (name === "") return [routeFault(path, "an attribute without a name")];
      return names.indexOf(name) < index
        ? [routeFault([...path, "name"], `\`${name}\` is there twice`)]
        : [];
    }),
  ];
}

/** The size of the table is a prime number below Envoy's limit. */
function maglevFaults(maglev: Part): readonly Remark[] {
  const size = numberOf(maglev.fields["tableSize"]) ?? 0;
  if (size < 5_000_011 && isPrime(size)) return [];
  const path = [...maglev.path, "tableSize"];
  return [routeFault(path, `\`${size}\` is no prime number below 5000011`, "such as 65537")];
}

/** As Envoy has it: 1 is one. */
function isPrime(size: number): boolean {
  if (size > 0 && size < 4) return true;
  if (size % 2 === 0) return false;
  for (let factor = 3; factor * factor <= size; factor += 2) if (size % factor === 0) return false;
  return true;
}

function warmupFaults(warmup: Part, release: Release): readonly Remark[] {
  const { path, fields } = warmup;
  const aggression = numberOf(fields["aggression"]);
  const isSmall = behaves(release, "small-aggression")
    ? aggression !== undefined && aggression <= 0
    : aggression !== undefined && aggression < 1;
  return [
    ...(isPresent(warmup, "duration")
      ? durationFaults(warmup, "duration")
      : [routeFault(path, "no `duration`")]),
    ...((numberOf(fields["minimumPercent"]) ?? 0) > 100
      ? [routeFault([...path, "minimumPercent"], "more than 100")]
      : []),
    ...(isSmall ? [routeFault([...path, "aggression"], `\`${aggression}\` is too small`)] : []),
  ];
}
