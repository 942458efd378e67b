import { utf8Bytes } from "../match/bytes.ts";
import type { AccessRequest, ProviderAnswer } from "../model/access-request.ts";

type Answers = NonNullable<AccessRequest["providers"]>;

/** A request whose server name, and what providers write, are the bytes that proxies see. */
export function statedBytes<Stated extends Pick<AccessRequest, "sni" | "providers">>(
  request: Stated,
): Stated {
  const { sni, providers } = request;
  return {
    ...request,
    ...(sni === undefined ? {} : { sni: utf8Bytes(sni) }),
    ...(providers === undefined ? {} : { providers: answerBytes(providers) }),
  };
}

/** What providers say, in bytes. */
export function answerBytes(providers: Answers): Answers {
  const said = Object.entries(providers).map(([name, answer]) => [name, bytesOf(answer)] as const);
  return Object.fromEntries(said);
}

function bytesOf(answer: ProviderAnswer): ProviderAnswer {
  if (typeof answer === "string") return answer;
  if ("deny" in answer) {
    const { body, headers } = answer.deny;
    return {
      deny: {
        ...answer.deny,
        ...(body === undefined ? {} : { body: utf8Bytes(body) }),
        ...(headers === undefined ? {} : { headers: valueBytes(headers) }),
      },
    };
  }
  const { set, append } = answer.allow;
  return {
    allow: {
      ...answer.allow,
      ...(set === undefined ? {} : { set: valueBytes(set) }),
      ...(append === undefined ? {} : { append: valueBytes(append) }),
    },
  };
}

function valueBytes(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, utf8Bytes(value)]),
  );
}
