import type { HeaderChange, ProviderAnswer } from "../../model/access-request.ts";
import { changeOf, writtenHeader } from "../space/rewrites.ts";
import type { Concrete } from "./values.ts";

type Answers = Readonly<Record<string, ProviderAnswer>>;

/** What providers say; a header that one changes is set to what is looked for, or taken away. */
export function providerAnswers({ answers, values }: Concrete): Answers {
  const said: Record<string, ProviderAnswer> = {};
  for (const [name, yes] of answers) if (!name.includes("\n")) said[name] = yes ? "allow" : "deny";
  for (const [attribute, [value]] of values) {
    const { header, provider } = writtenHeader(attribute) ?? {};
    if (provider === undefined || header === undefined) continue;
    if (said[provider] === "deny" || answers.get(changeOf(provider, header)) !== true) continue;
    said[provider] = { allow: changed(said[provider], header, value) };
  }
  return said;
}

/** One more header that is set, or taken away. */
function changed(
  known: ProviderAnswer | undefined,
  header: string,
  value: string | undefined,
): HeaderChange {
  const before = typeof known === "object" && "allow" in known ? known.allow : {};
  return value === undefined
    ? { ...before, remove: [...(before.remove ?? []), header] }
    : { ...before, set: { ...before.set, [header]: value } };
}
