import { matchesText } from "../../match/matches.ts";
import type { PeerSource } from "../../model/program.ts";
import type { Attribute, Text } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import { within } from "../partition/expression.ts";
import { choice, type Expression, literal, sequence, some } from "../partition/regular.ts";
import { anythingOf, eitherShape, framed } from "./shapes.ts";

const scheme = "spiffe://";
const segments = within((code) => code !== 0x2f);
const domain = some(segments.all);

/** A pattern on a peer as one on its whole SPIFFE id, whichever part of it a proxy looks at. */
export function peerShape(
  kind: Attribute["kind"],
  field: string,
  patterns: readonly Text[],
  source: PeerSource,
): Shape {
  if (kind === "peer.namespace") return namespaceShape(field, patterns);
  if (kind === "peer.account") return accountShape(field, patterns);
  const whole = eitherShape(field, patterns);
  if (source !== "spiffe") return withOrdinary(whole);
  const { exact, samples } = whole;
  const frame = { before: literal(scheme), head: scheme + whole.head, after: literal("") };
  const inside = framed(whole, frame, { key: "id", samples: samples.map((each) => scheme + each) });
  return exact === undefined ? inside : { ...inside, exact: scheme + exact };
}

const ordinary = new WeakMap<Shape, Shape>();

/** With a name that workloads of its namespace have, where a pattern names a namespace: the same object for the same shape. */
function withOrdinary(shape: Shape): Shape {
  const known = ordinary.get(shape);
  if (known) return known;
  const namespaces = shape.samples.flatMap((each) => /\/ns\/([^/]+)\//.exec(each)?.[1] ?? []);
  const names = namespaces.map((each) => `${scheme}cluster.local/ns/${each}/sa/default`);
  const made = names.length === 0 ? shape : { ...shape, samples: [...names, ...shape.samples] };
  ordinary.set(shape, made);
  return made;
}

/** Without an identity the namespace is there and empty (az:ZT-14). */
function namespaceShape(field: string, patterns: readonly Text[]): Shape {
  const inner = eitherShape(field, patterns, segments);
  const before = sequence(literal(scheme), domain, literal("/ns/"));
  const after = sequence(literal("/sa/"), anythingOf(segments));
  const absent = patterns.some((pattern) => matchesText(pattern, ""));
  const samples = inner.samples.map((each) => `${scheme}cluster.local/ns/${each}/sa/default`);
  const shape = framed(inner, { before, head: scheme, after }, { key: "namespace", samples });
  return { ...shape, shown: `namespace ${inner.shown}`, ...(absent ? { absent: true } : {}) };
}

/** `namespace/account`, always whole: what has another slash is nobody's. */
function accountShape(field: string, patterns: readonly Text[]): Shape {
  const accounts = patterns.map((pattern): Expression | undefined => {
    if (pattern.kind !== "exact") return undefined;
    const [, namespace = "", account = ""] = /^([^/]*)\/?(.*)$/s.exec(pattern.text) ?? [];
    return sequence(literal(scheme), domain, literal(`/ns/${namespace}/sa/${account}`));
  });
  const { key, shown, samples } = eitherShape(field, patterns);
  const known = accounts.flatMap((each) => each ?? []);
  return {
    key: `account ${key}`,
    shown: `service account ${shown}`,
    ...(known.length === accounts.length ? { expression: choice(...known) } : {}),
    samples: samples.map((each) => `${scheme}cluster.local/ns/${each.replace("/", "/sa/")}`),
    head: scheme,
  };
}
