import { expect, test } from "vitest";
import { addressRanks } from "../src/envoy/index/address-ranks.ts";
import { parseCidr } from "../src/match/address.ts";
import { matches } from "../src/match/matches.ts";
import { list, type Pick, random } from "./drawn-rules.ts";

function addressNear(pick: Pick, firsts: number): string {
  const first = pick(8) === 0 ? 0 : 10 + pick(firsts);
  return [first, pick(3), pick(256), pick(8) === 0 ? 255 : pick(256)].join(".");
}

/** An address with a character more, less or another. */
function broken(pick: Pick, address: string): string {
  const at = pick(address.length + 1);
  const put = ["", "0", "1", "9", ".", "/", ":", " ", "a", "\u0661"][pick(10)] ?? "";
  return `${address.slice(0, at)}${put}${address.slice(at + pick(2))}`;
}

/** Addresses of IPv4 as IPv6 writes them. */
const mapped = ["::ffff:10.0.0.1", "::ffff:a00:1", "::FFFF:11.0.0.1", "::10.0.0.1"];

test.each([
  ["few blocks, which are halved", 8, 2],
  ["many blocks, found by the upper half of an address", 300, 40],
])(
  "an address is in the blocks that the walker finds it in, however it is written: %s",
  (_, count, firsts) => {
    const pick = random(3);
    const blocks = list(count, () => parseCidr(`${addressNear(pick, firsts)}/${pick(33)}`))
      .concat(
        ["255.255.255.255", "0.0.0.0", "2001:db8::/32", "::/0", "::ffff:10.0.0.0/104"].map(
          parseCidr,
        ),
      )
      .filter((block) => block !== undefined);
    const { rank, range } = addressRanks(blocks);
    const texts = list(1500, () => addressNear(pick, firsts)).flatMap((address) => [
      address,
      broken(pick, address),
    ]);
    for (const text of [
      ...texts,
      "255.255.255.255",
      "2001:db8::1",
      "::",
      ...mapped,
      "1..01.2",
      "",
    ]) {
      const own = rank(text);
      const found = blocks.filter((block) => {
        const [low, high] = range(block);
        return low <= own && own < high;
      });
      expect([text, found]).toEqual([
        text,
        blocks.filter((block) => matches(block, text, "bytes")),
      ]);
    }
  },
);
