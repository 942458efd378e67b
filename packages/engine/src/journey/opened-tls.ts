import type { OpenedTls } from "../model/request.ts";
import type { Understood } from "./request.ts";
import type { Target } from "./target.ts";

/** TLS as most applications open it; an address has no name to ask for. */
export function openedBy({ sni }: { readonly sni: string }): OpenedTls {
  return { transport: "tls", ...(sni === "" ? {} : { sni }), alpn: ["h2", "http/1.1"] };
}

/** The TLS that an application opens to an https URL, whatever is put around it. Undefined: it opens none, or how it arrives is stated. */
export function openedTls({
  target,
  stated,
}: Pick<Understood, "target" | "stated">): OpenedTls | undefined {
  if (stated.transport !== undefined || stated.connection !== undefined) return undefined;
  const name = nameAskedFor(target);
  return name === undefined ? undefined : openedBy({ sni: stated.sni ?? name });
}

function nameAskedFor(target: Target): string | undefined {
  if (target.kind === "service") return target.tls;
  return target.kind === "address" ? target.tls?.sni : undefined;
}
