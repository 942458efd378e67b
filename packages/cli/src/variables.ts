import { didYouMean } from "@meshproof/engine";
import type { Flags } from "./flags.ts";
import type { Io } from "./io.ts";

/** `AUTHZ_ON_DUPLICATE` is `--on-duplicate`. */
export function variableOf(flag: string): string {
  return `${start}${flag.toUpperCase().replaceAll("-", "_")}`;
}

const start = "AUTHZ_";

/** The flags of all commands: none is loaded to know what another one reads. */
const flags = `
  admission alg allow-empty assume audience bail between calibrate candidate cert certificates
  claim client-ca cluster config config-dump config-map coverage coverage-merge coverage-output
  coverage-threshold curl data-plane days diff drain expect expires-in fail-on fail-on-empty
  failure-policy feature filename fix force from from-istio grpc guards header host http image
  invalid issuer istio jwks key keys kid kubeconfig listen log max-body max-reviews max-waiting
  mesh method name namespace not-before now on-duplicate on-fault on-timeout only only-failures
  output path port protocol provider proxy-protocol quiet releases reload replicas
  root-namespace run save-witness serve-flag set settle shard sni source-ip stale subject
  suites suppress tcp threads timeout timeout-seconds to to-istio token top transport
  update-snapshots url verbose watch
`;

const own = ["AUTHZ_COVERAGE", "AUTHZ_DIST", "AUTHZ_WARM"]; // of vitest, of our tests, of the install
const known: readonly string[] = [...flags.trim().split(/\s+/).map(variableOf), ...own];

/** What Kubernetes puts into the environment of pods beside a Service that is called `authz`. */
const ofService = /^AUTHZ_(?:SERVICE_(?:HOST|PORT)|PORT_\d)/;

/** Tells of variables that look like flags and are none: what was meant by them does not count. */
export function tellVariables(command: string, read: Flags, { variables, err }: Io): void {
  for (const name of variables?.() ?? []) {
    if (!name.startsWith(start) || known.includes(name) || ofService.test(name)) continue;
    const all = Object.keys(read).map(variableOf);
    const hint = didYouMean(name, known) ?? `\`authz ${command}\` reads ${all.join(", ")}`;
    err(`authz: warning: \`${name}\` is no variable that is read\n  = ${hint}\n`);
  }
}
