import type { HttpParts } from "@meshproof/engine";
import type { DescribedRequest } from "@meshproof/testkit";

/** What is sent, as far as it is stated: the request line and the Host header, or the pseudo-headers of HTTP/2. */
export function sentText({ http }: DescribedRequest): string | undefined {
  if (typeof http !== "object") return undefined;
  const { method, path, host, version = "1.1" } = http;
  if (version === "2") return pseudoHeaders({ method, path, host });
  const line = [method, path, `HTTP/${version}`].filter((part) => part !== undefined).join(" ");
  return shown(host === undefined ? line : `${line} | host: ${host}`);
}

type Parts = { readonly [Name in "method" | "path" | "host"]: HttpParts[Name] | undefined };

function pseudoHeaders({ method, path, host }: Parts): string {
  const headers = { ":method": method, ":path": path, ":authority": host };
  const told = Object.entries(headers).filter(([, value]) => value !== undefined);
  return shown(told.map(([name, value]) => `${name}: ${value}`).join(" | "));
}

/** Bytes that would not be seen, as escapes. */
function shown(text: string): string {
  return text.replace(
    /[^ -~]/g,
    (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
