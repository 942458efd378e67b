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

/** What Kubernetes puts into the environment of pods for each Service of their namespace, here one that is called `authz` or `authz-webhook`. */
const ofService =
  /^AUTHZ_(?:\w+_)?(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;
const address = /^(?:tcp|udp|sctp):\/\//;

/** Whether a variable says where a Service is, and not what a flag is: `AUTHZ_PORT=tcp://10.0.0.1:443`. */
export function isAddress(name: string, value: string): boolean {
  return name.endsWith("_PORT") && address.test(value);
}

/** `AUTHZ_WEBHOOK_PORT` stands beside `AUTHZ_WEBHOOK_SERVICE_HOST`. */
function isOfService(name: string, all: ReadonlySet<string>): boolean {
  return ofService.test(name) || (name.endsWith("_PORT") && all.has(hostOf(name)));
}

function hostOf(name: string): string {
  return `${name.slice(0, -"PORT".length)}SERVICE_HOST`;
}

/** Tells of variables that look like flags and are none: what was meant by them does not count. */
export function tellVariables(command: string, read: Flags, { variables, err }: Io): void {
  const names = new Set(variables?.() ?? []);
  for (const name of names) {
    if (!name.startsWith(start) || known.includes(name) || isOfService(name, names)) continue;
    const all = Object.keys(read).map(variableOf);
    const hint = didYouMean(name, known) ?? `\`authz ${command}\` reads ${all.join(", ")}`;
    err(`authz: warning: \`${name}\` is no variable that is read\n  = ${hint}\n`);
  }
}
