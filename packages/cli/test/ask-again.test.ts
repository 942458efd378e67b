import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";
import { kinds, world } from "./witness-world.ts";

/** The words of a command as a shell splits it, as far as we quote. */
function wordsOf(line: string): readonly string[] {
  const parts = line.match(/(?:\$'(?:\\.|[^'\\])*'|'[^']*'|\\'|[^\s'])+/g) ?? [];
  return parts.map((part) => part.replace(/\$'((?:\\.|[^'\\])*)'|'([^']*)'|\\'/g, unquoted));
}

function unquoted(whole: string, escaped: string | undefined, plain: string | undefined): string {
  if (escaped === undefined) return plain ?? whole.slice(1);
  return JSON.parse(`"${escaped.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string;
}

/** The commands that are printed, each with the answer that stands before it. */
function commandsIn(out: string): readonly (readonly [answer: string, line: string])[] {
  const lines = out.split("\n");
  return lines.flatMap((line, index) => {
    if (!/^ +(?:authz check|printf )/.test(line)) return [];
    const told = lines.slice(0, index).join(" ");
    const answers = told.match(/(?:-> |: )(allowed|closed|\d{3})(?= {2}| *$)/g) ?? [""];
    return [[answers.at(-1)?.replace(/^(?:->|:) /, "") ?? "", line.trim()] as const];
  });
}

/** What a printed command comes to, as a shell runs it. */
async function asked(files: Readonly<Record<string, string>>, line: string): Promise<string> {
  const [, input, command = line] =
    /^printf '%s\\n' ('(?:[^']|'\\'')*'|\S+) \| (.*)$/.exec(line) ?? [];
  const stdin = input === undefined ? {} : { "-": `${wordsOf(input).join(" ")}\n` };
  const { out, err } = await authz({ ...files, ...stdin }, ...wordsOf(command).slice(1));
  return out + err;
}

describe("a counterexample is shown with a command that asks it again", () => {
  test.each(kinds)("%s", async (_, invariant) => {
    const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: it }
spec:
  mesh: world.yaml
  environment: { istio: "1.31" }
  invariants: [{ name: nobody, ${invariant}, expect: never-allowed }]
`;
    const files = { "world.yaml": world, "it.yaml": invariants };
    const { out } = await authz(files, "prove", "it.yaml", "-v");
    const commands = commandsIn(out);
    expect(commands.length, out).toBeGreaterThan(0);
    for (const [, line] of commands)
      expect(await asked(files, line), line).toMatch(/^allow |"allow"/m);
  });
});

const policy = (rule: string): string => `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: https://i, jwksUri: https://i/keys }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: it, namespace: shop }
spec: { action: DENY, rules: [${rule}] }
`;

