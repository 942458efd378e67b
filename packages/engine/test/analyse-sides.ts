import { expect } from "vitest";
import { confirm } from "../src/analyse/answer/confirm.ts";
import { sampleOf } from "../src/analyse/answer/request.ts";
import type { Concrete } from "../src/analyse/answer/values.ts";
import type { Protocol } from "../src/analyse/api.ts";
import { jwtProvidersOf } from "../src/analyse/point-program.ts";
import { madePoint } from "../src/analyse/points.ts";
import { type Side, settingAround } from "../src/analyse/question.ts";
import { diagramOf, type Encoding, encode, writeClasses } from "../src/analyse/solve/encoding.ts";
import { holds } from "../src/analyse/solve/points.ts";
import type { Formula } from "../src/analyse/space/formula.ts";
import { lanesOf } from "../src/analyse/space/lanes.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { Dice } from "./analyse-dice.ts";
import { toldProd, type World } from "./analyse-world.ts";

/** Tokens of one issuer or none, and any mode of mutual TLS. */
export function anyWorld(dice: Dice): World {
  const audiences = dice.chance(0.3) ? { audiences: ["v", "w"] } : {};
  return {
    ...(dice.chance(0.7) ? { jwtRules: [{ issuer: "https://i", ...audiences }] } : {}),
    mtls: dice.pick(["STRICT", "PERMISSIVE", "PERMISSIVE", "DISABLE"]),
  };
}

/** Any workload of namespace prod. */
export function sideOf(mesh: Mesh): Side {
  const [point] = madePoint("prod", {});
  if (!point) throw new Error("no point");
  return { mesh, point, program: toldProd(mesh) };
}

/** Whether the evaluator allows a request. */
export function allows(
  { mesh, point, program }: Side,
  request: Concrete,
  protocol: Protocol,
): boolean {
  const providers = jwtProvidersOf(program);
  const lanes = lanesOf(program, protocol);
  const sample = sampleOf(request, { point, protocol, providers, ports: [8080], lanes });
  const { status, open } = confirm(mesh, point, sample);
  expect(open).toEqual([]);
  return status === "allowed";
}

/** A formula as a diagram. */
export function encodingOf(side: Side, formula: Formula, protocol: Protocol): Encoding {
  return encode(spaceOf([formula], settingAround([side], protocol, [], {})));
}

/** What a diagram says of a request; undefined: it is outside of what is modelled. */
export function symbolic(
  encoding: Encoding,
  formula: Formula,
  request: Concrete,
): boolean | undefined {
  const point = encodePoint(encoding, (name) => request.values.get(name) ?? []);
  if (!point) return undefined;
  for (const [name, at] of encoding.answers) point[at] = request.answers.get(name) ? 1 : 0;
  expect(holds(encoding.diagrams, encoding.possible, point)).toBe(true);
  return holds(encoding.diagrams, diagramOf(encoding, formula), point);
}

/** The variables of a request by its values; undefined: it is outside of what is modelled. */
function encodePoint(
  { space, bits, diagrams: made }: Encoding,
  valuesOf: (attribute: string) => readonly string[],
): Int8Array | undefined {
  const point = new Int8Array(made.variables);
  for (const [name, domain] of space.domains) {
    const values = valuesOf(name.replace(/~$/, ""));
    const classes = (domain.list ? values : [values[0]]).map(domain.classify);
    if (classes.some((each) => each < 0)) return undefined;
    writeClasses(point, bits.get(name) ?? { first: 0, width: 0 }, domain.list, classes);
  }
  return point;
}
