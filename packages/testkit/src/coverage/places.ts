import type {
  AuthorizationPolicy,
  Mesh,
  Path,
  PeerAuthentication,
  RequestAuthentication,
  ResourceKey,
} from "@meshproof/engine";
import { policyName } from "../answer.ts";

/** One piece of a policy that a test can hang on: all of it, a rule, an entry of from, to or when, a single value. */
export interface Piece {
  readonly kind: "policy" | "rule" | "entry" | "value";
  readonly policy: ResourceKey;
  readonly path: Path; // from the object's root; of a policy: []
  readonly text: string; // "shop/orders[0] to[0].methods GET"
  readonly alone?: true; // its entry is the only one: without it, its list asks for nothing
  readonly last?: true; // the only value of its entry, which goes with it
}

/** Every piece of every policy, in the order of the mesh. */
export function piecesOf(mesh: Mesh): readonly Piece[] {
  return [
    ...mesh.authorizationPolicies.flatMap(authorizationPieces),
    ...mesh.requestAuthentications.flatMap(requestPieces),
    ...mesh.peerAuthentications.flatMap(peerPieces),
  ];
}

function authorizationPieces({ key, spec }: AuthorizationPolicy): readonly Piece[] {
  const rules = (spec.rules ?? []).flatMap((rule, index): readonly Piece[] => {
    const name = `${policyName(key)}[${index}]`;
    const path: Path = ["spec", "rules", index];
    const whole: Piece = { kind: "rule", policy: key, path, text: name };
    const parts = Object.entries(rule ?? {}).flatMap(([of, entries]) =>
      listIn(entries).flatMap((entry, at, { length }) =>
        entryPieces(entry, {
          policy: key,
          path: [...path, of, at],
          text: `${name} ${of}[${at}]`,
          ...(of === "when" || length === 1 ? { alone: true } : {}),
        }),
      ),
    );
    return [whole, ...parts];
  });
  return [whole(key), ...rules];
}

type Spot = Omit<Piece, "kind">;

/** An entry of from, to or when, and the values of its lists; `source` and `operation` are no level of their own. */
function entryPieces(entry: unknown, spot: Spot): readonly Piece[] {
  const boxed = Object.entries(fieldsIn(entry)).find(([key]) => boxes.has(key));
  const [box, fields] = boxed === undefined ? [[], fieldsIn(entry)] : [[boxed[0]], boxed[1]];
  const values = valuePieces(fields, box, spot);
  const told =
    values.length === 1 ? values.map((each) => ({ ...each, last: true as const })) : values;
  return [{ kind: "entry", ...spot }, ...told];
}

const boxes: ReadonlySet<string> = new Set(["source", "operation"]);

function valuePieces(fields: unknown, box: Path, spot: Spot): readonly Piece[] {
  const { path, text } = spot;
  return Object.entries(fieldsIn(fields)).flatMap(([field, values]) =>
    listIn(values).map(
      (value, index): Piece => ({
        ...spot,
        kind: "value",
        path: [...path, ...box, field, index],
        text: `${text}.${field} ${textOf(value)}`,
      }),
    ),
  );
}

function requestPieces({ key, spec }: RequestAuthentication): readonly Piece[] {
  const rules = (spec.jwtRules ?? []).flatMap((rule, index): readonly Piece[] => {
    const path: Path = ["spec", "jwtRules", index];
    const text = `${policyName(key)} jwtRules[${index}]`;
    const lists = { audiences: rule?.audiences, fromParams: rule?.fromParams };
    return [
      { kind: "rule", policy: key, path, text },
      ...valuePieces(lists, [], { policy: key, path, text }),
    ];
  });
  return [whole(key), ...rules];
}

function peerPieces({ key, spec }: PeerAuthentication): readonly Piece[] {
  const ports = Object.keys(spec.portLevelMtls ?? {}).map(
    (port): Piece => ({
      kind: "entry",
      policy: key,
      path: ["spec", "portLevelMtls", port],
      text: `${policyName(key)} portLevelMtls ${port}`,
    }),
  );
  return [whole(key), ...ports];
}

function whole(policy: ResourceKey): Piece {
  return { kind: "policy", policy, path: [], text: `${policy.kind} ${policyName(policy)}` };
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
