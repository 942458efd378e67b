import type { Mesh } from "@meshproof/engine";
import { accountsOf } from "../accounts.ts";
import type { TokenSpec } from "../token.ts";
import { addressBoundary, pathBoundary, textBoundary } from "./boundary.ts";

/** What the policies of a mesh tell apart, part by part of a request. */
export interface PolicyValues {
  readonly callers: readonly string[];
  readonly destinations: readonly string[];
  readonly addresses: readonly string[];
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly tokens: readonly TokenSpec[];
}

/** Collects the boundary values of all policies that are loaded. */
export function policyValues(mesh: Mesh): PolicyValues {
  const written = writtenIn(mesh);
  const texts = (...fields: readonly string[]): readonly string[] =>
    fields.flatMap((field) =>
      (written.get(field) ?? []).flatMap((text) => often(textBoundary(text))),
    );
  const blocks = ["ipBlocks", "remoteIpBlocks", "source.ip", "remote.ip"];
  const paths = (written.get("paths") ?? []).flatMap((text) => often(pathBoundary(text)));
  return {
    callers: unique([...accountsOf(mesh), ...strangersIn(mesh), ...callersIn(written)]),
    destinations: destinationsOf(mesh),
    addresses: unique(blocks.flatMap((of) => (written.get(of) ?? []).flatMap(addressBoundary))),
    methods: ["GET", "POST", ...texts("methods")].filter((text) => /^[A-Za-z]+$/.test(text)),
    paths: ["/", ...paths].filter((text) => /^\/[!-~]*$/.test(text)),
    hosts: texts("hosts").filter((text) => /^[\w.-]+(?::\d+)?$/.test(text)),
    headers: headersIn(written),
    tokens: tokensFor(mesh, written),
  };
}

type Written = ReadonlyMap<string, readonly string[]>;

/** Every value of every field, positive and negative alike; of a `when`, by its key. */
function writtenIn({ authorizationPolicies }: Mesh): Written {
  const written = new Map<string, string[]>();
  const note = (field: string, values: readonly string[] = []): void => {
    const name = field.replace(/^not(.)/, (_, first: string) => first.toLowerCase());
    written.set(name, [...(written.get(name) ?? []), ...values]);
  };
  for (const rule of authorizationPolicies.flatMap(({ spec }) => spec.rules ?? [])) {
    const sources = (rule?.from ?? []).map((entry) => entry?.source ?? {});
    const operations = (rule?.to ?? []).map((entry) => entry?.operation ?? {});
    for (const fields of [...sources, ...operations])
      for (const [field, values] of Object.entries(fields)) note(field, values);
    for (const condition of rule?.when ?? [])
      note(condition?.key ?? "", [...(condition?.values ?? []), ...(condition?.notValues ?? [])]);
  }
  return written;
}

/** Identities at the edges of principals; every service account of the namespaces that are named. */
function callersIn(written: Written): readonly string[] {
  const principals = [
    ...(written.get("principals") ?? []),
    ...(written.get("source.principal") ?? []),
  ];
  const identities = principals.flatMap(textBoundary).filter((text) => identity.test(text));
  const namespaces = [
    ...(written.get("namespaces") ?? []),
    ...(written.get("source.namespace") ?? []),
  ];
  const names = namespaces.flatMap(textBoundary).filter((text) => name.test(text));
  const accounts = (written.get("serviceAccounts") ?? []).filter((text) => text.includes("/"));
  return [
    ...identities.map((text) => `spiffe://${text}`),
    ...names.map((namespace) => `sa/${namespace}/default`),
    ...accounts.map((account) => `sa/${account}`),
  ];
}

/** Callers of whom no policy says anything, in each namespace and outside. */
function strangersIn({ authorizationPolicies }: Mesh): readonly string[] {
  const accounts = authorizationPolicies.map(({ key }) => `sa/${key.namespace}/stranger`);
  return [...accounts, "none", "external/203.0.113.9"];
}

const name = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const identity = /^[a-z0-9.-]+\/ns\/[a-z0-9-]+\/sa\/[a-z0-9.-]+$/;

function destinationsOf({ inventory }: Mesh): readonly string[] {
  const services = inventory.services.flatMap(({ key, ports }) =>
    ports.map(({ port }) => `svc/${key.namespace}/${key.name}:${port}`),
  );
  const workloads = inventory.workloads.flatMap(({ key, ports }) =>
    ports.map(({ port }) => `workload/${key.namespace}/${key.name}:${port}`),
  );
  return unique([...services, ...workloads]);
}

function headersIn(written: Written): PolicyValues["headers"] {
  const headers = [...written].flatMap(
    ([key, values]): (readonly [string, readonly string[]])[] => {
      const [, header] = /^request\.headers\[([^\]]+)\]$/.exec(key) ?? [];
      if (header === undefined || header.startsWith(":")) return [];
      return [
        [
          header.toLowerCase(),
          values.flatMap((text) => often(textBoundary(text))).filter(isHeaderValue),
        ],
      ];
    },
  );
  return new Map(headers);
}

function isHeaderValue(text: string): boolean {
  return /^[!-~]([ -~]*[!-~])?$/.test(text);
}

/** Of each issuer a token without claims, one at each edge of each claim, and one of each subject. */
function tokensFor({ requestAuthentications }: Mesh, written: Written): readonly TokenSpec[] {
  const rules = requestAuthentications.flatMap(({ spec }) => spec.jwtRules ?? []);
  const subjects = [...(written.get("requestPrincipals") ?? [])]
    .flatMap((principal) => textBoundary(principal.slice(principal.lastIndexOf("/") + 1)))
    .map((sub) => ({ sub }));
  const claims: readonly Claims[] = [{}, ...subjects, ...claimsIn(written)];
  return rules.flatMap((rule) => {
    if (rule?.issuer === undefined) return [];
    const { issuer, audiences: [audience] = [] } = rule;
    const base: TokenSpec = { issuer, ...(audience === undefined ? {} : { audience }) };
    const valid = claims.map((each): TokenSpec => ({ ...base, claims: { sub: "x", ...each } }));
    return [...valid, { ...base, invalid: "bad-signature" }, { ...base, invalid: "expired" }];
  });
}

type Claims = Readonly<Record<string, unknown>>;

function claimsIn(written: Written): readonly Claims[] {
  return [...written].flatMap(([key, values]) => {
    const path = /^request\.auth\.claims((?:\[[^\]]+\])+)$/.exec(key)?.[1];
    const names = path === undefined ? [] : path.slice(1, -1).split("][");
    if (names.length === 0) return [];
    const edges = values.flatMap((text) => often(textBoundary(text)));
    return edges.map((value) => nested(names, value));
  });
}

function nested(names: readonly string[], value: string): Claims {
  const [first = "", ...rest] = names;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}

/** What a pattern matches comes first, and as often as all that it does not. */
function often(edges: readonly string[]): readonly string[] {
  const [inside, ...others] = edges;
  return inside === undefined ? [] : [...others.map(() => inside), inside, ...others];
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
