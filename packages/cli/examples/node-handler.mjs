// The library call inside someone else's webhook: a plain handler of Node. It judges policies by what istiod's webhook would say, by
// suites, and by what becomes allowed. How TLS, limits and metrics are done is the business of the server around it.
import { clusterState, noNewAccess, review, valid } from "@meshproof/engine/admission";
import { suites } from "@meshproof/testkit/admission";

/** A handler of requests, and the state that whoever watches the cluster keeps true with `set` and `remove`. */
export function policyWebhook({ istio, suites: documents = [] }) {
  const state = clusterState({ istio, complete: true });
  const guards = [
    { name: "valid", action: "deny", guard: valid() },
    {
      name: "suites",
      action: "deny",
      guard: suites(documents),
      exempt: { groups: ["break-glass"] },
    },
    { name: "no-new-access", action: "warn", guard: noNewAccess(), namespaces: ["shop"] },
  ];
  const handler = async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const sent = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const signal = AbortSignal.timeout(9000); // before the API server gives up
    const { answer } = await review(state, sent, guards, { now: Date.now(), signal });
    outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  };
  return { state, handler };
}
