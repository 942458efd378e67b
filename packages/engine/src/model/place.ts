/** Which object of the cluster: unique in a mesh. `namespace` is "" for what has none (Namespace, GatewayClass). */
export interface ResourceKey {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Where inside an object, from its root: `["spec", "rules", 0, "from", 1, "source", "principals", 2]`. */
export type Path = readonly (string | number)[];

/** One key or value of one object. Kept as a path; the span is looked up when it is printed. */
export interface Place {
  readonly resource: ResourceKey;
  readonly path: Path;
}

/** A piece of a file, in UTF-16 offsets: `end` is the first one after it. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The key of an object as one line of text, for maps: `AuthorizationPolicy/shop/orders`. */
export function keyText({ kind, namespace, name }: ResourceKey): string {
  return `${kind}/${namespace}/${name}`;
}

/** `a` before, with or after `b` in the order of their UTF-8 bytes, as Go and C++ sort text. */
export function compareBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return surrogatesLast(left) - surrogatesLast(right);
  }
  return a.length - b.length;
}

/** UTF-16 sorts surrogates before U+E000 to U+FFFF; UTF-8 sorts the characters they make after them. */
function surrogatesLast(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
