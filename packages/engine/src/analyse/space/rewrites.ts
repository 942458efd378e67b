import { matchesText } from "../../match/matches.ts";
import type { ExtAuthzFilter, JwtFilter, JwtProvider } from "../../model/program.ts";
import type { Text } from "../../model/rule.ts";
import { matching } from "./atoms.ts";
import { always, and, type Formula, not, or } from "./formula.ts";
import { issuedBy, noToken } from "./tokens.ts";

/** A token that an external authorizer may hand on in the place of the request's own. */
export interface Handed {
  readonly provider: string;
  readonly when: Formula;
}

/** What a filter may do to a header before the next one looks at it. */
export interface Rewrite {
  readonly handed?: readonly Handed[]; // tokens in such headers
  /** The attribute that is looked at instead, and when; undefined: the filter leaves this header alone. */
  readonly of: (header: string) => Rewritten | undefined;
}

export interface Rewritten {
  readonly attribute: string;
  readonly when: Formula;
}

/** The open answer whether a provider changes a header. */
export function changeOf(provider: string, header: string): string {
  return `${provider}\n${header}`;
}

/** A provider that is asked may set the headers that the mesh config lets through; one of gRPC any, and it may take them away. */
export function byProvider({ provider, upstreamHeaders }: ExtAuthzFilter, asked: Formula): Rewrite {
  return {
    of: (header) => {
      if (upstreamHeaders && !upstreamHeaders.some((text) => matchesText(text, header)))
        return undefined;
      const mark = upstreamHeaders ? "" : "?";
      return {
        attribute: `header ${header}@${provider}${mark}`,
        when: and(asked, { kind: "free", name: changeOf(provider, header) }),
      };
    },
  };
}

/**
 * What the JWT filter writes of a token is nobody else's: without a token the header is gone. Where every rule writes the same claim that is
 * always a text, the header is that claim. Releases that do not take all such headers away first leave those of rules that are not tried.
 */
export function byToken(filter: JwtFilter): Rewrite {
  const { providers } = filter;
  return {
    of: (header) => {
      const outputs = providers.map((provider) => outputsOf(provider, header));
      const claims = outputs.flat();
      const [claim] = claims;
      if (claim === undefined) return undefined;
      const only = claims.every((each) => each === claim) ? claim : "";
      const isText = (only === "iss" || only === "sub") && claims.length === providers.length;
      const first = outputs.findIndex(({ length }) => length > 0);
      return {
        attribute: isText ? `claim ${only}` : `header ${header}@ ${only}`,
        when: filter.sanitizesFirst ? always : tried(providers, first),
      };
    },
  };
}

/** The claims that a rule writes to a header; "" is the whole token. */
function outputsOf(
  { claimHeaders, payloadHeader }: JwtProvider,
  header: string,
): readonly string[] {
  return [
    ...(payloadHeader?.toLowerCase() === header ? [""] : []),
    ...claimHeaders
      .filter((each) => each.header.toLowerCase() === header)
      .map(({ claim }) => claim.join(".")),
  ];
}

/** That a rule is tried: those before it find no token of theirs, and it is no preflight, which is let through as it is. */
function tried(providers: readonly JwtProvider[], index: number): Formula {
  const later = providers.slice(index).map(({ issuer }) => issuedBy(issuer));
  const reached = index === 0 ? always : or(noToken, ...later);
  return and(not(preflight), reached);
}

const something: Text = { kind: "sequence", pieces: [{ run: "any", min: 1 }] };

/** A preflight of CORS carries no token, and none is looked for. */
export const preflight: Formula = and(
  matching("method", "methods", { kind: "exact", text: "OPTIONS" }),
  ...["origin", "access-control-request-method"].map((name) =>
    matching(`header ${name}`, name, something),
  ),
);

/** The attributes that tell a preflight. */
export const preflightAttributes: readonly string[] = [
  "method",
  "header origin",
  "header access-control-request-method",
];

/** A header that was written: its name, and the claim it repeats, if it is one. */
export function writtenHeader(
  attribute: string,
): { readonly header: string; readonly claim?: string; readonly provider?: string } | undefined {
  const at = attribute.indexOf("@");
  if (!attribute.startsWith("header ") || at <= "header ".length) return undefined;
  const [header, by] = [attribute.slice("header ".length, at), attribute.slice(at + 1)];
  if (!by.startsWith(" ")) return { header, provider: by.replace(/\?$/, "") };
  return by === " " ? { header } : { header, claim: `claim ${by.slice(1)}` };
}
