import { parsePort } from "../match/address.ts";
import type { Remark } from "../parse/remark.ts";
import { pathFaults } from "./path-template.ts";
import { bothSides, emptyValues, faultsIn, isAnySet, type Part, type Value, when } from "./read.ts";

const ports = bothSides(["ports"]);
const paths = bothSides(["paths"]);
const texts = bothSides(["hosts", "methods"]);
const known = [...ports, ...paths, ...texts];

/** Whether an operation says something about TCP connections (az:VAL-W2). */
export function isAboutPorts(operation: Part): boolean {
  return isAnySet(operation, ports);
}

/** What istiod's webhook says of `to.operation` (istio/istio:pkg/config/validation/validation.go, az:VAL-10, VAL-13, VAL-16). */
export function webhookOperation(operation: Part): readonly Remark[] {
  return [
    ...when(!isAnySet(operation, known), {
      code: "webhook/empty-operation",
      path: operation.path,
      message: "an empty `operation`",
      hint: "leave out `to` to match any request",
    }),
    ...faultsIn(operation, ports, portFaults),
    ...faultsIn(operation, texts, emptyValues),
    ...faultsIn(operation, paths, emptyValues),
    ...faultsIn(operation, paths, pathFaults),
  ];
}

/** Ports as Go's ParseUint reads them (az:VAL-16). */
export function portFaults(list: readonly Value[]): readonly Remark[] {
  const wrong = list.filter(({ text }) => text !== "" && parsePort(text) === undefined);
  return [
    ...emptyValues(list),
    ...wrong.map(
      ({ path, text }): Remark => ({
        code: "webhook/bad-port",
        path,
        message: `\`${text}\` is no port`,
        hint: "a number from 0 to 65535: the port of the workload, not its name",
      }),
    ),
  ];
}
