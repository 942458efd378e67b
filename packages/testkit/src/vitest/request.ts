import type { AccessRequest } from "@meshproof/engine";
import { ask } from "../ask.ts";
import { bareHost } from "../bare-hosts.ts";
import { mergeRequests } from "../merge.ts";
import { answerOf, requestLine } from "../snapshot.ts";
import { listOf, type RequestPart, type SuiteToken, type TokenUse } from "../suite.ts";
import { findingsText } from "./findings-text.ts";
import type { Answer, Caller, MeshUnderTest, RequestUnderTest, Send } from "./under-test.ts";

/** A caller, as `from` of a request says it; undefined: nobody in particular. */
export function callerOf(mesh: MeshUnderTest, from: string | undefined): Caller {
  const start: RequestPart = from === undefined ? {} : { from };
  const over = (part: RequestPart): RequestUnderTest => requestOf(mesh, mergeRequests(start, part));
  const send = (method: string, target: string): RequestUnderTest => {
    const http = `${method} ${target}`;
    const host = bareHost(http, mesh.mesh);
    if (host !== undefined)
      throw new TypeError(
        `\`${http}\` asks the host \`${host}\`: a path begins with a slash; if it is the host: \`.host("${host}")\``,
      );
    return over({ http });
  };
  const verb =
    (method: string): Send =>
    (target) =>
      send(method, target);
  return {
    get: verb("GET"),
    head: verb("HEAD"),
    post: verb("POST"),
    put: verb("PUT"),
    patch: verb("PATCH"),
    delete: verb("DELETE"),
    options: verb("OPTIONS"),
    send,
    call: (method) => over({ grpc: method }),
    connect: () => over({}),
  };
}

/** A request as far as it is put together. */
export function requestOf(mesh: MeshUnderTest, request: RequestPart): RequestUnderTest {
  const given = (part: RequestPart): RequestUnderTest =>
    requestOf(mesh, mergeRequests(request, part));
  return Object.freeze({
    [brand]: true,
    mesh,
    request,
    given,
    to: (to: AccessRequest["to"]) => given({ to }),
    with: (token: SuiteToken, how: Omit<TokenUse, "use" | "raw"> = {}) =>
      given({ token: [...listOf(request.token), useOf(token, how)] }),
    header: (name: string, value: string | readonly string[]) =>
      given({ http: { headers: { [name]: value } } }),
    host: (host: string) => given({ http: { host } }),
    ask: () => answerFor(mesh, request),
    toString: () => lineOf(mesh, request),
  });
}

const brand: unique symbol = Symbol("request");

/** Whether a value is a request that was put together here. */
export function isRequestUnderTest(value: unknown): value is RequestUnderTest {
  return typeof value === "object" && value !== null && brand in value;
}

function useOf(token: SuiteToken, how: Omit<TokenUse, "use" | "raw">): SuiteToken {
  if (Object.keys(how).length === 0) return token;
  return typeof token === "string" ? { use: token, ...how } : { ...token, ...how };
}

function lineOf({ opened }: MeshUnderTest, { from, to, token, ...rest }: RequestPart): string {
  const given = { ...rest, ...(token === undefined ? {} : { token }), to: to ?? "?" };
  const caller = listOf(from)[0];
  const { actors = {} } = opened.run.parsed.suite.spec;
  const name = caller === undefined ? undefined : (actors[caller] ?? caller);
  const request = name === undefined ? given : { ...given, from: name };
  return requestLine(request);
}

async function answerFor(mesh: MeshUnderTest, part: RequestPart): Promise<Answer> {
  const { run } = mesh.opened;
  const request = mergeRequests(run.parsed.suite.spec.given ?? {}, part);
  const [from, another] = listOf(request.from);
  if (another !== undefined) throw new TypeError(`one caller at a time: ${listOf(request.from)}`);
  const planned = { test: "", path: [], request, sources: [], ...(from && { from }) };
  const { result: asked, refused } = await ask(planned, run);
  const { verdict } = asked;
  if (refused.length > 0 || verdict === undefined)
    throw new TypeError(findingsText(refused, mesh.texts));
  const { request: line, answer } = answerOf(asked.request, verdict);
  return { mesh, verdict, line, answer, asked };
}
