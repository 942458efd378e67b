import { selects } from "../../kubernetes/service.ts";
import { parseAddress, parseCidr } from "../../match/address.ts";
import { matches } from "../../match/matches.ts";
import type { ExplainedCondition } from "../explanation.ts";
import { headerOf } from "../http-parts.ts";
import {
  type Detector,
  failingAt,
  firstFound,
  refusing,
  type Scene,
  unmatchedAt,
} from "./scene.ts";
import { globMatches, hasInnerStar, isBlock, plainPath } from "./texts.ts";

/** A preflight carries no token. */
export const preflight: Detector = (scene) => {
  const { request, hop } = scene;
  const isPreflight =
    hop.hop.saw?.method === "OPTIONS" &&
    headerOf(request, "origin") !== undefined &&
    headerOf(request, "access-control-request-method") !== undefined;
  if (!isPreflight || refusing(scene)?.layer !== "allow") return undefined;
  const text =
    "This is a CORS preflight. Browsers send it without credentials: token checks let it through, and the ALLOW rules then miss the token. A rule for OPTIONS from anywhere lets it in; the request that follows is still checked.";
  return { id: "a-preflight-carries-no-token", text };
};

/** A host without its port, or with one. */
export const hostWithPort: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "host"), ({ expected, actual }) => {
    const [seen = ""] = actual;
    const bare = seen.replace(/:\d+$/, "");
    return expected.find(
      (text) => (bare !== seen && globMatches(text, bare)) || text.replace(/:\d+$/, "") === seen,
    );
  });
  if (found === undefined) return undefined;
  const { condition } = found;
  const text = `hosts are compared with the whole Host header, with its port where it has one: ${condition.actual.join(", ")} is not ${found.found}. List both spellings, or end one in :*.`;
  return { id: "hosts-are-compared-with-their-port", text, at: condition.at };
};

/** Another name of the same Service. */
export const hostAlias: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "host"), ({ expected, actual }) => {
    const seen = (actual[0] ?? "").replace(/:\d+$/, "");
    const [name] = seen.split(".");
    return expected.find((text) => {
      const host = text.replace(/:\d+$/, "");
      return !text.includes("*") && host !== seen && host.split(".")[0] === name;
    });
  });
  if (found === undefined) return undefined;
  const text = `A Service has several names, and the Host header holds the one that the caller wrote: ${found.condition.actual.join(", ")}, not ${found.found}. List all of them.`;
  return { id: "a-service-has-several-names", text, at: found.condition.at };
};

const texts = ["path", "method", "header", "claim", "peer", "sni", "request.principal"] as const;

/** Istio compares case by case, except for hosts. */
export const otherCase: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, ...texts), ({ expected, actual }) =>
    expected.find((text) => actual.some((seen) => seen !== text && sameButCase(text, seen))),
  );
  if (found === undefined) return undefined;
  const { condition } = found;
  const text = `Only upper and lower case differ: ${condition.actual.join(", ")} is not ${found.found}. Everything but hosts is compared letter by letter.`;
  return { id: "upper-and-lower-case-matter", text, at: condition.at };
};

function sameButCase(pattern: string, value: string): boolean {
  const [wanted, seen] = [pattern.toLowerCase(), value.toLowerCase()];
  return !hasInnerStar(pattern) && !globMatches(pattern, value) && globMatches(wanted, seen);
}

/** A star in the middle is a star. */
export const innerStar: Detector = (scene) => {
  const literal = unmatchedAt(scene, ...texts, "host").filter(
    ({ field }) => !/namespace|trustDomain/i.test(field),
  );
  const found = firstFound(literal, ({ expected, actual }) =>
    expected.find((text) => hasInnerStar(text) && actual.some((seen) => globMatches(text, seen))),
  );
  if (found === undefined) return undefined;
  const isPath = found.condition.clause.attribute.kind === "path";
  const instead = isPath ? " Paths have templates instead: {*} for one segment, {**} for any." : "";
  const text = `A * stands for anything only at the beginning or the end of a value; inside ${found.found} it is an ordinary character.${instead}`;
  return { id: "a-star-in-the-middle-is-a-star", text, at: found.condition.at };
};

/** A gRPC method is a path. */
export const grpcMethod: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "method"), ({ expected }) =>
    expected.find((text) => text.includes("/") || text.includes(".")),
  );
  if (found === undefined) return undefined;
  const text = `methods are HTTP methods, and every gRPC call is a POST. ${found.found} belongs into paths, as /package.Service/Method.`;
  return { id: "a-grpc-method-is-a-path", text, at: found.condition.at };
};

