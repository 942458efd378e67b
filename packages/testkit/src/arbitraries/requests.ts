import { checkRequest, type Mesh } from "@meshproof/engine";
import fc, { type Arbitrary } from "fast-check";
import { mergeRequests } from "../merge.ts";
import type { RequestPart } from "../suite.ts";
import { type PolicyValues, policyValues } from "./policy-values.ts";

/**
 * Requests for fast-check, in the words of a suite: mostly at the edges of what the policies of this mesh tell apart, now and then
 * anything else. `fixed`: parts that stay as they are. Throws a TypeError when nothing is known that could be addressed.
 */
export function requests(mesh: Mesh, fixed: RequestPart = {}): Arbitrary<RequestPart> {
  const values = policyValues(mesh);
  if (fixed.to === undefined && values.destinations.length === 0)
    throw new TypeError(
      "the mesh has no Service and no workload with a port: say where to, `{ to }`",
    );
  const to =
    fixed.to === undefined ? fc.constantFrom(...values.destinations) : fc.constant(fixed.to);
  const parts = fc.record(
    {
      to,
      from: fc.constantFrom(...values.callers),
      http: httpOf(values),
      token: tokenOf(values),
      source: fc.record({ ip: either(values.addresses, fc.ipV4()) }),
      transport: fc.constantFrom("mtls" as const, "plaintext" as const),
    },
    { requiredKeys: ["to", "from", "http", "token"] },
  );
  return parts
    .map((part): RequestPart => mergeRequests(part, fixed))
    .filter((part) => isRequest(mesh, part));
}

/** Nine times of ten one of these, if there are any. */
function either(edges: readonly string[], others: Arbitrary<string>): Arbitrary<string> {
  if (edges.length === 0) return others;
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...edges) },
    { weight: 1, arbitrary: others },
  );
}

type Http = Exclude<RequestPart["http"], string | undefined>;

function httpOf({ methods, paths, hosts, headers }: PolicyValues): Arbitrary<Http> {
  const method = either(methods, fc.constantFrom("GET", "HEAD", "PUT", "DELETE", "OPTIONS"));
  const sent = [...headers].map(([name, values]) =>
    fc.option(either(values, someWord).map((value) => [name, value] as const)),
  );
  const host = hosts.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...hosts));
  return fc.tuple(method, either(paths, somePath), host, fc.tuple(...sent)).map(build);
}

function build([method, path, host, headers]: readonly [
  method: string,
  path: string,
  host: string | null,
  headers: readonly (readonly [name: string, value: string] | null)[],
]): Http {
  const lines = headers.filter((line) => line !== null);
  return {
    method,
    path,
    ...(host === null ? {} : { host }),
    ...(lines.length === 0 ? {} : { headers: Object.fromEntries(lines) }),
  };
}

const someWord = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const somePath = fc.stringMatching(/^\/[a-z0-9/._-]{0,12}$/);

function tokenOf({ tokens }: PolicyValues): Arbitrary<NonNullable<RequestPart["token"]>> {
  const none = fc.constant("none");
  return tokens.length === 0
    ? none
    : fc.oneof(none, { weight: 4, arbitrary: fc.constantFrom(...tokens) });
}

/** Whether the engine takes it; how a token is made does not matter to that. */
function isRequest(mesh: Mesh, { from, to, token: _token, ...rest }: RequestPart): boolean {
  if (to === undefined) return false;
  const caller = typeof from === "string" ? { from } : {};
  return checkRequest(mesh, { ...rest, ...caller, to }).length === 0;
}
