import { portMode } from "./chain-reason.ts";
import type { Edit, ExplainedHop, PolicyChange } from "./explanation.ts";
import { verified } from "./policy-edits.ts";
import type { Around, Draft, Proposal } from "./proposals.ts";
import { tried } from "./request-edits.ts";
import { type Claims, presentClaims, withClaims } from "./token-edit.ts";
import type { Turning } from "./verify.ts";

/** What lets a connection through that its transport keeps out: another transport, or another mode. */
export function transportEdits({ hop }: ExplainedHop, turning: Turning): readonly Edit[] {
  const { told } = hop;
  if (told === undefined) return [];
  const { connection, program } = told;
  const secure = connection.transport !== "plaintext";
  const change: Proposal = secure ? over("plaintext") : over("mtls");
  const { mode, by } = portMode(turning.mesh, program.proxy, connection.destinationPort);
  const wider: readonly PolicyChange[] =
    by === undefined || mode === "PERMISSIVE"
      ? []
      : [{ at: by, do: "set", values: ["PERMISSIVE"], left: "PERMISSIVE" }];
  const anyone: Proposal = fromAnyone(program.proxy.namespace);
  const request =
    tried([change], turning) ?? (secure ? undefined : tried([anyone, change], turning));
  const policy = wider.length === 0 ? undefined : verified(wider, turning);
  return [...(request ? [request] : []), ...(policy ? [policy] : [])];
}

function over(transport: "mtls" | "plaintext"): Proposal {
  return {
    change: { part: "transport", becomes: transport },
    apply: (draft) => ({ ...draft, request: { ...draft.request, transport } }),
  };
}

/** Who has no identity cannot speak mutual TLS. */
function fromAnyone(namespace: string): Proposal {
  const from = `sa/${namespace}/default`;
  return {
    change: { part: "from", becomes: from },
    apply: (draft) => ({ ...draft, request: { ...draft.request, from } }),
  };
}

/** What lets a request through whose token is refused: another token, or none; another issuer or audience in the policy. */
export function tokenEdits(turning: Turning, around: Around): readonly Edit[] {
  const requests = around.providers
    .flatMap((provider) => better(provider, turning))
    .flatMap((proposal) => tried([proposal], turning) ?? [])
    .slice(0, 1);
  const policies = around.providers
    .flatMap((provider) => acceptance(provider, turning))
    .flatMap((change) => verified([change], turning) ?? [])
    .slice(0, 1);
  const none = requests.length > 0 ? undefined : tried([without], turning);
  return [...requests, ...(none ? [none] : []), ...policies];
}

const without: Proposal = {
  change: { part: "token", becomes: "none" },
  apply: ({ request: { token: _token, ...request }, tokens }) => ({ request, tokens }),
};

type Provider = Around["providers"][number];

/** A token as the provider takes it: its issuer, an audience of its, in time. */
function better(provider: Provider, { request }: Turning): readonly Proposal[] {
  const claims = presentClaims(request, provider);
  if (claims === undefined) return [];
  const [audience] = provider.audiences;
  const repairs: readonly (readonly [string, (claims: Claims) => Claims])[] = [
    ["a signature of its issuer", (before) => before],
    ["a time that is not over (exp, nbf)", ({ exp: _exp, nbf: _nbf, ...rest }) => rest],
    [`iss: ${provider.issuer}`, (before) => ({ ...before, iss: provider.issuer })],
    ...(audience === undefined
      ? []
      : [[`aud: ${audience}`, (before: Claims) => ({ ...before, aud: audience })] as const]),
  ];
  return repairs.map(
    ([becomes, repair]): Proposal => ({
      change: { part: "token.claims", becomes },
      apply: (draft) => sign(draft, provider, repair),
    }),
  );
}

function sign(draft: Draft, provider: Provider, repair: (claims: Claims) => Claims): Draft {
  const { request, token } = withClaims(draft.request, provider, repair);
  return { request, tokens: [...draft.tokens, token] };
}

/** The issuer or an audience of the token, where the policy has others. */
function acceptance(provider: Provider, { request }: Turning): readonly PolicyChange[] {
  const { iss, aud } = presentClaims(request, provider) ?? {};
  const { at, issuer, audiences } = provider;
  const place = (field: string): PolicyChange["at"] => ({ ...at, path: [...at.path, field] });
  const spelled = typeof iss === "string" && iss !== issuer && bare(iss) === bare(issuer);
  const [first] = typeof aud === "string" ? [aud] : Array.isArray(aud) ? aud.map(String) : [];
  return [
    ...(spelled ? [{ at: place("issuer"), do: "set", values: [iss], left: iss } as const] : []),
    ...(first === undefined || audiences.length === 0
      ? []
      : [
          {
            at: place("audiences"),
            do: "add",
            values: [first],
            left: [...audiences, first],
          } as const,
        ]),
  ];
}

/** An issuer without what people get wrong about it: scheme, case, the slash at its end. */
export function bare(issuer: string): string {
  return issuer
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "");
}
