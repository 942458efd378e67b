import { isKnown, type Suppression } from "@meshproof/engine/lint";
import type { Misuse } from "../flags.ts";

/** Reads `--suppress CODE[@KIND/NAMESPACE/NAME]=REASON`. */
export function suppressionOf(text: string): Suppression | Misuse {
  const at = text.indexOf("=");
  const [code = "", resource] = (at < 0 ? text : text.slice(0, at)).split("@");
  const reason = at < 0 ? "" : text.slice(at + 1).trim();
  return checked({ code, reason, ...(resource === undefined ? {} : { resource }) });
}

/** A suppression whose code there is, and that says why; otherwise what is wrong with it. */
export function checked(suppression: Suppression): Suppression | Misuse {
  const { code, resource, reason } = suppression;
  if (!isKnown(code))
    return {
      misuse: `there is no finding \`${code}\` to suppress`,
      hint: "docs/diagnostics.md lists them",
    };
  if (reason === "")
    return {
      misuse: `\`${code}\` is suppressed without a reason`,
      hint: `--suppress "${code}=why it is meant"`,
    };
  if (resource !== undefined && resource.split("/").length !== 3)
    return { misuse: `\`${resource}\`: KIND/NAMESPACE/NAME`, hint: "each part may be *" };
  return suppression;
}