/** A block of addresses in a condition on text. */
export const blockAsText: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "header", "claim"), ({ expected }) =>
    expected.find(isBlock),
  );
  if (found === undefined) return undefined;
  const text = `Headers and claims are compared as text: ${found.found} is no block of addresses there. remoteIpBlocks, or the key remote.ip, compares the client's address.`;
  return { id: "a-block-of-addresses-in-a-header-is-text", text, at: found.condition.at };
};

/** The same path in another spelling. */
export const otherSpelling: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "path"), ({ expected, actual }) => {
    const [seen = ""] = actual;
    const plain = plainPath(seen);
    return expected.find(
      (text) =>
        !globMatches(text, seen) && globMatches(plainPath(text).toLowerCase(), plain.toLowerCase()),
    );
  });
  if (found === undefined) return undefined;
  const mode = scene.mesh.config.pathNormalization?.normalization ?? "BASE";
  const { condition } = found;
  const text = `The path that the proxy compares is ${condition.actual.join(", ")}, which is not ${found.found}, though many servers take it for the same. What is made equal before they are compared is set by pathNormalization of the mesh config, which is ${mode} here.`;
  return { id: "a-path-has-many-spellings", text, at: condition.at };
};

/** A query in a path. */
export const queryInPath: Detector = (scene) => {
  const found = firstFound(unmatchedAt(scene, "path"), ({ expected }) =>
    expected.find((text) => text.includes("?")),
  );
  if (found === undefined) return undefined;
  const text = `paths are compared without the query: ${found.found} never matches.`;
  return { id: "paths-are-compared-without-the-query", text, at: found.condition.at };
};

/** The peer's address is not the client's. */
export const clientAddress: Detector = (scene) => {
  const forwarded = headerOf(scene.request, "x-forwarded-for");
  if (forwarded === undefined) return undefined;
  const entries = forwarded.split(",").map((entry) => entry.trim());
  const found = firstFound(failingAt(scene, "source.ip", "remote.ip"), (condition) =>
    entries.find(
      (entry) => parseAddress(entry) !== undefined && isIn(condition, entry) !== condition.negated,
    ),
  );
  if (found === undefined) return undefined;
  const { at, clause } = found.condition;
  const text =
    clause.attribute.kind === "source.ip"
      ? `ipBlocks compares the peer of the connection. ${found.found} stands in X-Forwarded-For, which only remoteIpBlocks looks at.`
      : `Of X-Forwarded-For a sidecar takes the last entry, ${entries.at(-1)}; ${found.found} stands before it, where anyone may have written it.`;
  return { id: "the-peer-is-not-the-client", text, at };
};

function isIn({ expected }: ExplainedCondition, address: string): boolean {
  return expected.some((text) => {
    const block = parseCidr(text);
    return block !== undefined && matches(block, address);
  });
}

/** The port of a Service is not that of the workload. */
export const servicePort: Detector = (scene) => {
  const { port } = scene.hop.chain ?? {};
  const number = String(port?.service?.port ?? "");
  const condition = unmatchedAt(scene, "destination.port").find(({ expected }) =>
    expected.includes(number),
  );
  if (port === undefined || condition === undefined || number === String(port.port))
    return undefined;
  const text = `ports are those that the workload listens on: port ${number} of the Service leads to ${port.port}.`;
  return { id: "ports-are-those-of-the-workload", text, at: condition.at };
};

/** The key of `portLevelMtls` is a port of the workload, too. */
export const servicePortMode: Detector = ({ mesh, hop }: Scene) => {
  const { port } = hop.chain ?? {};
  const number = port?.service?.port;
  if (port === undefined || number === undefined || number === port.port) return undefined;
  const proxy = hop.hop.told?.program.proxy;
  if (proxy === undefined || proxy.ports.some((each) => each.port === number)) return undefined;
  const policy = mesh.peerAuthentications.find(
    ({ key, spec }) =>
      key.namespace === proxy.namespace &&
      spec.portLevelMtls?.[String(number)] !== undefined &&
      selects(spec.selector?.matchLabels ?? {}, proxy.labels),
  );
  if (policy === undefined) return undefined;
  const text = `portLevelMtls names ports of the workload: ${number} is the port of the Service, which leads to ${port.port}, so the mode has no effect there.`;
  const at = { resource: policy.key, path: ["spec", "portLevelMtls", String(number)] };
  return { id: "ports-are-those-of-the-workload", text, at };
};
