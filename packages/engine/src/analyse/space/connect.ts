import type { Program } from "../../model/program.ts";
import type { Protocol } from "../api.ts";
import { arrivals } from "./arrivals.ts";
import { matching } from "./atoms.ts";
import { always, and, type Formula, not, or, visit } from "./formula.ts";
import type { Setting } from "./space.ts";

/** CONNECT itself. Made once, as all atoms that are compared. */
const connect: Formula = matching("method", "methods", { kind: "exact", text: "CONNECT" });

/**
 * Without CONNECT where some side reads HTTP: it has no path, and no route that istiod writes takes it (404), whatever policies say. Who passes bytes on
 * hands it on, and is asked about it as about any method. `envoy:source/common/router/config_impl.cc`
 */
export function withoutConnect(
  setting: Setting,
  programs: readonly Program[],
  protocol: Protocol,
): Setting {
  return {
    ...setting,
    consistency: (attributes, spells) => {
      if (protocol === "tcp" || !attributes.includes("method"))
        return setting.consistency(attributes, spells);
      const none = not(and(connect, or(...programs.map(asHttp))));
      const all = new Set([...attributes, ...attributesIn(none)]);
      return and(setting.consistency([...all], spells), none);
    },
  };
}

/** What a proxy reads as HTTP, or closes at once. */
function asHttp(program: Program): Formula {
  const all = arrivals(program, { protocol: "http" });
  const passed = all.flatMap(({ chain, here }) => (chain && chain.kind !== "http" ? [here] : []));
  return passed.length === 0 ? always : not(or(...passed));
}

function attributesIn(formula: Formula): readonly string[] {
  const found: string[] = [];
  visit([formula], (part) => {
    if (part.kind === "atom" || part.kind === "absent") found.push(part.attribute);
  });
  return found;
}
