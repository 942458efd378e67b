/** What states a fact whose name is not one of a flag: the flag of a check, and the key of a suite. */
const ways: Readonly<Record<string, (about: string) => string>> = {
  "destination.port": () => "--proxy-protocol 'IP to IP:PORT'; in a suite `source`", // asked of nothing else than a PROXY header
  "ext-authz": (provider) => `--provider ${provider}=allow; in a suite \`providers\``,
  keys: (issuer) => `--keys ${issuer}=FILE; in a suite \`keys\``,
  "source.ip": () => "--source-ip IP; in a suite `source`",
  transport: () => "--transport TRANSPORT; in a suite `transport`",
};

/** How one states a fact that nobody knows, as `ext-authz:opa`. */
export function statedBy(id: string): string | undefined {
  const [, kind = "", about = ""] = /^([^:]+):?(.*)$/s.exec(id) ?? [];
  return Object.hasOwn(ways, kind) ? ways[kind]?.(about) : undefined;
}
