import {
  type Facts,
  type Hop,
  type Mesh,
  type Proxy,
  type Question,
  type SignatureQuestion,
  serve,
  verifySignature,
} from "@meshproof/engine";
import { providerAnswers } from "./providers.ts";
import { connectionOf, httpRequestOf } from "./scenario-request.ts";
import { isTestToken, testJwks } from "./test-token.ts";
import type { ScenarioHttp, ScenarioRequest } from "./vector.ts";

/** When the vectors were made. */
const now = Date.UTC(2026, 10, 25);

/** What the engine makes of a request; `asked`: what it wanted to know although a scenario leaves nothing open. */
export interface Served {
  readonly hop: Hop;
  readonly asked: readonly string[];
}

/** Serves one request, verifying each signature that is asked for. Undefined: no request can be written like that. */
export async function serveRequest(
  mesh: Mesh,
  proxy: Proxy,
  { connection, http }: ScenarioRequest,
): Promise<Served | undefined> {
  const sent = http && httpRequestOf(http);
  if (http && !sent) return undefined;
  const run = (shown?: ScenarioHttp): Promise<Served> =>
    untilVerified((facts) =>
      serve(mesh, proxy, connectionOf(connection), sent, facts, {
        providers: providerAnswers(mesh.config, shown),
      }),
    );
  const served = await run();
  const { steps } = served.hop;
  const wasAsked = steps.some(({ layer, by }) => layer === "custom" && by.length > 0);
  const isHttp = steps.some(({ layer }) => layer === "http");
  return wasAsked && isHttp ? run(http) : served;
}

/** Serves until every signature that is asked for is verified. */
export async function untilVerified(serveWith: (facts: Facts) => Hop): Promise<Served> {
  for (;;) {
    const open: SignatureQuestion[] = [];
    const asked: string[] = [];
    const hop = serveWith({ now, ask: (question) => answer(question, open, asked) });
    if (open.length === 0) return { hop, asked };
    for (const question of open) verified.set(keyOf(question), await verify(question));
  }
}

/** By token, key set and way of verifying. */
const verified = new Map<string, "valid" | "invalid">();

function answer(question: Question, open: SignatureQuestion[], asked: string[]): string {
  const { id, candidates, signature } = question;
  if (id.startsWith("keys:")) return "unavailable"; // nothing serves a jwksUri
  const [first = ""] = candidates;
  if (!signature) asked.push(id);
  if (!signature || candidates.length === 1) return first;
  if (signature.jwks === testJwks) return isTestToken(signature.token) ? "valid" : "invalid";
  const known = verified.get(keyOf(signature));
  if (known === undefined) open.push(signature);
  return known ?? "invalid";
}

function keyOf({ token, jwks, anySaltLength }: SignatureQuestion): string {
  return JSON.stringify([token, jwks, anySaltLength]);
}

async function verify(question: SignatureQuestion): Promise<"valid" | "invalid"> {
  const { token, jwks = "", anySaltLength } = question;
  const options = anySaltLength ? { anySaltLength } : {};
  return (await verifySignature(token, jwks, options)) ? "valid" : "invalid";
}
