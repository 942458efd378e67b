/** A URL says more than where to: the request target, byte for byte, and the Host. */
export interface Url {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly hostname: string;
  readonly port: string; // as it is written
  readonly path: string;
}

/** The parts of an absolute http or https URL; the path is kept as it was written, without its fragment. */
export function parseUrl(text: string): Url | undefined {
  const [, scheme, host, rest] = /^(https?):\/\/([^/?#]+)([^#]*)/.exec(text) ?? [];
  if (host === undefined || (scheme !== "http" && scheme !== "https")) return undefined;
  const { name, port } = splitPort(host);
  const path = rest === undefined || rest === "" || rest.startsWith("?") ? `/${rest ?? ""}` : rest;
  return { scheme, host, hostname: name, port: port ?? (scheme === "https" ? "443" : "80"), path };
}

/** A name, and the port behind its last colon. */
export function splitPort(text: string): { readonly name: string; readonly port?: string } {
  const [, name, port] = /^(.*):([^:/\]]+)$/.exec(text) ?? [];
  return name === undefined || port === undefined ? { name: text } : { name, port };
}