const edge = (condition: string): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: c }, hosts: ["*"] }]
---
apiVersion: v1
kind: Pod
metadata: { name: ingress, namespace: shop, labels: { istio: ingress }, annotations: { inject.istio.io/templates: gateway } }
spec: { containers: [{ name: istio-proxy, image: auto }] }
---
${policy(`{ when: [${condition}] }`)}`;

const quoted = `{ key: "request.headers[x-it's]", values: ["a 'b' $c \\"d\\""] }`;
const claims = `{ key: "request.auth.claims[a][b]", values: ["it's"] }`;

describe("of what differs, the new side is asked again", () => {
  test.each([
    ["a header", "deny", policy(`{ when: [${quoted}] }`)],
    ["two headers and a claim", "deny", policy(`{ when: [${quoted}, ${claims}] }`)],
    [
      "a path",
      "deny",
      policy(`{ to: [{ operation: { paths: ["/it's*"], methods: [PUT], hosts: ["a:*"] } }] }`),
    ],
    ["a port", "deny", policy(`{ to: [{ operation: { ports: ["9999"] } }] }`)],
    ["an address", "deny", policy(`{ from: [{ source: { ipBlocks: ["2001:db8::/32"] } }] }`)],
    ["a server name", "deny", edge("{ key: connection.sni, values: [a.example] }")],
    ["a client behind a gateway", "deny", edge('{ key: remote.ip, values: ["192.0.2.7"] }')],
  ])("%s: %s", async (_, decision, young) => {
    const old = young.replace(
      /rules: .*/,
      "rules: [{ to: [{ operation: { paths: [/none] } }] }] }",
    );
    const files = { "old.yaml": old, "it's new.yaml": young };
    const { out, err } = await authz(
      files,
      "diff",
      "old.yaml",
      "it's new.yaml",
      "--istio",
      "1.31",
      "-v",
    );
    const commands = commandsIn(out);
    const [newly] = commands.filter(([answer]) => answer !== "allowed");
    expect(newly, out + err).toBeDefined();
    for (const [answer, line] of commands) {
      const wanted = answer === "allowed" ? "allow" : decision;
      expect(await asked(files, line), line).toMatch(new RegExp(`^${wanted} |"${wanted}"`, "m"));
    }
  });

  test("not where it came from stdin", async () => {
    const files = { "-": policy("{}") };
    const { out } = await authz(
      files,
      "diff",
      "-",
      "--istio",
      "1.31",
      "-v",
      "--from-istio",
      "1.30",
      "--to-istio",
      "1.31",
    );
    expect(commandsIn(out)).toEqual([]);
  });
});

test("who gets through, and what, is told with a command that asks it", async () => {
  const files = { "mesh.yaml": policy(`{ when: [${claims}] }`).replace("DENY", "ALLOW") };
  for (const command of [
    ["who-can", "ns/shop"],
    ["what-can", "sa/shop/web"],
  ]) {
    const { out } = await authz(files, ...command, "-f", "mesh.yaml", "--istio", "1.31", "-v");
    const commands = commandsIn(out);
    expect(commands.length, out).toBeGreaterThan(0);
    for (const [, line] of commands)
      expect(await asked(files, line), line).toMatch(/^allow |"allow"/m);
  }
});

test("an issuer may hold what stands between it and its keys", async () => {
  const condition = `{ key: "request.auth.claims[a]", values: [b] }`;
  const mesh = policy(`{ when: [${condition}] }`)
    .replace("DENY", "ALLOW")
    .replace("https://i,", "https://i?a=b,");
  const { out } = await authz({ "mesh.yaml": mesh }, "who-can", "ns/shop", "-f", "mesh.yaml", "-v");
  const line = commandsIn(out)[0]?.[1] ?? "";
  expect(await asked({ "mesh.yaml": mesh }, line), line).toMatch(/^allow /m);
});

test("a line for stdin comes out of any shell as it is, with what escapes are elsewhere", async () => {
  const value = ' a\\b\\nc "d" ';
  const condition = `{ key: "request.headers[x-a]", values: ['${value}'] }`;
  const mesh = policy(`{ when: [${condition}] }`).replace("DENY", "ALLOW");
  const { out } = await authz({ "mesh.yaml": mesh }, "who-can", "ns/shop", "-f", "mesh.yaml", "-v");
  const line = commandsIn(out)[0]?.[1] ?? "";
  const printed = execFileSync("sh", ["-c", line.split(" | ")[0] ?? ""], { encoding: "utf8" });
  expect(JSON.parse(printed)).toMatchObject({ http: { headers: { "x-a": [value] } } });
  expect(await asked({ "mesh.yaml": mesh }, line), line).toContain('"allow"');
});

test("claims for a token are told where they belong", async () => {
  const args = [
    "-f",
    "a.yaml",
    "--to",
    "ns/shop:80",
    "--http",
    "GET /",
    "--token",
    '{"iss":"https://i","a":"it\'s"}',
  ];
  const { code, err } = await authz({ "a.yaml": policy("{}") }, "check", ...args);
  expect(code).toBe(2);
  expect(err).toContain(
    `--token '{"issuer":"https://i","claims":{"a":"it'\\''s"}}', a valid token that says so`,
  );
});
