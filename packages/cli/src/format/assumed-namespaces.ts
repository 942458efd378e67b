import type { Fact } from "@meshproof/engine";
import type { Io } from "../io.ts";
import { assumedLine } from "./assumed.ts";

/** Says on stderr which objects are taken to be in a namespace that no file and no flag says; nothing where none is. */
export function tellNamespaces(assumptions: readonly Fact[], io: Io): void {
  const once = new Map(assumptions.map((fact) => [fact.id, fact]));
  const facts = [...once.values()].filter(({ id }) => id.startsWith("namespace:"));
  const line = assumedLine(facts, false);
  if (line !== undefined) io.err(`authz: ${line}\n  = --namespace says another\n`);
}
