import type { Domain, Shape } from "./domain.ts";

const usual = [8080, 80, 443, 9090, 8443];

/** Ports that are spelled somewhere, and one for all others. `known`: there are no others. */
export function portDomain(
  name: string,
  shapes: readonly Shape[],
  known: readonly string[] | undefined,
): Domain {
  const spelled = shapes.flatMap(({ port }) => port ?? []);
  const ports = [...new Set([...spelled, ...(known ?? []).map(Number)])].sort((a, b) => a - b);
  const index = new Map(ports.map((port, at) => [port, at]));
  const other = known ? undefined : firstFree(new Set(ports));
  const values = [...ports, ...(other === undefined ? [] : [other])].map(String);
  const classOf = (value: string | undefined): number =>
    index.get(Number(value)) ?? (other === undefined ? -1 : ports.length);
  return {
    name,
    list: false,
    optional: false,
    size: values.length,
    shapes,
    classes: new Map(
      shapes.map(({ key, port }) => [key, port === undefined ? [] : [index.get(port) ?? -1]]),
    ),
    values,
    literal: ports.map(String),
    classify: classOf,
  };
}

function firstFree(taken: ReadonlySet<number>): number | undefined {
  const found = usual.find((port) => !taken.has(port));
  if (found !== undefined) return found;
  for (let port = 1024; port < 65_536; port += 1) if (!taken.has(port)) return port;
  return undefined;
}
