import {
  type AuthorizationPolicySpec,
  keyText,
  type Mesh,
  type Path,
  type PolicyRule,
  type Resource,
} from "@meshproof/engine";
import type { Piece } from "./places.ts";

/**
 * The mesh as it would be had somebody deleted this piece. What is left empty by it goes too: the last value takes its
 * field along, the last entry its list, which then asks for nothing. A rule that goes leaves one that never holds, so
 * that the others keep their names.
 */
export function meshWithout(mesh: Mesh, piece: Piece): Mesh {
  return {
    ...mesh,
    authorizationPolicies: changed(mesh.authorizationPolicies, piece, withoutInRules),
    requestAuthentications: changed(mesh.requestAuthentications, piece, withoutField),
    peerAuthentications: changed(mesh.peerAuthentications, piece, withoutField),
  };
}

function changed<Spec>(
  policies: readonly Resource<Spec>[],
  { policy, path }: Piece,
  change: (spec: Spec, path: Path) => Spec,
): readonly Resource<Spec>[] {
  const wanted = keyText(policy);
  if (!policies.some(({ key }) => keyText(key) === wanted)) return policies;
  return policies.flatMap((each) => {
    if (keyText(each.key) !== wanted) return [each];
    return path.length === 0 ? [] : [{ ...each, spec: change(each.spec, path.slice(1)) }];
  });
}

const never: PolicyRule = { to: [{ operation: { ports: ["0"] } }] };

function withoutInRules(spec: AuthorizationPolicySpec, path: Path): AuthorizationPolicySpec {
  const [, index, ...inside] = path;
  const rules = (spec.rules ?? []).map((rule, at) => {
    if (at !== index) return rule;
    return inside.length === 0 ? never : withoutField(rule ?? {}, inside);
  });
  return { ...spec, rules };
}

/** An object of the same type: all of its fields may be missing. */
function withoutField<Value>(value: Value, path: Path): Value {
  return (removed(value, path) ?? {}) as Value;
}

function removed(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.flatMap((item: unknown, index) =>
      index === step ? kept(removed(item, rest)) : [item],
    );
    return items.length === 0 ? undefined : items;
  }
  const fields = Object.entries({ ...Object(value) }).flatMap(([name, field]) =>
    name === String(step)
      ? kept(removed(field, rest)).map((left) => [name, left])
      : [[name, field]],
  );
  const asks = fields.some(([name]) => name !== "key");
  return asks ? Object.fromEntries(fields) : undefined;
}

function kept(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value];
}
