import type { Mesh } from "../model/mesh.ts";
import type { ExtensionProvider } from "../model/mesh-config.ts";

/**
 * What is taken for granted of external authorizers that policies of two meshes name: one with another Service behind its name, or that is told something
 * else, answers as before.
 */
export function movedAuthorizers(before: Mesh, after: Mesh): readonly string[] {
  const asked = namedIn(after);
  return [...namedIn(before)]
    .filter((name) => asked.has(name))
    .flatMap((name) => {
      const [old, young] = [providerIn(before, name), providerIn(after, name)];
      if (!old || !young) return [];
      return [...movedTo(name, old, young), ...toldElse(name, old, young)];
    });
}

function namedIn({ authorizationPolicies }: Mesh): ReadonlySet<string> {
  return new Set(
    authorizationPolicies.flatMap(({ spec }) =>
      spec.action === "CUSTOM" ? (spec.provider?.name ?? []) : [],
    ),
  );
}

/** Of two with one name the later one counts. */
function providerIn({ config }: Mesh, name: string): ExtensionProvider | undefined {
  return config.extensionProviders?.findLast((each) => each.name === name);
}

function movedTo(
  name: string,
  old: ExtensionProvider,
  young: ExtensionProvider,
): readonly string[] {
  const [here, there] = [placeOf(old), placeOf(young)];
  return here === there
    ? []
    : [
        `the authorizer ${name} was at ${here}, and now is at ${there}: it is taken to answer alike`,
      ];
}

function placeOf({ envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc }: ExtensionProvider): string {
  const { service = "", port = 0 } = http ?? grpc ?? {};
  return `${service}:${port}${http?.pathPrefix ?? ""}`;
}

function toldElse(
  name: string,
  { envoyExtAuthzHttp: old }: ExtensionProvider,
  { envoyExtAuthzHttp: young }: ExtensionProvider,
): readonly string[] {
  const told = (each: typeof old): string =>
    JSON.stringify(Object.entries(each?.includeAdditionalHeadersInCheck ?? {}).sort());
  return told(old) === told(young)
    ? []
    : [`the authorizer ${name} is sent other headers of its own: it is taken to answer alike`];
}
