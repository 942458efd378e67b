import { knownReleases, resolveRelease } from "@meshproof/engine";
import type { Command } from "../command.ts";
import { table } from "../format/table.ts";
import { packageVersion } from "../package-version.ts";

/** This program's version, and the releases of Istio that it knows. */
export const version: Command = {
  summary: "the version of this program; --releases: the releases of Istio that it knows",
  usage: ["[--releases]"],
  flagsOnly: true,
  flags: { releases: { help: "every known release of Istio, with the Envoy it ships" } },
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
  return `\n${table([["ISTIO", "ENVOY"], ...rows])}`;
}
