import { nativeJson } from "@meshproof/engine";
import {
  type Algorithm,
  algorithms,
  jwksFor,
  mint,
  type TokenFault,
  type TokenSpec,
  tokenFaults,
} from "@meshproof/testkit";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { pairsOf } from "../world-flags.ts";

const flags: Flags = {
  issuer: { value: "URL", help: "the claim iss" },
  subject: { value: "NAME", help: "the claim sub" },
  audience: { value: "NAME", multiple: true, help: "the claim aud; repeatable" },
  claim: {
    value: "NAME=VALUE",
    multiple: true,
    help: "another claim: JSON, or a text; repeatable",
  },
  "expires-in": { value: "DURATION", help: "15m, -2m, never (default 1h)" },
  "not-before": { value: "DURATION", help: "from now; without it there is no such claim" },
  alg: { value: "ALGORITHM", oneOf: algorithms, help: "how it is signed (default RS256)" },
  kid: { value: "ID", help: "key id of the header (default: that of the test key)" },
  invalid: { value: "FAULT", oneOf: tokenFaults, help: "what is wrong with it, on purpose" },
  now: { value: "TIME", help: "when it is made, such as 2026-09-01T10:00:00Z (default: now)" },
  jwks: { help: "print the key set that verifies such tokens, instead of one" },
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: ["text", "json"],
    help: "json: token, claims and key set",
  },
};

/** A token signed with the test keys, which are public on purpose. */
export const token: Command = {
  summary: "make a test token and its JWKS",
  usage: ["--issuer URL --subject NAME [--claim groups='[\"buyers\"]']", "--jwks"],
  about: `The private halves of the test keys are public: never let anything that runs trust them.
In a suite, tokens are described by name and minted when it runs (docs/suites.md).`,
  flagsOnly: true,
  flags,
  async run(args, io) {
    const jwks = jwksFor(args.one("issuer") ?? "", {
      secret: args.one("alg")?.startsWith("HS") ?? false,
    });
    if (args.on("jwks")) {
      io.out(`${jwks}\n`);
      return 0;
    }
    const spec = specOf(args);
    if (isMisuse(spec)) return spec;
    const now = args.one("now");
    const minted = await mint(spec, now === undefined ? io.now() : Date.parse(now));
    if ("fault" in minted) return { misuse: minted.fault };
    io.out(args.one("output") === "json" ? tokenJson(minted.token, jwks) : `${minted.token}\n`);
    return 0;
  },
};

function specOf(args: Args): TokenSpec | Misuse {
  const now = args.one("now");
  if (now !== undefined && Number.isNaN(Date.parse(now)))
    return { misuse: `\`--now ${now}\` is no time` };
  const stated = pairsOf("claim", args);
  if ("misuse" in stated) return stated;
  const claims = Object.fromEntries(
    Object.entries(stated.pairs).map(([name, text]) => [name, claimValue(text)]),
  );
  const subject = args.one("subject");
  const audience = args.many("audience");
  const [first, second] = audience;
  return {
    claims: { ...(subject === undefined ? {} : { sub: subject }), ...claims },
    ...(first === undefined ? {} : { audience: second === undefined ? first : audience }),
    ...textFields(args),
  };
}

function textFields(args: Args): Omit<TokenSpec, "claims" | "audience"> {
  const [issuer, expiresIn, notBefore, kid] = ["issuer", "expires-in", "not-before", "kid"].map(
    args.one,
  );
  const alg: Algorithm | undefined = algorithms.find((name) => name === args.one("alg"));
  const invalid: TokenFault | undefined = tokenFaults.find((name) => name === args.one("invalid"));
  return {
    ...(issuer === undefined ? {} : { issuer }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(kid === undefined ? {} : { kid }),
    ...(alg === undefined ? {} : { alg }),
    ...(invalid === undefined ? {} : { invalid }),
  };
}

/** JSON where it is JSON, else the text. */
function claimValue(text: string): unknown {
  try {
    return nativeJson(text);
  } catch {
    return text;
  }
}

function tokenJson(text: string, jwks: string): string {
  const [header = "", payload = ""] = text.split(".");
  const document = {
    token: text,
    header: decoded(header),
    claims: decoded(payload),
    jwks: nativeJson(jwks),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function decoded(part: string): unknown {
  return nativeJson(Buffer.from(part, "base64url").toString("utf8"));
}
