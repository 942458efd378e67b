import { diagnose, type Finding } from "../diagnostic.ts";
import type { ParsedDocument } from "./document.ts";
import type { InstalledRelease } from "./installed-release.ts";
import type { FoundConfig } from "./mesh-config.ts";

/** An object that is written a second time. `name`: its key as text. */
export function duplicateFinding(
  name: string,
  document: ParsedDocument,
  first: ParsedDocument,
): Finding {
  const path = ["metadata", "name"];
  const hint = "load one overlay at a time, or say --on-duplicate last|first";
  return {
    ...diagnose("load/duplicate", `\`${name}\` is written twice`, document.locate(path), hint),
    related: [{ message: "the first one is here", at: first.locate(path) }],
  };
}

/** Two mesh configs, or two releases of the control plane, as in a canary upgrade: which one counts is not for us to say. */
export function conflicts(
  [config, ...configs]: readonly FoundConfig[],
  [release, ...releases]: readonly InstalledRelease[],
): readonly Finding[] {
  const twoConfigs = configs.map((other) => ({
    ...diagnose(
      "load/two-mesh-configs",
      `two mesh configs: ${config?.what} and ${other.what}`,
      other.at,
      "load the one of the control plane in question",
    ),
    related: config ? [{ message: `${config.what} is here`, at: config.at }] : [],
  }));
  const another = releases.find(({ version }) => version !== release?.version);
  if (release === undefined || another === undefined) return twoConfigs;
  const finding = diagnose(
    "load/two-releases",
    `two releases of Istio: ${release.version} and ${another.version}`,
    another.at,
    "load the control plane in question, or say --istio",
  );
  return [
    ...twoConfigs,
    { ...finding, related: [{ message: `${release.version} is here`, at: release.at }] },
  ];
}
