import { utf8Bytes } from "../../match/bytes.ts";
import { ofBytes, parseMetadata } from "../../match/parse-text.ts";
import {
  address,
  claimText,
  type Failure,
  headerText,
  namespace,
  port,
  principal,
  type Reading,
  requestPrincipal,
  serviceAccount,
  type Term,
  text,
  trustDomain,
} from "./term.ts";

const plain: Readonly<Record<string, Term>> = {
  "source.ip": { attribute: { kind: "source.ip" }, parse: address },
  "remote.ip": { attribute: { kind: "remote.ip" }, parse: address },
  "destination.ip": { attribute: { kind: "destination.ip" }, parse: address },
  "destination.port": { attribute: { kind: "destination.port" }, parse: port },
  "connection.sni": { attribute: { kind: "sni" }, parse: text },
  "request.auth.principal": requestPrincipal,
  "request.auth.audiences": claim(["aud"]),
  "request.auth.presenter": claim(["azp"]),
};

const identities: Readonly<Record<string, (reading: Reading) => Term>> = {
  "source.principal": principal,
  "source.namespace": namespace,
  "source.serviceAccount": serviceAccount,
  "source.trustDomain": trustDomain,
};

/** What a key of a `when` looks at. Undefined: istiod does not know the key, and leaves the whole rule out (az:4.2). */
export function conditionTerm(key: string, reading: Reading): Term | undefined {
  if (Object.hasOwn(plain, key)) return plain[key];
  if (key === "source.trustDomain" && !reading.knowsTrustDomains) return undefined;
  if (Object.hasOwn(identities, key)) return identities[key]?.(reading);
  if (key.startsWith("experimental.envoy.filters.")) return metadata(key);
  if (key.startsWith("request.headers")) return header(key.slice("request.headers".length));
  if (key.startsWith("request.auth.claims"))
    return nestedClaim(key.slice("request.auth.claims".length));
  return undefined;
}

function claim(path: readonly string[]): Term {
  const fails = path.includes("") ? refused("a claim with an empty name") : undefined;
  const attribute = { kind: "claim", path } as const;
  return { attribute, http: true, parse: claimText, ...(fails ? { fails } : {}) };
}

const malformedClaim: Term = { ...claim(["?"]), malformed: true };

/** `[a][b]` is a path. If the brackets do not add up, all between the outer ones is one name (az:CL-4). */
function nestedClaim(brackets: string): Term {
  const path = [...brackets.matchAll(/\[([^[\]]*)\]/g)].map(([, name = ""]) => name);
  const covered = path.reduce((length, name) => length + name.length + 2, 0);
  if (covered === brackets.length && path.length > 0) return claim(path);
  if (brackets === "") return claim([]);
  const name = inBrackets(brackets);
  return name === undefined ? malformedClaim : claim([name]);
}

/** Header names are compared in lower case; `:path` and the like work (az:HK-2). */
function header(brackets: string): Term {
  const name = inBrackets(brackets);
  if (name === undefined)
    return {
      attribute: { kind: "header", name: "" },
      http: true,
      malformed: true,
      parse: headerText,
    };
  const fails = name === "" || /[\0\n\r]/.test(name) ? refused("a header name") : undefined;
  const lower = utf8Bytes(name).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const attribute = { kind: "header", name: lower } as const;
  return { attribute, http: true, parse: headerText, ...(fails ? { fails } : {}) };
}

/** `experimental.envoy.filters.FILTER[KEY]`: whatever stands right of the first bracket is the key (az:EXP-1). */
function metadata(key: string): Term {
  const path = key.slice("experimental.".length).replace(/\]$/, "");
  const bracket = path.indexOf("[");
  const attribute = {
    kind: "metadata",
    filter: utf8Bytes(bracket < 0 ? path : path.slice(0, bracket)),
    key: utf8Bytes(path.slice(bracket + 1)),
  } as const;
  const parse: Term["parse"] = (value) => ({ patterns: [ofBytes(parseMetadata)(value)] });
  if (bracket < 0) return { attribute, malformed: true, parse };
  const fails = attribute.key === "" ? refused("an empty metadata key") : undefined;
  return { attribute, parse, ...(fails ? { fails } : {}) };
}

function inBrackets(text: string): string | undefined {
  return text.startsWith("[") && text.endsWith("]") && text.length > 1
    ? text.slice(1, -1)
    : undefined;
}

function refused(what: string): Failure {
  return { effect: "update-refused", cause: `Envoy does not take ${what}`, early: true };
}
