import type { ExplainedHop, Hop } from "@meshproof/engine";
import { ruleName } from "@meshproof/testkit";
import { type Line, wrapped } from "./trace-lines.ts";

/** The way of a request, a line for each proxy with what it saw and did; the last one decides, and is marked. One proxy needs no overview. */
export function wayLines(hops: readonly ExplainedHop[]): readonly Line[] {
  if (hops.length < 2) return [];
  const lines = hops.map(({ hop }, index) => {
    const mark = index === hops.length - 1 ? ">" : " ";
    return wrapped(
      `  ${mark} ${index + 1}  `,
      `${nameOf(hop)}: ${doneBy(hop)}; saw ${seenBy(hop)}`,
    );
  });
  return ["", "way", ...lines.flat()];
}

function nameOf({ point, proxy, side }: Hop): string {
  const name = point === "none" ? proxy : `${point} ${proxy}`;
  return side === "outbound" ? `${name}, on the way out` : name;
}

function doneBy({ enforced, side, steps, outcome, leaves }: Hop): string {
  const refused = steps.findLast(({ result }) => result === "refuse");
  if (refused !== undefined) return `${refused.layer} refuses${rulesOf(refused)}`;
  if (side === "outbound")
    return outcome.kind === "reply" ? `answers ${outcome.status ?? ""}`.trim() : "enforces nothing";
  if (!enforced) return "enforces nothing";
  if (outcome.kind !== "forwarded" && leaves === undefined) return endOf(outcome);
  const allowed = steps.findLast(({ layer, by }) => layer === "allow" && by.length > 0);
  return `lets it through${allowed === undefined ? "" : rulesOf(allowed)}`;
}

function rulesOf({ by }: Hop["steps"][number]): string {
  return by.length === 0 ? "" : ` (${by.map(ruleName).join(", ")})`;
}

function endOf({ kind, status }: Hop["outcome"]): string {
  if (kind === "reply") return `answers ${status ?? ""}`.trim();
  return kind.replaceAll("-", " ");
}

function seenBy({ saw, side }: Hop): string {
  if (saw === undefined) return "nothing of it";
  const { identities, method, path, destinationPort } = saw;
  const what =
    method === undefined && path === undefined
      ? `bytes to port ${destinationPort}`
      : `${method ?? "any method"} ${path ?? "any path"}`;
  if (side === "outbound") return what; // of its own workload
  return `${what} from ${identities[0] === undefined ? "no identity" : shortened(identities[0])}`;
}

/** spiffe://cluster.local/ns/shop/sa/web: sa/shop/web, as callers are named; one of another trust domain whole. */
function shortened(identity: string): string {
  return identity.replace(/^spiffe:\/\/cluster\.local\/ns\/([^/]+)\/sa\//, "sa/$1/");
}
