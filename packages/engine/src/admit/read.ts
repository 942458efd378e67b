import type { Path } from "../model/place.ts";
import { fieldsOf, listOf, textOf } from "../parse/decode.ts";
import type { Fields } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";

/** Who says it: the API server by the CRD, or istiod's webhook. Both know some of the same rules. */
export type Layer = "schema" | "webhook";

/** A part of an object with its path from the root. */
export interface Part {
  readonly path: Path;
  readonly fields: Fields;
}

export interface Value {
  readonly path: Path;
  readonly text: string;
}

export function part({ path, fields }: Part, name: string): Part {
  return { path: [...path, name], fields: fieldsOf(fields[name]) };
}

/** The messages of a list. A null is an empty message, as istiod decodes it (az:DEC-4); the CRD has refused it before. */
export function parts({ path, fields }: Part, name: string): readonly Part[] {
  return listOf(fields[name]).map((item, index) => ({
    path: [...path, name, index],
    fields: fieldsOf(item),
  }));
}

/** The texts of a list. */
export function values({ path, fields }: Part, name: string): readonly Value[] {
  return listOf(fields[name]).map((item, index) => ({
    path: [...path, name, index],
    text: textOf(item) ?? "",
  }));
}

/** Whether a list holds anything: an empty one is unset for istiod (az:DEC-3). */
export function isSet({ fields }: Part, name: string): boolean {
  return listOf(fields[name]).length > 0;
}

/** Whether a message is there, also an empty one. */
export function isPresent({ fields }: Part, name: string): boolean {
  return fields[name] !== undefined && fields[name] !== null;
}

export function isAnySet(of: Part, names: readonly string[]): boolean {
  return names.some((name) => isSet(of, name));
}

/** What is said of the values of each of these fields that is set. */
export function faultsIn(
  of: Part,
  names: readonly string[],
  faultsOf: (list: readonly Value[]) => readonly Remark[],
): readonly Remark[] {
  return names.filter((name) => isSet(of, name)).flatMap((name) => faultsOf(values(of, name)));
}

/** `principals` and `notPrincipals` of each name. */
export function bothSides(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`]);
}

/** The remark, if the condition holds. */
export function when(condition: boolean, remark: Remark): readonly Remark[] {
  return condition ? [remark] : [];
}

/** What must not be empty is. */
export function emptyValues(list: readonly Value[]): readonly Remark[] {
  return list
    .filter(({ text }) => text === "")
    .map(({ path }) => ({
      code: "webhook/empty-value",
      path,
      message: `an empty value in \`${String(path.findLast((step) => typeof step === "string"))}\``,
      hint: "remove it, or write it out",
    }));
}
