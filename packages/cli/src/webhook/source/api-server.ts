import { type IncomingMessage, request as plainRequest } from "node:http";
import { type RequestOptions, request } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A way to ask an API server. The answer is open: whoever asked reads it, or destroys it. */
export type Ask = (path: string, signal: AbortSignal) => Promise<IncomingMessage>;

/** What is used of `@kubernetes/client-node`: who the API server is, and how it knows us. */
interface KubeConfig {
  readonly loadFromDefault: () => void;
  readonly loadFromFile: (path: string) => void;
  readonly getCurrentCluster: () => { readonly server: string } | null;
  readonly applyToHTTPSOptions: (options: RequestOptions) => Promise<void>;
}
interface ClientModule {
  readonly KubeConfig: new () => KubeConfig;
}

const library = "@kubernetes/client-node";
const longest = 30_000; // until the head of an answer, and between two pieces of it: watches tell at least once a minute
const silent = 90_000;

/** Asks the API server of a kubeconfig, or of the pod this runs in. Throws where the library is missing or there is none. */
export async function apiServer(kubeconfig?: string): Promise<Ask> {
  const { KubeConfig } = await load();
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error("no cluster in the kubeconfig");
  const { server } = cluster;
  return async (path, signal) => {
    const url = new URL(server.replace(/\/$/, "") + path);
    const options: RequestOptions = { headers: { accept: "application/json" }, signal };
    await config.applyToHTTPSOptions(options); // each time: tokens and certificates are renewed on disk
    return answerOf(url, options);
  };
}

function answerOf(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "http:" ? plainRequest : request;
    const asked = send(url, options, (answer) => {
      asked.setTimeout(silent);
      resolve(answer);
    });
    asked.setTimeout(longest, () => asked.destroy(new Error("no word from the API server")));
    asked.on("error", reject);
    asked.end();
  });
}

/** Looked for beside this program, then where it was started. It is large, so it is only there where someone wants it. */
async function load(): Promise<ClientModule> {
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    const found = resolved(from);
    if (found !== undefined) return (await import(pathToFileURL(found).href)) as ClientModule;
  }
  throw new Error(`${library} is not installed: npm install ${library}@1`);
}

function resolved(from: string): string | undefined {
  try {
    return createRequire(from).resolve(library);
  } catch {
    return undefined;
  }
}
