import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { checkRequest } from "../src/journey/request.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { handMesh } from "./mesh.ts";

const to = "svc/shop/orders:80";

/** What someone may hand over who has no compiler. */
function untyped(value: unknown): AccessRequest {
  return value as AccessRequest;
}

test.each<[request: unknown, problems: readonly string[]]>([
  [null, ["a request must be a mapping"]],
  [{}, ["`to` is missing"]],
  [{ to, from: 5 }, ["`from` must be text"]],
  [{ to: 80 }, ["`to` must be text or a mapping"]],
  [{ to: { namespace: "shop" } }, ["`to.port` is missing"]],
  [{ to: { namespace: "shop", port: "80" } }, ["`to.port` must be a number"]],
  [{ to, http: { headers: { a: 1 } } }, ["`http.headers.a` must be text or a list"]],
  [{ to, http: { headers: { a: ["b", 1] } } }, ["`http.headers.a.1` must be text"]],
  [{ to, transport: "tcp" }, ["`transport` must be one of mtls, hbone, tls, plaintext"]],
  [{ to, token: ["none", { use: 1 }] }, ["`token.1.use` must be text"]],
  [
    { to, providers: { p: "maybe" } },
    ["`providers.p` must be one of allow, deny, error or a mapping"],
  ],
  [{ to, raw: { version: "1.1", headers: [], host: null } }, []],
  [{ to, raw: { version: "1.1", headers: [], host: 1 } }, ["`raw.host` must be text or null"]],
  [{ to, from: undefined, http: undefined, more: undefined }, []],
  [{ to, http: { header: { a: "b" } } }, ["`http.header` is unknown: did you mean `headers`?"]],
  [{ to, HTTP: "GET /" }, ["`HTTP` is unknown: did you mean `http`?"]],
  [{ to, source: { port: 80 } }, ["`source.port` is unknown: one of ip, proxyProtocol"]],
])("%j is judged by its shape", (request, problems) => {
  const said = checkRequest(handMesh(), untyped(request)).map(({ message }) => message);
  expect(said).toEqual(problems);
  if (problems.length > 0) expect(() => evaluate(handMesh(), untyped(request))).toThrow(TypeError);
});
