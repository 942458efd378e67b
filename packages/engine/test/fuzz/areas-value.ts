import { isIP } from "node:net";
import { serve } from "../../src/journey/serve.ts";
import { parseAddress, parseCidr, parsePort } from "../../src/match/address.ts";
import { matches } from "../../src/match/matches.ts";
import type { Certificate, Connection } from "../../src/model/request.ts";
import { mutateText } from "./mutate-text.ts";
import { hashOf } from "./random.ts";
import type { Area } from "./run.ts";
import { facts, inspect, load, mtls } from "./use-mesh.ts";
import { sidecar } from "./world.ts";

/** Blocks, addresses and ports, in every place where one can stand. */
export function cidrArea(): Area {
  return {
    name: "CIDRs",
    seeds: [
      ...[
        "10.0.0.0/8",
        "192.168.1.1",
        "0.0.0.0/0",
        "::/0",
        "2001:db8::/32",
        "::ffff:10.0.0.1/104",
        "",
      ],
      ...[
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8/128",
        "1::8",
        "010.0.0.1",
        "8080",
        "65535",
        "[::1]:80",
        "/8",
      ],
    ],
    mutate: (seeds, random) =>
      mutateText(seeds, random, [
        "/",
        ".",
        ":",
        "::",
        "%",
        "0",
        "255",
        "ffff",
        "1",
        "/32",
        "/128",
        "256",
        "00",
      ]),
    check: checkCidr,
  };
}

function checkCidr(text: string): string {
  const [address, block, port] = [parseAddress(text), parseCidr(text), parsePort(text)];
  const zoneless = text.includes("%") ? undefined : isIP(text);
  if (zoneless !== undefined && (address?.family ?? 0) !== zoneless)
    throw new Error(`an address of family ${address?.family}, not ${zoneless}`);
  if (block && address && !matches(block, text)) throw new Error("not in its own block");
  if (block && block.low > block.high) throw new Error("an empty block");
  if (text.length % 3 > 0)
    return `${address?.family}${block?.low.slice(0, 1)}${port === undefined}`;
  const source = { ipBlocks: [text], notIpBlocks: [text, "1.2.3.4"], remoteIpBlocks: [text] };
  const when = [
    { key: "destination.ip", values: [text] },
    { key: "destination.port", notValues: [text] },
  ];
  const rules = [{ from: [{ source }], to: [{ operation: { ports: [text] } }] }, { when }];
  return `${address?.family}${block === undefined}${decide(rules, text, { sourceIp: text })}`;
}

/** Principals of every kind, and the identities they meet. */
export function principalArea(): Area {
  return {
    name: "principals",
    seeds: [
      ...[
        "cluster.local/ns/shop/sa/web",
        "*",
        "*/sa/web",
        "cluster.local/*",
        "spiffe://a/ns/b/sa/c",
        "",
      ],
      ...[
        "https://login.example/a",
        "*/a",
        "a/*",
        "shop/web",
        "sh*p",
        "ns/shop/sa/",
        "a/b/c/d",
        "**",
        "*a*",
      ],
      ...["(a|b)+", "[a-", "\\d+", "a{1000}", "(?i)x", "x)", "(a*)*", "spiffe://", "cluster.local"],
    ],
    mutate: (seeds, random) =>
      mutateText(seeds, random, [
        "*",
        "/",
        "spiffe://",
        "/ns/",
        "/sa/",
        "cluster.local",
        "(",
        ")",
        "|",
        "[",
        "{2}",
        "+",
        "\\",
      ]),
    check: (text) => {
      const source = {
        principals: [text],
        notPrincipals: [text, "x"],
        namespaces: [text],
        requestPrincipals: [text],
      };
      const rules = [
        { from: [{ source }] },
        { from: [{ source: { serviceAccounts: [text] } }, { source: { notNamespaces: [text] } }] },
        {
          when: [
            { key: "source.principal", values: [text] },
            { key: "source.namespace", values: [text] },
          ],
        },
        { when: [{ key: "request.auth.principal", notValues: [text] }] },
      ];
      return decide(rules, text, { certificate: { uris: [`spiffe://${text}`, text] } });
    },
  };
}

const releases = ["1.31", "1.27", "1.28.0", "1.32-dev"];

interface Seen {
  readonly sourceIp?: string;
  readonly certificate?: Certificate;
}

/** Loads rules as a policy, and lets a sidecar and a ztunnel decide by them. */
function decide(rules: readonly object[], text: string, seen: Seen): string {
  const which = hashOf(text) >> 2;
  const object = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "a", namespace: "shop" },
    spec: {
      action: text.length % 2 === 0 ? "DENY" : "ALLOW",
      rules: [rules[which % rules.length]],
    },
  };
  const file = JSON.stringify(object);
  const { mesh, findings } = load(
    {
      files: [{ path: "p.json", text: file }],
      admission: text.length % 5 === 0 ? "enforce" : "bypass",
      istio: releases[(text.length >> 1) % 4] ?? "1.31",
      meshConfig:
        text.length % 7 === 0 ? { trustDomain: text, trustDomainAliases: [text, "b"] } : {},
    },
    text + file,
  );
  const connection: Connection = { ...mtls, ...seen };
  const hops = [
    serve(
      mesh,
      sidecar,
      connection,
      {
        version: "1.1",
        method: "GET",
        target: "/",
        host: "a",
        headers: [["x-forwarded-for", text.replace(/[^ -~]/g, "")]],
      },
      facts,
      hashOf(text) % 4 === 0 ? { trace: "all" } : {},
    ),
    serve(
      mesh,
      { ...sidecar, kind: "ztunnel" },
      { ...connection, transport: "hbone" },
      undefined,
      facts,
    ),
  ];
  inspect(hops, text);
  const codes = [...new Set(findings.map(({ code }) => code))].join();
  return codes + hops.map(({ outcome }) => outcome.details ?? outcome.kind).join();
}
