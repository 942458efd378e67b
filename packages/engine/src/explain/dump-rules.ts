import { goAddressText } from "../match/address.ts";
import { isText } from "../match/samples.ts";
import type { RbacFilter } from "../model/program.ts";
import type { Alternative, Attribute, Clause, Matcher, Rule, Text } from "../model/rule.ts";
import { isTemplate, pattern, template, text } from "./dump-text.ts";

type Dumped = Readonly<Record<string, unknown>>;

/**
 * Rules as the policies of an RBAC filter: what is asked of the caller as principals, what is asked of the operation as
 * permissions, `when` distributed over both. Follows istio/istio:pilot/pkg/security/authz/model/model.go.
 */
export function rbacRules(
  rules: readonly Rule[],
  peer: RbacFilter["peer"],
): Readonly<Record<string, Dumped>> {
  const told = rules.map((rule) => {
    const permissions = dumpedSide(rule, "permission");
    const principals = dumpedSide(rule, "principal");
    const seen = peer === "tunnel" ? principals.map(throughTunnel) : principals;
    return [rule.name, { permissions, principals: seen }] as const;
  });
  return Object.fromEntries(told);
}

/** Whom a waypoint asks for stands in its filter state: the end of the tunnel put it there. */
function throughTunnel(dumped: Dumped): Dumped {
  return Object.fromEntries(
    Object.entries(dumped).map(([key, value]): [string, unknown] =>
      key === "authenticated"
        ? ["filterState", { key: "io.istio.peer_principal", stringMatch: nameOf(value) }]
        : [key, everywhere(value)],
    ),
  );
}

function everywhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(everywhere);
  return isDumped(value) ? throughTunnel(value) : value;
}

function nameOf(value: unknown): unknown {
  return isDumped(value) ? value["principalName"] : undefined;
}

function isDumped(value: unknown): value is Dumped {
  return typeof value === "object" && value !== null;
}

type Side = "permission" | "principal";

const words = {
  permission: { and: "andRules", or: "orRules", not: "notRule", list: "rules" },
  principal: { and: "andIds", or: "orIds", not: "notId", list: "ids" },
} as const;

function dumpedSide({ groups }: Rule, side: Side): readonly Dumped[] {
  if (groups.some(({ any }) => any.length === 0)) return [{ [words[side].not]: { any: true } }];
  const own = groups.find(({ of }) => of === (side === "permission" ? "to" : "from"));
  const when = groups
    .filter(({ of }) => of === "when")
    .flatMap(({ any }) => any.flatMap(({ all }) => all))
    .filter(({ attribute }) => sideOf(attribute) === side);
  const alternatives: readonly Alternative[] = own?.any ?? [{ index: 0, all: [] }];
  return alternatives.map(({ all }) => conjunction([...all, ...when], side));
}

function sideOf({ kind }: Attribute): Side {
  const permissions: readonly Attribute["kind"][] = [
    "destination.ip",
    "destination.port",
    "sni",
    "metadata",
  ];
  return permissions.includes(kind) ? "permission" : "principal";
}

function conjunction(clauses: readonly Clause[], side: Side): Dumped {
  const { and, list } = words[side];
  const parts = clauses.flatMap((clause) => sides(clause, side));
  return { [and]: { [list]: parts.length === 0 ? [{ any: true }] : parts } };
}

function sides({ attribute, any, none }: Clause, side: Side): readonly Dumped[] {
  const { not } = words[side];
  return [
    ...(any ? [disjunction(attribute, any, side)] : []),
    ...(none ? [{ [not]: disjunction(attribute, none, side) }] : []),
  ];
}

/** One of some values. Of claims it is within the matcher, and a single request principal stands alone. */
function disjunction(attribute: Attribute, matchers: readonly Matcher[], side: Side): Dumped {
  const { or, list } = words[side];
  if (attribute.kind === "claim") return claims(attribute.path, matchers.filter(isText));
  const told = united(matchers).map((matcher) => single(attribute, matcher, side));
  const [only, second] = told;
  const { kind } = attribute;
  const alone = (kind === "request.principal" || kind === "metadata") && second === undefined;
  return alone && only !== undefined ? only : { [or]: { [list]: told } };
}

