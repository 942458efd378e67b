import { type Mesh, splitHttp } from "@meshproof/engine";
import type { Requests } from "@meshproof/engine/analyse";
import { bareHost, valueFaults } from "@meshproof/testkit";
import type { Args, Flags, Misuse } from "../flags.ts";
import type { Io } from "../io.ts";
import { seemingIn } from "./seeming-values.ts";

/** The flags that say which requests are meant. */
export const requestsFlags: Flags = {
  http: { value: "REQUEST", help: 'only such requests: "GET /api/*", "GET shop.example.com/x"' },
  tcp: { help: "only connections with bytes of another protocol than HTTP" },
};

/** What these flags mean, in the grammar of rules. */
export function requestsOf(args: Args, ports?: readonly string[]): Requests | Misuse {
  const http = args.one("http");
  if (http !== undefined && args.on("tcp")) return { misuse: "`--http` or `--tcp`: not both" };
  const parts = http === undefined ? {} : splitHttp(http);
  if ("message" in parts) return { misuse: parts.message, hint: parts.hint };
  const { method, path, host } = parts;
  const operation = {
    ...(method === undefined ? {} : { methods: [method] }),
    ...(path === undefined ? {} : { paths: [path] }),
    ...(host === undefined ? {} : { hosts: [host] }),
    ...(ports === undefined ? {} : { ports }),
  };
  return {
    ...(http === undefined ? {} : { protocol: "http" }),
    ...(args.on("tcp") ? { protocol: "tcp" } : {}),
    ...(Object.keys(operation).length === 0 ? {} : { to: [{ operation }] }),
  };
}

/** Requests as they were put together of flags, or what Istio would say of their values in a rule. What does not mean what it seems to is warned of. */
export async function sound(
  requests: Requests,
  { err }: Pick<Io, "err">,
): Promise<Requests | Misuse> {
  const [fault] = valueFaults(requests);
  if (fault !== undefined) return { misuse: fault };
  const { to, when } = requests;
  const seeming = to === undefined && when === undefined ? [] : await seemingIn(requests);
  for (const { message, hint } of seeming)
    err(`authz: warning: ${message}\n${hint === undefined ? "" : `  = ${hint}\n`}`);
  return requests;
}

/** `GET orders` asks for the host `orders`: mostly the first slash was forgotten. */
export function warnOfBareHost(args: Args, mesh: Mesh, { err }: Pick<Io, "err">): void {
  const http = args.one("http");
  const host = http === undefined ? undefined : bareHost(http, mesh);
  if (host === undefined) return;
  err(
    `authz: warning: \`--http ${http}\` asks for the host \`${host}\`\n  = a path begins with a slash\n`,
  );
}

/** Who is meant by a text: sa/NS/NAME, spiffe://DOMAIN/ns/NS/sa/NAME, ns/NS, IP or CIDR, none. */
export function callerNamed(text: string, namespace: string | undefined): Requests | Misuse {
  const [kind, ...parts] = text.split("/");
  if (text === "none") return from({ notPrincipals: ["*"] });
  const principal = /^spiffe:\/\/(.+)$/.exec(text)?.[1];
  if (principal !== undefined) return from({ principals: [principal] });
  if (kind === "ns" && parts.length === 1 && parts[0]) return from({ namespaces: parts });
  if (kind === "sa") {
    const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
    if (space && name && parts.length <= 2) return from({ serviceAccounts: [`${space}/${name}`] });
  }
  if (/^[0-9.]+(?:\/\d+)?$|^[0-9a-f:]*:[0-9a-f:.]*(?:\/\d+)?$/i.test(text))
    return from({ ipBlocks: [text] });
  return {
    misuse: `\`${text}\` is no caller`,
    hint: "sa/NS/NAME, spiffe://DOMAIN/ns/NS/sa/NAME, ns/NS, an address or CIDR, none",
  };
}

type Source = NonNullable<NonNullable<NonNullable<Requests["from"]>[number]>["source"]>;

function from(source: Source): Requests {
  return { from: [{ source }] };
}
