import { utf8Bytes } from "../../match/bytes.ts";
import type { Rewrite } from "../../model/route.ts";
import { booleanOf, fieldsOf, listOf, present, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import type { Serving } from "./action.ts";
import { quoted } from "./api-filters.ts";
import { headerChanges } from "./header-changes.ts";

/**
 * How a rule rewrites what it forwards. The host that a `rewrite` sets comes before the one that the rule's headers set, and that
 * before a single destination's. Follows istio/istio:pilot/pkg/networking/core/route/route.go applyHTTPRouteDestination.
 */
export function rewriteOf(
  rule: Fields,
  match: Fields,
  { segments }: Serving,
  authority: string | undefined,
): Rewrite | undefined {
  const fields = fieldsOf(rule["rewrite"]);
  const stated = textOf(fields["authority"]);
  const host = (stated && utf8Bytes(stated)) || authority || ofSingle(rule);
  const rewrite: Rewrite = present({
    ...pathRewrite(fields, match, segments),
    authority: host || undefined,
  });
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

function ofSingle(rule: Fields): string | undefined {
  const [only, ...more] = listOf(rule["route"]).map(fieldsOf);
  return more.length > 0 ? undefined : headerChanges(fieldsOf(only?.["headers"])).authority;
}

function pathRewrite(fields: Fields, match: Fields, segments: boolean): Rewrite {
  const regex = fieldsOf(fields["uriRegexRewrite"]);
  const pattern = textOf(regex["match"]);
  if (fields["uriRegexRewrite"] !== undefined)
    return {
      pattern: {
        match: utf8Bytes(pattern ?? ""),
        substitution: utf8Bytes(textOf(regex["rewrite"]) ?? ""),
      },
    };
  const to = textOf(fields["uri"]);
  if (to === undefined || to === "") return {};
  const uri = fieldsOf(match["uri"]);
  const prefix = textOf(uri["prefix"]);
  const bare = segments && prefix !== undefined && prefix !== "/" ? prefix.replace(/\/$/, "") : "";
  if (segments && to === "/")
    return { pattern: { match: `^${quoted(utf8Bytes(bare))}(/?)(.*)`, substitution: "/\\2" } };
  if (uri["exact"] !== undefined || uri["regex"] !== undefined) return { path: utf8Bytes(to) };
  const from = utf8Bytes(bare || (prefix ?? "/"));
  const fold = booleanOf(match["ignoreUriCase"]) === true;
  return { prefix: { from, to: utf8Bytes(to), ...(fold ? { fold: true as const } : {}) } };
}
