import type { Remark } from "../parse/remark.ts";
import type { Value } from "./read.ts";
import { isDnsLabel, routeFault } from "./route-words.ts";

/** To whom a resource is shown. `isEntry`: a ServiceEntry may be shown to nobody, `~`. istio/istio:pkg/config/validation/validation.go, validateExportTo */
export function exportFaults(
  list: readonly Value[],
  namespace: string,
  isEntry = false,
): readonly Remark[] {
  const keys = list.map(({ text }) => (text === "." ? namespace : text));
  const isNobody = (key: string): boolean => isEntry && key === "~";
  const isPlace = (key: string): boolean => key === "*" || isNobody(key) || isDnsLabel(key);
  return list.flatMap(({ path, text }, index) => {
    const key = keys[index] ?? "";
    const wrong = [
      keys.indexOf(key) < index && "it is there twice",
      !isPlace(key) && `neither \`.\`, \`*\`${isEntry ? ", `~`" : ""} nor a namespace`,
      (key === "*" || isNobody(key)) && list.length > 1 && `more than \`${key}\``,
    ].find((each) => typeof each === "string");
    return wrong === undefined ? [] : [routeFault(path, `\`${text}\` in \`exportTo\`: ${wrong}`)];
  });
}
