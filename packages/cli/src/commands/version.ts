import { type Branches, behaviours, knownReleases, resolveRelease } from "@meshproof/engine";
import type { Command } from "../command.ts";
import { table } from "../format/table.ts";
import { packageVersion } from "../package-version.ts";

/** This program's version, and the releases of Istio that it knows. */
export const version: Command = {
  summary: "the version of this program; --releases: the releases of Istio that it knows",
  usage: ["[--releases]"],
  flagsOnly: true,
  flags: {
    releases: { help: "every known release of Istio, its Envoy, and what differs between them" },
  },
  run: (args, io) => {
    io.out(`authz ${packageVersion}\n`);
    if (args.on("releases")) io.out(releasesText());
    return Promise.resolve(0);
  },
};

function releasesText(): string {
  const standard = resolveRelease(undefined);
  const rows = knownReleases.map((name) => {
    const release = resolveRelease(name);
    if ("unknown" in release) return [name, "-", ""];
    const isDefault = "istio" in standard && standard.istio === release.istio;
    return [release.istio, release.envoy, isDefault ? "default" : ""];
  });
  return `\n${table([["ISTIO", "ENVOY"], ...rows])}\n${behavioursText()}`;
}

function behavioursText(): string {
  const rows = Object.values(behaviours).map(({ component, what, since, until }) => {
    return [component, branchesText(since), until === undefined ? "" : branchesText(until), what];
  });
  return table([["IN", "SINCE", "UNTIL", "WHAT"], ...rows]);
}

/** 1.28.6, 1.29.2, 1.30: the first patch level of each branch, and every later branch. */
function branchesText(branches: Branches): string {
  return Object.entries(branches)
    .map(([minor, patch]) => (patch === 0 ? minor : `${minor}.${patch}`))
    .join(", ");
}
