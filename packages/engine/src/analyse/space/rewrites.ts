import { matchesText } from "../../match/matches.ts";
import type { ExtAuthzFilter, JwtFilter } from "../../model/program.ts";
import { always, and, type Formula } from "./formula.ts";

/** What a filter may do to a header before the next one looks at it. */
export interface Rewrite {
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
 * always a text, the header is that claim.
 */
export function byToken({ providers }: JwtFilter): Rewrite {
  return {
    of: (header) => {
      const outputs = providers.flatMap(({ claimHeaders, payloadHeader }) => [
        ...(payloadHeader?.toLowerCase() === header ? [""] : []),
        ...claimHeaders
          .filter((each) => each.header.toLowerCase() === header)
          .map(({ claim }) => claim.join(".")),
      ]);
      if (outputs.length === 0) return undefined;
      const [claim = ""] = outputs;
      const only = outputs.every((each) => each === claim) ? claim : "";
      const isText = (only === "iss" || only === "sub") && outputs.length === providers.length;
      return { attribute: isText ? `claim ${only}` : `header ${header}@ ${only}`, when: always };
    },
  };
}

/** A header that was written: its name, and the claim it repeats, if it is one. */
export function writtenHeader(
  attribute: string,
): { readonly header: string; readonly claim?: string; readonly provider?: string } | undefined {
  const [, header = "", by = ""] = /^header ([^@]+)@(.*)$/.exec(attribute) ?? [];
  if (header === "") return undefined;
  if (!by.startsWith(" ")) return { header, provider: by.replace(/\?$/, "") };
  return by === " " ? { header } : { header, claim: `claim ${by.slice(1)}` };
}
