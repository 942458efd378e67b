import { isBlock } from "../../explain/traps/texts.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** A CIDR block where text is compared. */
export const blockAsText: Check = {
  code: "value/block-as-text",
  title: "a block of addresses is compared as text",
  why: "Conditions on headers and claims compare text. A CIDR block there never means the addresses in it. The address of the client is `remoteIpBlocks` or the key `remote.ip`, that of the connection `ipBlocks` or `source.ip`.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "header", "claim", "host", "sni")) {
      if (!isBlock(value.text)) continue;
      yield {
        at: value.at,
        message: `\`${value.text}\` is compared with ${value.field} as text: ${whenDead(value)}`,
        hint: "remote.ip compares the client's address",
        evidence: { kind: "proof", because: "the value becomes an exact match of text" },
      };
    }
  },
};
