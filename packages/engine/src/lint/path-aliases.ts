/** Other spellings of a path that servers are known to take for the same, the most widely taken first. */
export function pathAliases(path: string): readonly string[] {
  if (path === "/" || path === "") return [];
  const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  const inner = path.lastIndexOf("/");
  return [
    `/${path}`, // two slashes at the beginning
    ...(inner > 0 ? [`${path.slice(0, inner)}/${path.slice(inner)}`] : []),
    ...(inner > 0 ? [`${path.slice(0, inner)}%2F${path.slice(inner + 1)}`] : []),
    `/${first};x=y${rest}`,
    `/x/..;/${path.slice(1)}`,
    `${path}/`,
    `/${first.toUpperCase()}${rest}`,
  ].filter((alias) => alias !== path);
}
