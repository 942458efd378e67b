import { textOfBytes } from "../../match/bytes.ts";
import type { HeaderChange, ProviderAnswer } from "../../model/access-request.ts";
import type { JwtProvider } from "../../model/program.ts";
import { changeOf, writtenHeader } from "../space/rewrites.ts";
import { sentAt } from "../space/sent-at.ts";
import { claimsOf } from "./claims.ts";
import { placeOf } from "./sent-token.ts";
import { tokenOf } from "./unsigned-token.ts";
import type { Concrete } from "./values.ts";

type Answers = Readonly<Record<string, ProviderAnswer>>;

/** What providers say; a header that one changes is set to what is looked for, to a token that it hands on, or taken away. */
export function providerAnswers(found: Concrete, tokens: readonly JwtProvider[]): Answers {
  const { answers } = found;
  const said: Record<string, ProviderAnswer> = {};
  for (const [name, yes] of answers) if (!name.includes("\n")) said[name] = yes ? "allow" : "deny";
  for (const { provider, header, value } of [...headersSet(found), ...tokensSet(found, tokens)]) {
    if (said[provider] === "deny" || answers.get(changeOf(provider, header)) !== true) continue;
    said[provider] = { allow: changed(said[provider], header, value) };
  }
  return said;
}

interface Written {
  readonly provider: string;
  readonly header: string;
  readonly value: string | undefined; // undefined: it is taken away
}

function headersSet({ values }: Concrete): readonly Written[] {
  return [...values].flatMap(([attribute, [value]]) => {
    const { header, provider } = writtenHeader(attribute) ?? {};
    return provider === undefined || header === undefined
      ? []
      : [{ provider, header, value: value === undefined ? undefined : textOfBytes(value) }];
  });
}

/** Where a header holds tokens, the one that is handed on in it. */
function tokensSet(found: Concrete, tokens: readonly JwtProvider[]): readonly Written[] {
  return [...found.answers.keys()].flatMap((name) => {
    const [provider = "", header, before] = name.split("\n");
    if (before !== undefined) return []; // a request states one answer
    const claims = header === undefined ? undefined : claimsOf(found, provider);
    if (header === undefined || claims === undefined) return [];
    const sent = found.values.get(`${sentAt} (from ${provider})`) ?? [];
    const { raw, prefix, cookie } = placeOf(tokenOf(claims, tokens, new Map([[sentAt, sent]])));
    return [{ provider, header, value: cookie === undefined ? prefix + raw : `${cookie}=${raw}` }];
  });
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
