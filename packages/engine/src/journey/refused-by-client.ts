import type { Mesh } from "../model/mesh.ts";
import type { Connection, OpenedTls } from "../model/request.ts";
import type { Hop, Step } from "../model/verdict.ts";
import { present } from "../parse/decode.ts";
import { refusal } from "./dial.ts";
import type { Next } from "./onward.ts";
import { unreachedStatus } from "./own-reply.ts";

/**
 * The hop of a client that does not take the certificate of the server: it looks at it before the server looks at its own. Undefined: it
 * takes it, or no handshake gets that far.
 */
export function isRefusedByClient(
  mesh: Mesh,
  { hop, dial, endpoint }: Extract<Next, { readonly kind: "arrives" }>,
  server: Hop | undefined,
): Hop | undefined {
  if (server === undefined || dial.transport === "plaintext" || !shakesHands(server))
    return undefined;
  const text = refusal(mesh, dial, endpoint);
  if (text === undefined) return undefined;
  const isHttp = hop.steps.some(({ layer }) => layer === "http"); // bytes get no answer
  const [way] = hop.onward?.ways ?? [];
  const step: Step = { layer: "mtls", result: "refuse", by: [], text };
  return {
    ...hop,
    steps: [...hop.steps.filter(({ layer }) => layer !== "route"), step],
    outcome: {
      kind: "tls-failed",
      ...(isHttp ? unreachedStatus(way?.request) : {}),
      details: text,
    },
    leaves: { ...hop.leaves, failed: text },
  };
}

/** Whether a server of the mesh answers the handshake with its certificate. */
function shakesHands({ point, steps, outcome }: Hop): boolean {
  if (point !== "sidecar" && point !== "gateway") return false;
  if (outcome.kind === "tls-failed") return true;
  return endsTls({ steps });
}

/** The TLS that a proxy passes on: that of the connection where it did not end it, else what that carries. */
export function passedOn(connection: Connection, hop: Pick<Hop, "steps">): OpenedTls | undefined {
  const { transport, sni, alpn, certificate, carries } = connection;
  if (transport === "plaintext" || transport === "hbone" || endsTls(hop)) return carries;
  return present({ transport, sni, alpn, certificate, carries });
}

/** Whether a proxy ended the TLS of a connection, and so speaks with whoever opened it. */
export function endsTls({ steps: [first] }: Pick<Hop, "steps">): boolean {
  return (
    first?.layer === "mtls" &&
    first.result === "pass" &&
    /^(?:mutual )?TLS\b/.test(first.text ?? "") &&
    !/not terminate/.test(first.text ?? "")
  );
}
