import { assumptions, didYouMean, unknowns } from "@meshproof/engine";
import type { Command } from "../command.ts";
import { table } from "../format/table.ts";

/** What is taken for granted, and what is asked: the same table that the engine reads. */
export const help: Command = {
  summary: "what is assumed and what is asked: authz help assumptions; help of a command",
  usage: ["assumptions", "COMMAND"],
  flags: {},
  run: ({ positionals: [topic = ""] }, io) => {
    if (topic !== "assumptions")
      return Promise.resolve({
        misuse: `no help on \`${topic}\``,
        hint: didYouMean(topic, ["assumptions"]) ?? "authz help assumptions, authz COMMAND --help",
      });
    io.out(assumptionsText());
    return Promise.resolve(0);
  },
};

function assumptionsText(): string {
  const rows = assumptions.map(({ id, about, assumed }) => [id, about, assumed]);
  const asked = unknowns.map((unknown) => `  ${unknown}\n`).join("");
  return `Assumed, and printed with the verdict (--assume none asks instead):\n
${table([["FACT", "ABOUT", "ASSUMED"], ...rows])}
Asked, because policies test it. Where it makes a difference, the verdict is undetermined:\n
${asked}`;
}
