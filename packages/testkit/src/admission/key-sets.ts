import type { Keys } from "@meshproof/engine";
import type { SuiteDocument } from "../parse-suite.ts";
import type { SuiteWorld } from "../world.ts";

/** The key sets that a suite names. Throws where the text of a file was not handed over. */
export function keySetsOf(
  { suite, document }: SuiteDocument,
  { keyFiles = {}, keys = {} }: Pick<SuiteWorld, "keyFiles" | "keys">,
): Readonly<Record<string, Keys>> {
  const own = Object.entries(suite.spec.keys ?? {}).map(([issuer, value]) => {
    const text = value === "trusted" || value === "unavailable" ? value : keyFiles[value];
    if (text === undefined)
      throw new TypeError(`${document.file}: no text for the key set ${value}`);
    return [issuer, text] as const;
  });
  return { ...Object.fromEntries(own), ...keys };
}
