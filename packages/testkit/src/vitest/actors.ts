import { didYouMean } from "@meshproof/engine";
import { accountsOf } from "../accounts.ts";
import type { Caller, MeshUnderTest } from "./under-test.ts";

/** Callers by their names. */
export type Actors<Name extends string> = { readonly [Each in Name]: Caller };

/**
 * The callers of a mesh by name: the options' `actors`, else the service account or the workload that alone has this name, or that
 * is in the options' namespace. Asked for another it throws a TypeError. `names`: those that are wanted, so that their types are known.
 */
export function actors<Actor extends string, Name extends string = Actor>(
  mesh: MeshUnderTest<Actor>,
  ...names: readonly Name[]
): Actors<Name> {
  const known = new Map<string, Caller>();
  const caller = (name: string): Caller => {
    const made = known.get(name) ?? mesh.from(resolve(name, mesh));
    known.set(name, made);
    return made;
  };
  for (const name of names) caller(name);
  const target: Record<string, Caller> = {};
  for (const name of mesh.actors) target[name] = caller(name);
  const proxy = new Proxy(target, {
    get: (_target, name) => (typeof name === "string" ? caller(name) : undefined),
  });
  return proxy as Actors<Name>;
}

function resolve(name: string, { opened, mesh }: MeshUnderTest): string {
  const { actors: stated = {}, namespace, workloads = {} } = opened.run.parsed.suite.spec;
  if (Object.hasOwn(stated, name) || Object.hasOwn(workloads, name)) return name;
  const accounts = accountsOf(mesh);
  const running = mesh.inventory.workloads.map(
    ({ key }) => `workload/${key.namespace}/${key.name}`,
  );
  for (const all of [accounts, running]) {
    const named = all.filter((account) => account.split("/")[2] === name);
    const own = named.find((account) => account.split("/")[1] === namespace);
    const only = named.length === 1 ? named[0] : undefined;
    const found = own ?? only;
    if (found !== undefined) return found;
    if (named.length > 1) throw new TypeError(`\`${name}\` may be ${named.join(" or ")}`);
  }
  const names = [...accounts, ...running].map((each) => each.split("/")[2] ?? "");
  const all = [...new Set([...Object.keys(stated), ...names])];
  const hint = didYouMean(name, all) ?? `there are ${all.join(", ") || "none"}`;
  throw new TypeError(`no actor \`${name}\`: ${hint}`);
}
