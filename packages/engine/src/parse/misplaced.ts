/** Fields of policies by the one that holds them. */
const holders: Readonly<Record<string, string>> = {
  selector: "matchLabels",
  rules: "from to when",
  source:
    "principals requestPrincipals namespaces serviceAccounts trustDomains ipBlocks remoteIpBlocks notPrincipals notRequestPrincipals notNamespaces notServiceAccounts notTrustDomains notIpBlocks notRemoteIpBlocks",
  operation: "hosts ports methods paths notHosts notPorts notMethods notPaths",
  when: "key values notValues",
  mtls: "mode",
  jwtRules:
    "issuer audiences jwksUri jwks fromHeaders fromParams fromCookies outputPayloadToHeader outputClaimToHeaders forwardOriginalToken",
};
const lists: ReadonlySet<string> = new Set(["rules", "when", "jwtRules"]);

/** Where a field belongs that stands beside the one that holds it: mostly it was indented too little. */
export function belongsTo(key: string, beside: readonly string[]): string | undefined {
  const holder = beside.find((name) => holders[name]?.split(" ").includes(key));
  if (holder === undefined) return undefined;
  return lists.has(holder)
    ? `it belongs in an item of \`${holder}\``
    : `it belongs below \`${holder}\``;
}
