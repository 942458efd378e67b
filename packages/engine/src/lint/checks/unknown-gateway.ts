import { gatewayName } from "../../istiod/route/short-names.ts";
import { isApiGateway } from "../../kubernetes/gateway-class.ts";
import type { Other } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Path } from "../../model/place.ts";
import { fieldsOf, listOf, textOf } from "../../parse/decode.ts";
import { didYouMean } from "../../parse/suggest.ts";
import type { Check, Found } from "../check.ts";

/** A route for a gateway that there is not. */
export const unknownGateway: Check = {
  code: "route/unknown-gateway",
  title: "a route names a gateway that was not loaded",
  why: "A VirtualService or a route of the Gateway API is used at the gateways that it names. Without a namespace the name is one of its own namespace: for a Gateway of another one write `namespace/name`, or `namespace` beside the name of a parentRef. Told where other gateways of that namespace were loaded, or one of this name in another.",
  like: ["IST0101", "KIA1102", "KIA1401"],
  *find({ mesh }) {
    for (const route of mesh.inventory.others)
      for (const named of [...classicNames(route), ...parentNames(route)]) {
        const missing = missingOf(mesh, named);
        if (missing === undefined) continue;
        const { kind, namespace, name } = route.key;
        const { where, ...rest } = missing;
        yield {
          ...rest,
          at: { resource: route.key, path: named.path },
          message: `no Gateway \`${named.name}\` was loaded, ${where}: ${kind} \`${namespace}/${name}\` is not used there`,
          evidence: { kind: "proof", because: "of the loaded Gateways none has this name" },
        };
      }
  },
};

/** What is loaded instead; undefined: it is loaded, or nobody knows. What states no namespace is taken to be in `default`, and may be rendered into another. */
function missingOf(
  mesh: Mesh,
  { name, isApi }: Named,
): (Pick<Found, "hint" | "severity"> & { readonly where: string }) | undefined {
  const gateways = gatewaysOf(mesh, isApi);
  const [namespace = "", own = ""] = name.split("/");
  const beside = gateways.filter((each) => each.startsWith(`${namespace}/`));
  const [only, ...more] = gateways.filter((each) => each.endsWith(`/${own}`));
  if (gateways.includes(name) || (beside.length === 0 && only === undefined)) return undefined;
  const hint = only && more.length === 0 ? `it is \`${only}\`` : didYouMean(name, beside);
  return {
    where: only ? "but one of that name in another namespace" : "where others were",
    ...(hint === undefined ? {} : { hint }),
    ...(namespace === "default" ? { severity: "info" } : {}),
  };
}

interface Named {
  readonly name: string; // NAMESPACE/NAME
  readonly path: Path;
  readonly isApi: boolean;
}

/** Of a VirtualService, and of the matches in it. `mesh` is none. */
function classicNames({ key, body }: Other): readonly Named[] {
  if (key.kind !== "VirtualService") return [];
  const spec = fieldsOf(body["spec"]);
  const inMatches = ["http", "tls", "tcp"].flatMap((kind) =>
    listOf(spec[kind]).flatMap((route, index) =>
      listOf(fieldsOf(route)["match"]).flatMap((match, at) =>
        namesIn(match, ["spec", kind, index, "match", at, "gateways"]),
      ),
    ),
  );
  return [...namesIn(spec, ["spec", "gateways"]), ...inMatches].map(({ text, path }) => {
    return { name: gatewayName(text, key.namespace), path, isApi: false };
  });
}

function namesIn(
  value: unknown,
  path: Path,
): readonly { readonly text: string; readonly path: Path }[] {
  return listOf(fieldsOf(value)["gateways"]).flatMap((each, index) => {
    const text = textOf(each);
    return text === undefined || text === "" || text === "mesh"
      ? []
      : [{ text, path: [...path, index] }];
  });
}

/** Of a route of the Gateway API: parents that are Gateways. */
function parentNames({ key, body, apiVersion }: Other): readonly Named[] {
  if (!apiVersion.startsWith("gateway.networking.k8s.io/") || !key.kind.endsWith("Route"))
    return [];
  return listOf(fieldsOf(body["spec"])["parentRefs"]).flatMap((parent, index) => {
    const {
      kind = "Gateway",
      namespace = key.namespace,
      name,
      group = "gateway.networking.k8s.io",
    } = fieldsOf(parent);
    if (kind !== "Gateway" || group !== "gateway.networking.k8s.io" || typeof name !== "string")
      return [];
    return [
      { name: `${namespace}/${name}`, path: ["spec", "parentRefs", index, "name"], isApi: true },
    ];
  });
}

function gatewaysOf({ inventory }: Mesh, isApi: boolean): readonly string[] {
  return inventory.others
    .filter((other) => other.key.kind === "Gateway" && isApiGateway(other) === isApi)
    .map(({ key }) => `${key.namespace}/${key.name}`);
}
