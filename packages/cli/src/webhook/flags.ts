import { isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { type World, worldFlags } from "../world-flags.ts";
import { millisecondsOf } from "./duration.ts";
import type { Fallback } from "./reply.ts";
import type { JudgeSettings, MeshSource, ServerSettings } from "./settings.ts";

/** The flags of `authz serve webhook`. */
export const serveFlags: Flags = {
  listen: { value: "HOST:PORT", help: "where to listen (default 0.0.0.0:8443)" },
  cert: { value: "FILE", help: "certificate chain, PEM; read again when it changes" },
  key: { value: "FILE", help: "its key, PEM" },
  "client-ca": {
    value: "FILE",
    help: "only callers with a certificate of this authority get any answer but livez and readyz",
  },
  ...worldFlags,
  cluster: { help: "follow the cluster instead of files (needs @kubernetes/client-node)" },
  kubeconfig: { value: "FILE", help: "how to reach it (default: as a pod, else as kubectl does)" },
  "root-namespace": { value: "NS", help: "where istiod is (default istio-system)" },
  "config-map": { value: "NAME", help: "of the mesh config there (default istio)" },
  stale: {
    value: "TIME",
    help: "without the API server for so long, nothing is judged any more (default 30s)",
  },
  guards: { value: "FILE", help: "what is checked, where, and what follows (docs/webhook.md)" },
  suites: {
    value: "PATH",
    multiple: true,
    help: "suites that must still hold; deny what breaks them",
  },
  settle: {
    value: "TIME",
    help: "objects that come within this time of each other count as one change (default 30s)",
  },
  timeout: { value: "TIME", help: "of one review, where the API server says no less (default 9s)" },
  "on-timeout": {
    value: "WHAT",
    oneOf: ["allow", "deny"],
    help: "what is not judged in time (default deny)",
  },
  "on-fault": {
    value: "WHAT",
    oneOf: ["allow", "deny"],
    help: "what cannot be judged: a fault, an unknown state, too much at once (default deny)",
  },
  "max-reviews": { value: "N", help: "so many at once; others wait (default 64)" },
  "max-waiting": { value: "N", help: "so many may wait; others count as a fault (default 512)" },
  "max-body": { value: "MIB", help: "size of a request, in MiB (default 8)" },
  reload: { value: "TIME", help: "how often certificates are looked at (default 5s)" },
  drain: { value: "TIME", help: "go on for so long after SIGTERM (default 5s)" },
  log: {
    value: "LEVEL",
    oneOf: ["info", "warning", "error"],
    help: "from which level on (default info)",
  },
};

const times = { stale: 30_000, settle: 30_000, timeout: 9000, reload: 5000, drain: 5000 };
const mostTime = 500 * 3_600_000; // timers do not count much further, and then end at once

/** Without any of these times nothing would ever be judged, or certificates looked at all the time. */
const needed: ReadonlySet<string> = new Set(["stale", "timeout", "reload"]);
const numbers = { "max-reviews": 64, "max-waiting": 512, "max-body": 8 };

/** What the flags ask for, or why they cannot be used. */
export function settingsOf(
  args: Args,
  world: World,
): { readonly judge: JudgeSettings; readonly server: ServerSettings } | Misuse {
  const measured = measuredOf(args);
  if (isMisuse(measured)) return measured;
  const mesh = sourceOf(args, measured.stale);
  if (isMisuse(mesh)) return mesh;
  const server = serverOf(args, measured);
  if (isMisuse(server)) return server;
  const guardsFile = args.one("guards");
  const judge = { mesh, world, suites: args.many("suites"), settle: measured.settle };
  return { judge: guardsFile === undefined ? judge : { ...judge, guardsFile }, server };
}

function serverOf(args: Args, measured: Measured): ServerSettings | Misuse {
  const [cert, key, clientCa] = [args.one("cert"), args.one("key"), args.one("client-ca")];
  if (cert === undefined || key === undefined)
    return { misuse: "`--cert FILE` and `--key FILE` are needed: the API server speaks TLS only" };
  const address = addressOf(args.one("listen") ?? "0.0.0.0:8443");
  if (isMisuse(address)) return address;
  const { reload, timeout, drain } = measured;
  return {
    ...{ ...address, cert, key, reload, timeout, drain },
    ...(clientCa === undefined ? {} : { clientCa }),
    onTimeout: fallback(args, "on-timeout"),
    onFault: fallback(args, "on-fault"),
    mostReviews: measured["max-reviews"],
    mostWaiting: measured["max-waiting"],
    mostBytes: measured["max-body"] * 1024 * 1024,
    logFrom: (["warning", "error"] as const).find((level) => level === args.one("log")) ?? "info",
  };
}

/** Where to listen: `0.0.0.0:8443`, `[::]:8443`. */
function addressOf(text: string): Pick<ServerSettings, "host" | "port"> | Misuse {
  const [, bracketed, plain = "", port = ""] = /^(?:\[(.*)\]|(.*)):(\d+)$/.exec(text) ?? [];
  if (port === "" || Number(port) > 65_535)
    return { misuse: `\`--listen ${text}\`: HOST:PORT is needed, with a port up to 65535` };
  return { host: bracketed ?? plain, port: Number(port) };
}

function fallback(args: Args, flag: string): Fallback {
  return args.one(flag) === "allow" ? "allow" : "deny";
}

type Measured = Readonly<Record<keyof typeof times | keyof typeof numbers, number>>;

function measuredOf(args: Args): Measured | Misuse {
  const measured = { ...times, ...numbers };
  for (const name of namesOf(times)) {
    const text = args.one(name);
    if (text === undefined) continue;
    const value = millisecondsOf(text);
    if (value === undefined) return { misuse: `\`--${name} ${text}\`: no time such as 30s` };
    if (value > mostTime) return { misuse: `\`--${name} ${text}\`: more than 500h` };
    if (value === 0 && needed.has(name)) return { misuse: `\`--${name} ${text}\`: no time at all` };
    measured[name] = value;
  }
  for (const name of namesOf(numbers)) {
    const text = args.one(name);
    if (text === undefined) continue;
    if (!/^[1-9]\d{0,5}$/.test(text)) return { misuse: `\`--${name} ${text}\`: no number` };
    measured[name] = Number(text);
  }
  return measured;
}

function namesOf<Name extends string>(record: Readonly<Record<Name, number>>): readonly Name[] {
  return Object.keys(record) as Name[];
}

function sourceOf(args: Args, stale: number): MeshSource | Misuse {
  const patterns = args.many("filename");
  const kubeconfig = args.one("kubeconfig");
  if (args.on("cluster") && patterns.length > 0)
    return { misuse: "`--cluster`, or `--filename`: not both" };
  if (!args.on("cluster"))
    return patterns.length > 0 ? { kind: "files", patterns } : { kind: "none" };
  return {
    kind: "cluster",
    rootNamespace: args.one("root-namespace") ?? "istio-system",
    configMap: args.one("config-map") ?? "istio",
    stale,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
}
