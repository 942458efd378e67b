import type { FilterChain, Program, ServerTls } from "../../model/program.ts";
import type { Shape } from "../partition/domain.ts";
import { isExactly } from "./atoms.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { identities } from "./languages.ts";

/** Whether a server asks for certificates of another authority than the mesh's: these may hold any name, or none. */
export function asksStrangers(tls: ServerTls | undefined): boolean {
  return tls !== undefined && tls.clientCertificate !== "none" && tls.authority === "credential";
}

const known = new WeakMap<Program, boolean>();

/** Whether certificates of another authority may come to a gateway. */
export function takesStrangers(program: Program): boolean {
  const before = known.get(program);
  if (before !== undefined) return before;
  const { proxy, listeners } = program;
  const made =
    proxy.kind === "gateway" &&
    listeners.some(({ chains }) => chains.some(({ tls }) => asksStrangers(tls)));
  known.set(program, made);
  return made;
}

const identity: Shape = {
  key: "identity of the mesh",
  shown: "spiffe://*",
  expression: identities(undefined),
  samples: [],
  head: "spiffe://",
};

const named: Formula = not({ kind: "absent", attribute: "peer" });

/** What whoever shows a certificate to a chain may be called: as Istio names workloads, or anything where another authority says it. */
export function certified({ tls }: FilterChain): Formula {
  if (!asksStrangers(tls)) return and(named, { kind: "atom", attribute: "peer", shape: identity });
  const names = tls?.subjectAltNames;
  return names ? or(...names.map((name) => isExactly("peer", "subjectAltNames", name))) : always;
}
