/** What a request target comes to. */
export type Target =
  | {
      readonly kind: "target";
      readonly path?: string;
      readonly authority?: string;
      readonly scheme?: string;
    }
  | { readonly kind: "invalid"; readonly details: "http1.invalid_url" | "http1.invalid_scheme" };

const pathCharacters = /^[\f!-~]*$/;

/** Whether the parser takes a target at all. Follows `envoy:source/common/http/http1/balsa_parser.cc`, `isUrlValid`. */
export function validTarget(target: string, connect: boolean): boolean {
  if (/^[/*]/.test(target)) return pathCharacters.test(target);
  const scheme = /^[A-Za-z]+:\/\//.exec(target)?.[0];
  if (!connect && scheme === undefined) return false;
  const rest = connect ? target : target.slice(scheme?.length);
  const host = /^[^/?]*/.exec(rest)?.[0] ?? "";
  return (
    /^[A-Za-z0-9!$%&'()*+,\-.:;=@[\]_~]*$/.test(host) &&
    !host.includes("@@") &&
    pathCharacters.test(rest.slice(host.length))
  );
}

/** A target without the blanks around it; control characters are blanks to the parser. */
export function withoutBlanks(target: string): string {
  let [start, end] = [0, target.length];
  while (start < end && isBlank(target, start)) start += 1;
  while (end > start && isBlank(target, end - 1)) end -= 1;
  return target.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  return text.charCodeAt(at) <= 0x20;
}

const authority = "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])";
const absolute = new RegExp(`^([A-Za-z]+)://(?:[^@/?]*@)?(${authority}(?::([0-9]+))?)([/?].*)?$`);
const connectTarget = new RegExp(`^(${authority}:([0-9]+))$`);

/**
 * Path, and authority where the target states one: it replaces the Host header (az:HOST-1).
 * Follows `envoy:source/common/http/http1/codec_impl.cc`, `handlePath`.
 */
export function readTarget(method: string, target: string): Target {
  if (method === "CONNECT") return readConnect(target);
  if (target.startsWith("/") || (method === "OPTIONS" && target.startsWith("*")))
    return { kind: "target", path: target };
  const [whole, scheme = "", host = "", port, path = "/"] = absolute.exec(target) ?? [];
  if (whole === undefined || !validPort(port))
    return { kind: "invalid", details: "http1.invalid_url" };
  if (!/^https?$/i.test(scheme)) return { kind: "invalid", details: "http1.invalid_scheme" };
  return { kind: "target", path, authority: host, scheme: scheme.toLowerCase() };
}

function readConnect(target: string): Target {
  const [whole, host = "", port] = connectTarget.exec(target) ?? [];
  return whole === undefined || !validPort(port)
    ? { kind: "invalid", details: "http1.invalid_url" }
    : { kind: "target", authority: host };
}

function validPort(port: string | undefined): boolean {
  return port === undefined || Number(port) <= 65535;
}
