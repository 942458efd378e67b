import { decodeUtf8 } from "../match/sequence.ts";
import type { Alternative, Attribute, Clause, Matcher, Piece, Rule, Text } from "../model/rule.ts";
import { addressText } from "../ztunnel/address-candidates.ts";

type Dumped = Readonly<Record<string, unknown>>;

/**
 * Rules as the policies of an RBAC filter: what is asked of the caller as principals, what is asked of the operation as
 * permissions, `when` distributed over both. Follows istio/istio:pilot/pkg/security/authz/model/model.go.
 */
export function rbacRules(rules: readonly Rule[]): Readonly<Record<string, Dumped>> {
  return Object.fromEntries(
    rules.map((rule) => [
      rule.name,
      {
        permissions: dumpedSide(rule, "permission"),
        principals: dumpedSide(rule, "principal"),
      },
    ]),
  );
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

function disjunction(attribute: Attribute, matchers: readonly Matcher[], side: Side): Dumped {
  const { or, list } = words[side];
  return { [or]: { [list]: matchers.map((matcher) => single(attribute, matcher, side)) } };
}

function single(attribute: Attribute, matcher: Matcher, side: Side): Dumped {
  if (matcher.kind === "cidr")
    return { [addressKeys[attribute.kind] ?? "remoteIp"]: block(matcher) };
  if (matcher.kind === "port") return { destinationPort: matcher.port };
  if (matcher.kind === "principal")
    return {
      [words[side].and]: {
        [words[side].list]: [claim(["iss"], matcher.issuer), claim(["sub"], matcher.subject)],
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
  return { addressPrefix: addressText(family, low), prefixLen: bits - free };
}

function ofText(attribute: Attribute, matcher: Text): Dumped {
  switch (attribute.kind) {
    case "path":
      return { urlPath: { path: text(matcher) } };
    case "host":
      return { header: { name: ":authority", ...headerText(matcher) } };
    case "method":
      return { header: { name: ":method", ...headerText(matcher) } };
    case "header":
      return { header: { name: attribute.name, ...headerText(matcher) } };
    case "sni":
      return { requestedServerName: text(matcher) };
    case "claim":
      return claim(attribute.path, matcher);
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

function claim(path: readonly string[], matcher: Text): Dumped {
  const value = { stringMatch: text(matcher) };
  return {
    metadata: {
      filter: "envoy.filters.http.jwt_authn",
      path: ["payload", ...path].map((key) => ({ key })),
      value:
        path[0] === "iss" || path[0] === "sub"
          ? value
          : { orMatch: { valueMatchers: [value, { listMatch: { oneOf: value } }] } },
    },
  };
}

function headerText(matcher: Text): Dumped {
  return matcher.kind === "present" ? { presentMatch: true } : { stringMatch: text(matcher) };
}

function text(matcher: Text): Dumped {
  switch (matcher.kind) {
    case "exact":
    case "prefix":
    case "suffix": {
      const value = decodeUtf8(matcher.text) ?? matcher.text;
      return { [matcher.kind]: value, ...(matcher.fold ? { ignoreCase: true } : {}) };
    }
    case "present":
      return { safeRegex: { regex: ".*" } };
    case "sequence":
      return { safeRegex: { regex: matcher.pieces.map(regex).join("") } };
    case "re2":
      return { safeRegex: { regex: matcher.source } };
  }
}

const runs = { any: ".", segment: "[^/]", template: "[^/]", "template-or-slash": "." } as const;

/** As Go's regexp.QuoteMeta writes literals. */
function regex(piece: Piece): string {
  if (typeof piece === "string") return piece.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
  return `${runs[piece.run]}${piece.min === 0 ? "*" : "+"}`;
}
