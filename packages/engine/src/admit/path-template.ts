import { isPathTemplate } from "../match/path-template.ts";
import type { Remark } from "../parse/remark.ts";
import type { Value } from "./read.ts";

const literal = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

/** Paths with `{*}` and `{**}` (istio/istio:pkg/config/security/security.go CheckValidPathTemplate, az:VAL-17). */
export function pathFaults(list: readonly Value[]): readonly Remark[] {
  return list.flatMap(({ path, text }): readonly Remark[] => {
    const fault = faultOf(text);
    return fault === undefined ? [] : [{ code: "webhook/bad-path", path, ...fault }];
  });
}

function faultOf(path: string): Pick<Remark, "message" | "hint"> | undefined {
  const isTemplate = isPathTemplate(path);
  let isOver = false; // after {**}
  for (const segment of trimSlashes(path).split("/")) {
    const isOperator = segment === "{*}" || segment === "{**}";
    if (isOperator && isOver)
      return { message: `\`{**}\` must be the last operator of \`${path}\`` };
    isOver ||= segment === "{**}";
    const fault = isOperator ? undefined : segmentFault(path, segment, isTemplate);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function segmentFault(
  path: string,
  segment: string,
  isTemplate: boolean,
): Pick<Remark, "message" | "hint"> | undefined {
  if (/[{}]/.test(segment))
    return {
      message: `a brace beyond a template in \`${path}\``,
      hint: "a segment is `{*}`, `{**}` or plain text",
    };
  if (!isTemplate || literal.test(segment)) return undefined;
  if (segment === "") return { message: `an empty segment in the template \`${path}\`` };
  return {
    message: `\`${segment}\` cannot be a segment of the template \`${path}\``,
    hint: segment.includes("*") ? "write `{*}` for one segment" : undefined,
  };
}

function trimSlashes(path: string): string {
  let [start, end] = [0, path.length];
  while (start < end && path[start] === "/") start += 1;
  while (end > start && path[end - 1] === "/") end -= 1;
  return path.slice(start, end);
}
