import type { Formula, Looked } from "../space/formula.ts";

const behindMark = "behind ";

/** An attribute as a proxy further on sees it, where that does not follow from the request. */
export function behind(looked: Looked, proxy: string): Formula {
  if (isBehind(looked.attribute)) return looked;
  return { ...looked, attribute: `${behindMark}${proxy}: ${looked.attribute}` };
}

/** Whether an attribute is one that a proxy further on sees. */
export function isBehind(attribute: string): boolean {
  return attribute.startsWith(behindMark);
}

/** Behind which proxy. */
export function proxyBefore(attribute: string): string {
  return attribute.slice(behindMark.length, attribute.indexOf(": "));
}

/** The attribute itself. */
export function bareName(attribute: string): string {
  return isBehind(attribute) ? attribute.slice(attribute.indexOf(": ") + 2) : attribute;
}
