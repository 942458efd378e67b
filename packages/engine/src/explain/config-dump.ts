import { isDeniedForWantOfProvider } from "../istiod/authorization/custom.ts";
import type {
  ExtAuthzFilter,
  Filter,
  JwtFilter,
  JwtProvider,
  Program,
  RbacFilter,
} from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import { rbacRules } from "./dump-rules.ts";

/** A filter as a config dump has it: a name, and a typed config. */
type Dumped = Readonly<Record<string, unknown>>;

/**
 * What a proxy is told, in the shape of an Envoy config dump's listeners: to be laid beside
 * `istioctl proxy-config listener -o json`. Filters of authorization and authentication only.
 */
export function configDump({ listeners, proxy }: Program): readonly Dumped[] {
  const routes = proxy.kind === "gateway" || proxy.kind === "waypoint"; // they route by claims
  return listeners.map(({ name, port, chains }) => ({
    name,
    ...(port === undefined ? {} : { port }),
    filterChains: chains.map((chain) => ({
      name: chain.name,
      filterChainMatch: {
        ...(chain.match.port === undefined ? {} : { destinationPort: chain.match.port }),
        ...(chain.match.transport === undefined
          ? {}
          : { transportProtocol: chain.match.transport }),
        ...(chain.match.serverNames === undefined ? {} : { serverNames: chain.match.serverNames }),
        ...(chain.match.alpn === undefined ? {} : { applicationProtocols: chain.match.alpn }),
      },
      filters: chain.filters.flatMap((filter) =>
        dumped(filter, chain.kind === "http" ? "http" : "network", routes),
      ),
    })),
  }));
}

type Level = "http" | "network";

function dumped(filter: Filter, level: Level, routes: boolean): readonly Dumped[] {
  switch (filter.kind) {
    case "rbac":
      return [rbac(filter, level)];
    case "jwt":
      return [jwt(filter, routes)];
    case "ext-authz":
      return external(filter, level);
  }
}

function typed(level: Level, name: string, type: string, config: Dumped): Dumped {
  return {
    name: `envoy.filters.${level}.${name}`,
    typedConfig: {
      "@type": `type.googleapis.com/envoy.extensions.filters.${level}.${name}.v3.${type}`,
      ...config,
    },
  };
}

const actions: Readonly<Record<RbacFilter["action"], string>> = {
  ALLOW: "ALLOW",
  DENY: "DENY",
  AUDIT: "LOG",
};

function rbac({ action, rules, dryRun, peer }: RbacFilter, level: Level): Dumped {
  const said = action === "ALLOW" ? {} : { action: actions[action] };
  const shadow = dryRun === undefined ? "allow" : action.toLowerCase();
  return typed(level, "rbac", "RBAC", {
    ...(rules === undefined ? {} : { rules: { ...said, ...policiesOf(rules, peer) } }),
    ...(dryRun === undefined ? {} : { shadowRules: { ...said, ...policiesOf(dryRun, peer) } }),
    ...(rules?.some(isMadeUp) ? {} : { shadowRulesStatPrefix: `istio_dry_run_${shadow}_` }),
    ...statPrefix(level),
  });
}

/** What istiod denies for want of a usable provider. */
function isMadeUp({ name }: Rule): boolean {
  return isDeniedForWantOfProvider(name);
}

function policiesOf(rules: readonly Rule[], peer: RbacFilter["peer"]): Dumped {
  return rules.length === 0 ? {} : { policies: rbacRules(rules, peer) };
}

function statPrefix(level: Level): Dumped {
  return level === "network" ? { statPrefix: "tcp." } : {};
}

/** istiod puts the rules of a CUSTOM policy into a shadow RBAC in front of the authorizer, which asks where one matched. */
function external(
  { rules, provider, failOpen, statusOnError, peer }: ExtAuthzFilter,
  level: Level,
): readonly Dumped[] {
  const shadow = typed(level, "rbac", "RBAC", {
    shadowRules: { action: "DENY", ...policiesOf(rules, peer) },
    shadowRulesStatPrefix: "istio_ext_authz_",
    ...statPrefix(level),
  });
  const ask = typed(level, "ext_authz", "ExtAuthz", {
    provider,
    ...set({ failureModeAllow: failOpen }),
    ...(level === "network" || statusOnError === 403
      ? {}
      : { statusOnError: { code: statusOnError } }),
    transportApiVersion: "V3",
    filterEnabledMetadata: {
      filter: `envoy.filters.${level}.rbac`,
      path: [{ key: "istio_ext_authz_shadow_effective_policy_id" }],
      value: { stringMatch: { prefix: `istio-ext-authz-${provider}` } },
    },
    ...statPrefix(level),
  });
  return [shadow, ask];
}

function jwt({ providers }: JwtFilter, routes: boolean): Dumped {
  return typed("http", "jwt_authn", "JwtAuthentication", {
    providers: Object.fromEntries(
      providers.map((provider) => [provider.name, dumpedProvider(provider, routes)]),
    ),
    rules: [
      { match: { prefix: "/" }, requires: { requiresAny: { requirements: required(providers) } } },
    ],
    bypassCorsPreflight: true,
  });
}

function dumpedProvider(provider: JwtProvider, routes: boolean): Dumped {
  const { keys, headers, claimHeaders, payloadHeader, spaceDelimited } = provider;
  const usual = isUsual(provider);
  const remote = keys.kind === "uri" ? { httpUri: { uri: keys.uri } } : {};
  return set({
    issuer: provider.issuer,
    audiences: provider.audiences,
    ...(keys.kind === "inline"
      ? { localJwks: { inlineString: keys.jwks } }
      : { remoteJwks: remote }),
    forward: provider.forward,
    fromHeaders: usual ? [] : headers.map(({ name, prefix }) => set({ name, valuePrefix: prefix })),
    fromParams: usual ? [] : provider.params,
    fromCookies: provider.cookies,
    forwardPayloadHeader: payloadHeader,
    claimToHeaders: claimHeaders.map(({ header, claim }) => ({
      headerName: header,
      claimName: claim.join("."),
    })),
    payloadInMetadata: "payload",
    clearRouteCache: routes,
    normalizePayloadInMetadata: { spaceDelimitedClaims: spaceDelimited.toSorted() },
  });
}

/** Where Envoy looks when nothing is said. */
function isUsual({ headers: [first, second], params, cookies }: JwtProvider): boolean {
  const bearer = first?.name === "authorization" && first.prefix === "Bearer ";
  return bearer && second === undefined && params.join() === "access_token" && cookies.length === 0;
}

/** Protobuf leaves out what is empty. */
function set(fields: Dumped): Dumped {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Any of several, else each of them or no token; of one, it or no token (an:RA-15, an:RA-16). */
function required(providers: JwtFilter["providers"]): readonly Dumped[] {
  const names = providers.map(({ name }) => ({ providerName: name }));
  const orMissing = names.map((name) => ({
    requiresAny: { requirements: [name, { allowMissing: {} }] },
  }));
  if (names.length === 1) return [...names, { allowMissing: {} }];
  return [...names, { requiresAll: { requirements: orMissing } }];
}
