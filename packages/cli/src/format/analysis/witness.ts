import type { Mesh } from "@meshproof/engine";
import type { Witness } from "@meshproof/engine/analyse";
import type { DescribedRequest } from "@meshproof/testkit";
import type { Texts } from "../position.ts";
import { ruleText } from "../rows.ts";
import { callerText, requestText, targetText } from "../words.ts";

/** The witness of a region as one line: who sends what to whom, with which claims. */
export function witnessText({ request, claims }: Witness): string {
  const { token: _, ...bare } = request;
  const asked: DescribedRequest = bare;
  const address = request.source?.ip ?? request.connection?.sourceIp;
  return [
    callerText(asked),
    ...(address === undefined ? [] : [`(${address})`]),
    "->",
    targetText(asked),
    requestText(asked),
    ...serverName(request),
    ...(claims === undefined ? [] : [`token ${JSON.stringify(claims)}`]),
  ].join(" ");
}

/** Where it is another than the host, or what a client sends of itself: what a policy or a route asks for. */
function serverName({ sni, connection, http }: Witness["request"]): readonly string[] {
  const name = sni ?? connection?.sni;
  const host = typeof http === "object" ? http.host : undefined;
  if (name === "") return ["no SNI"];
  const isPlain = name === undefined || name === "outbound" || name === host;
  return isPlain ? [] : [`SNI ${name}`];
}

/** What each side answers: "403 -> allowed". */
export function statusText({ statuses }: Witness): string {
  return statuses.join(" -> ");
}

/** The rules that decided on the last side, each with its place. */
export function decidedText({ by }: Witness, mesh: Mesh, texts: Texts): string {
  return by.map((rule) => ruleText(rule, mesh, texts)).join(", ");
}
