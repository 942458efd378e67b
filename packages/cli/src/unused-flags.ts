import { didYouMean, istiodVariables, type Mesh } from "@meshproof/engine";
import { bareHost, type SuiteResult } from "@meshproof/testkit";
import type { Args } from "./flags.ts";
import { pairOf } from "./flags.ts";

/** Flags that name what no mesh that was asked has, or hardly mean what they say: a slip of the pen would otherwise pass for an answer. A line each. */
export function unusedFlags(args: Args, results: readonly SuiteResult[]): readonly string[] {
  const meshes = results.flatMap(({ loaded }) => (loaded === undefined ? [] : [loaded.mesh]));
  if (meshes.length === 0) return [];
  return [
    ...missedServices(results),
    ...forgottenSlash(args.one("http"), meshes),
    ...unknown("feature", "no answer depends on this variable of istiod", {
      args,
      known: istiodVariables,
    }),
    ...unknown("keys", "no RequestAuthentication that was loaded has this issuer", {
      args,
      known: meshes.flatMap(issuersOf),
    }),
    ...unknown("provider", "no CUSTOM policy that was loaded asks it", {
      args,
      known: meshes.flatMap(providersOf),
    }),
  ];
}

/** `--http "GET api/orders"` asks the host `api`. */
function forgottenSlash(http: string | undefined, meshes: readonly Mesh[]): readonly string[] {
  const hosts = meshes.map((mesh) => (http === undefined ? undefined : bareHost(http, mesh)));
  const host = hosts.find((each) => each !== undefined);
  if (host === undefined) return [];
  return [`authz: \`--http ${http}\` asks the host \`${host}\`\n  = a path begins with a slash\n`];
}

/** A Service that was not loaded is taken for one that is there: where another is called almost so, it is probably a slip of the pen. */
function missedServices(results: readonly SuiteResult[]): readonly string[] {
  const told = results.flatMap(({ loaded, cases }) =>
    cases.flatMap(({ verdict }) =>
      (verdict?.facts ?? []).flatMap(({ id }) => {
        const [, namespace, name] = /^service:svc\/([^/]+)\/([^/]+)$/.exec(id) ?? [];
        if (loaded === undefined || namespace === undefined || name === undefined) return [];
        const hint = didYouMean(name, servicesIn(loaded.mesh, namespace));
        if (hint === undefined) return [];
        return [`authz: Service \`${namespace}/${name}\` was not loaded\n  = ${hint}\n`];
      }),
    ),
  );
  return [...new Set(told)];
}

function servicesIn({ inventory }: Mesh, namespace: string): readonly string[] {
  return inventory.services.flatMap(({ key }) => (key.namespace === namespace ? [key.name] : []));
}

function unknown(
  flag: string,
  why: string,
  { args, known }: { readonly args: Args; readonly known: readonly string[] },
): readonly string[] {
  const names = args.many(flag).flatMap((text) => pairOf(text, flag)?.[0] ?? []);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const hint = didYouMean(name, known);
      const more = hint === undefined ? "" : `  = ${hint}\n`;
      return `authz: \`--${flag} ${name}\`: ${why}\n${more}`;
    });
}

function issuersOf({ requestAuthentications }: Mesh): readonly string[] {
  return requestAuthentications.flatMap(({ spec }) =>
    (spec.jwtRules ?? []).flatMap((rule) => rule?.issuer ?? []),
  );
}

function providersOf({ authorizationPolicies }: Mesh): readonly string[] {
  return authorizationPolicies.flatMap(({ spec }) => spec.provider?.name ?? []);
}