/** The four forms of a service account are one regular expression (az:SA-3). */
function united(matchers: readonly Matcher[]): readonly Matcher[] {
  const forms = (of: number): readonly Matcher[] => matchers.filter((other) => other.of === of);
  return matchers.flatMap((matcher): readonly Matcher[] => {
    const all = forms(matcher.of);
    if (all.length !== 4 || !all.every(({ kind }) => kind === "sequence")) return [matcher];
    return matcher === all[0] && isText(matcher) ? [{ ...account(matcher), of: matcher.of }] : [];
  });
}

function account(plain: Text): Text {
  const source = pattern(plain).replace(/\/sa\/([^/]*)$/, "/(.+/|)sa/$1(/.+)?");
  return { kind: "re2", source };
}

function single(attribute: Attribute, matcher: Matcher, side: Side): Dumped {
  if (matcher.kind === "cidr")
    return { [addressKeys[attribute.kind] ?? "remoteIp"]: block(matcher) };
  if (matcher.kind === "port") return { destinationPort: matcher.port };
  if (matcher.kind === "principal")
    return {
      [words[side].and]: {
        [words[side].list]: [
          claim(["iss"], { stringMatch: text(matcher.issuer) }),
          claim(["sub"], { stringMatch: text(matcher.subject) }),
        ],
      },
    };
  if (matcher.kind === "list")
    return {
      metadata: { value: { listMatch: { oneOf: { stringMatch: text(matcher.element) } } } },
    };
  return ofText(attribute, matcher);
}

const addressKeys: Partial<Readonly<Record<Attribute["kind"], string>>> = {
  "source.ip": "directRemoteIp",
  "remote.ip": "remoteIp",
  "destination.ip": "destinationIp",
};

function block({ family, low, high }: Extract<Matcher, { kind: "cidr" }>): Dumped {
  const bits = family === 4 ? 32 : 128;
  const free = (BigInt(`0x${low}`) ^ BigInt(`0x${high}`)).toString(2).replace(/^0$/, "").length;
  return { addressPrefix: goAddressText({ family, value: low }), prefixLen: bits - free };
}

function ofText(attribute: Attribute, matcher: Text): Dumped {
  switch (attribute.kind) {
    case "path":
      return isTemplate(matcher) ? template(matcher) : { urlPath: { path: text(matcher) } };
    case "host":
      return { header: { name: ":authority", ...headerText(matcher) } };
    case "method":
      return { header: { name: ":method", ...headerText(matcher) } };
    case "header":
      return { header: { name: attribute.name, ...headerText(matcher) } };
    case "sni":
      return { requestedServerName: text(matcher) };
    case "metadata":
      return {
        metadata: {
          filter: attribute.filter,
          path: [{ key: attribute.key }],
          value: { stringMatch: text(matcher) },
        },
      };
    default:
      return { authenticated: { principalName: text(matcher) } };
  }
}

/** The claim is one of some texts, or a list with one of them. */
function claims(path: readonly string[], matchers: readonly Text[]): Dumped {
  const values = matchers.map((matcher): Dumped => ({ stringMatch: text(matcher) }));
  const [only, second] = values;
  const value =
    only !== undefined && second === undefined ? only : { orMatch: { valueMatchers: values } };
  return claim(path, { orMatch: { valueMatchers: [{ listMatch: { oneOf: value } }, value] } });
}

function claim(path: readonly string[], value: Dumped): Dumped {
  return {
    metadata: {
      filter: "envoy.filters.http.jwt_authn",
      path: ["payload", ...path].map((key) => ({ key })),
      value,
    },
  };
}

function headerText(matcher: Text): Dumped {
  return matcher.kind === "present" ? { presentMatch: true } : { stringMatch: text(matcher) };
}
