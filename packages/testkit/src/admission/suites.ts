import type { Finding, Mesh } from "@meshproof/engine";
import type { Change, Guard } from "@meshproof/engine/admission";
import { accountBehind, accountsOf } from "../accounts.ts";
import { type Asked, ask, type Run } from "../ask.ts";
import type { SuiteDocument } from "../parse-suite.ts";
import { type Planned, planSuite } from "../plan.ts";
import { statedWorkloads } from "../stated.ts";
import type { SuiteWorld } from "../world.ts";
import { breather } from "./breather.ts";
import { findingsOf, isFailing } from "./failing.ts";
import { keySetsOf } from "./key-sets.ts";

/** What suites are run in. The mesh, its release and its config are those of the cluster, whatever a suite says of its own. */
export type SuitesOptions = Pick<
  SuiteWorld,
  "keyFiles" | "keys" | "namespace" | "assume" | "facts" | "now"
>;

/** A test of a suite that a change breaks speaks against it; one that failed before does not. Throws where a key set is missing. */
export function suites(documents: readonly SuiteDocument[], options: SuitesOptions = {}): Guard {
  const prepared = documents.map((parsed) => ({ parsed, keys: keySetsOf(parsed, options) }));
  return async (before, after, { signal }) => {
    if (before === after) return [];
    const findings: Finding[] = [];
    for (const suite of prepared) {
      const failing = await failingIn(suite, { mesh: after, options, signal });
      if (failing.length === 0) continue;
      const names = new Set(failing.map(nameOf));
      const wanted = (planned: Planned): boolean => names.has(nameOf({ planned }));
      const known = await failingIn(suite, { mesh: before, options, signal, wanted });
      const old = new Set(known.map(nameOf));
      findings.push(
        ...failing
          .filter((each) => !old.has(nameOf(each)))
          .flatMap(({ asked }) => findingsOf(asked, suite.parsed)),
      );
    }
    return findings;
  };
}

interface Prepared {
  readonly parsed: SuiteDocument;
  readonly keys: Run["keys"];
}

interface Asking {
  readonly mesh: Mesh;
  readonly options: SuitesOptions;
  readonly signal: Change["signal"];
  readonly wanted?: (planned: Planned) => boolean;
}

interface Failing {
  readonly planned: Planned;
  readonly asked: Asked;
}

/** The cases that do not hold. Lets others have their turn in between: a suite may be long. */
async function failingIn(
  { parsed, keys }: Prepared,
  { mesh, options, signal, wanted = () => true }: Asking,
): Promise<readonly Failing[]> {
  const within = withStated(mesh, parsed, options);
  const run: Run = { parsed, keys, mesh: within, world: { ...options, files: [] } };
  const breathe = breather();
  const failing: Failing[] = [];
  for (const planned of planSuite(parsed, accountsOf(within), accountBehind(within))) {
    if (planned.snapshot || !wanted(planned)) continue;
    await breathe();
    signal.throwIfAborted();
    const asked = await ask(planned, run);
    if (isFailing(asked)) failing.push({ planned, asked });
  }
  return failing;
}

/** What a suite states takes part, unless the cluster has it. */
function withStated(mesh: Mesh, { suite }: SuiteDocument, { namespace }: SuitesOptions): Mesh {
  const stated = statedWorkloads(suite, namespace ?? suite.spec.namespace ?? "default");
  if (stated.length === 0) return mesh;
  const workloads = [...mesh.inventory.workloads, ...stated];
  return { ...mesh, inventory: { ...mesh.inventory, workloads } };
}

/** A case keeps its name from one mesh to the other; its place among the others it may not. */
function nameOf({ planned }: Pick<Failing, "planned">): string {
  const { test, name, from, request } = planned;
  return JSON.stringify([test, name, from, request]);
}
