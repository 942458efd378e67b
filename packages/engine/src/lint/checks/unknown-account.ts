import { matches } from "../../match/matches.ts";
import type { Mesh } from "../../model/mesh.ts";
import { didYouMean } from "../../parse/suggest.ts";
import { accountsOf } from "../accounts.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { type Value, valuesOn } from "../values.ts";

/** A service account that nothing runs under. */
export const unknownAccount: Check = {
  code: "binding/unknown-account",
  title: "a service account that nothing runs under",
  why: "Workloads of the namespace were loaded, and none runs under this account; no ServiceAccount of that name was loaded either. Where another account has nearly this name it is a warning. A bare name in `serviceAccounts` means one of the policy's own namespace.",
  like: ["KIA0106", "KIA0107"],
  *find({ mesh }) {
    const known = accountsOf(mesh);
    for (const value of valuesOn(mesh, "peer")) {
      const wanted = accountIn(mesh, value);
      if (wanted === undefined || known.some((identity) => fits(value, identity))) continue;
      const accounts = known.flatMap((identity) => accountOf(identity) ?? []);
      const own = accounts.filter(({ namespace }) => namespace === wanted.namespace);
      const near = didYouMean(wanted.name, [...new Set(own.map(({ name }) => name))]);
      const elsewhere = accounts.find(({ name }) => name === wanted.name)?.namespace;
      const hint = elsewhere === undefined ? near : `namespace \`${elsewhere}\` has one`;
      // what states no namespace is taken to be in `default`, and may be rendered into another
      const isSure = elsewhere === undefined ? near !== undefined : elsewhere !== "default";
      yield {
        at: value.at,
        ...(isSure ? {} : { severity: "info" }),
        ...(hint === undefined ? {} : { hint }),
        message: `nothing that was loaded in namespace \`${wanted.namespace}\` runs under the account \`${wanted.name}\`: ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because:
            "the accounts of all loaded workloads of the namespace, and its ServiceAccounts, were compared",
        },
      };
    }
  },
};

function accountOf(identity: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}

function fits({ patterns }: Value, identity: string): boolean {
  return patterns.some((pattern) => matches(pattern, identity));
}

/** The account of a value that names one, in a namespace of which workloads were loaded. */
function accountIn(
  { inventory }: Mesh,
  { field, text, policy }: Value,
): { namespace: string; name: string } | undefined {
  const parts =
    field === "serviceAccounts" || field === "source.serviceAccount"
      ? /^(?:([^/*]+)\/)?([^/*]+)$/.exec(text)
      : /^[^/]+\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(text);
  if (field === "namespaces" || field === "source.namespace" || field === "trustDomains")
    return undefined;
  const [, namespace = policy.key.namespace, name] = parts ?? [];
  const isLoaded = inventory.workloads.some(({ key }) => key.namespace === namespace);
  return name === undefined || !isLoaded ? undefined : { namespace, name };
}
