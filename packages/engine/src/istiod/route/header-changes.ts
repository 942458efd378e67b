import { utf8Bytes } from "../../match/bytes.ts";
import { compareBytes } from "../../model/place.ts";
import type { HeaderChanges, HeaderWrite } from "../../model/route.ts";
import { fieldsOf, listOf, textMapOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/** What the `headers` of a rule or destination change in a request, and the host that they set. */
export interface Changed {
  readonly changes?: HeaderChanges;
  readonly authority?: string;
}

/** Follows istio/istio:pilot/pkg/networking/core/route/route.go TranslateHeadersOperations: the host is no header, what starts with a colon is left alone. */
export function headerChanges(headers: Fields): Changed {
  const request = fieldsOf(headers["request"]);
  const set = Object.entries(textMapOf(request["set"]));
  const add = Object.entries(textMapOf(request["add"]));
  const remove = listOf(request["remove"])
    .filter((name) => typeof name === "string")
    .map((name) => name.toLowerCase())
    .filter(isHeader);
  const write = [...writes(set, {}), ...writes(add, { append: true })];
  const authority = authorityOf(set) || authorityOf(add);
  return {
    ...(remove.length + write.length === 0
      ? {}
      : {
          changes: {
            ...(remove.length === 0 ? {} : { remove }),
            ...(write.length === 0 ? {} : { write }),
          },
        }),
    ...(authority ? { authority } : {}),
  };
}

type Pairs = readonly (readonly [string, string])[];

function writes(pairs: Pairs, how: Pick<HeaderWrite, "append">): readonly HeaderWrite[] {
  return pairs
    .filter(([name]) => isHeader(name.toLowerCase()))
    .toSorted(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => ({ name: name.toLowerCase(), value: utf8Bytes(value), ...how }));
}

function isHeader(name: string): boolean {
  return !name.startsWith(":") && name !== "host";
}

function authorityOf(pairs: Pairs): string | undefined {
  const found = pairs.findLast(([name]) => /^(?::authority|host)$/i.test(name));
  return found && utf8Bytes(found[1]);
}

/** First one, then the other: what both remove, then what both write. */
export function joinedChanges(
  first: HeaderChanges | undefined,
  second: HeaderChanges | undefined,
): HeaderChanges | undefined {
  if (!first || !second) return first ?? second;
  return {
    remove: [...(first.remove ?? []), ...(second.remove ?? [])],
    write: [...(first.write ?? []), ...(second.write ?? [])],
  };
}
