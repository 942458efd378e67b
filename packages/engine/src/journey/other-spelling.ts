import { parseAddress } from "../match/address.ts";

/** Kinds of workloads and accounts as kubectl calls them, too, and as references here do. */
const callers: Readonly<Record<string, string>> = {
  ...{ deployment: "deploy", deployments: "deploy", statefulset: "sts", statefulsets: "sts" },
  ...{ daemonset: "ds", daemonsets: "ds", jobs: "job", po: "pod", pods: "pod" },
  ...{ serviceaccount: "sa", serviceaccounts: "sa" },
};

/** And what can be called. */
const kinds: Readonly<Record<string, string>> = { ...callers, service: "svc", services: "svc" };

const word = "([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)";

/** A caller as policies, Kubernetes or a log write it, as it is written here. */
export function callerSpelled(text: string): string | undefined {
  if (/^[^/*]+\/ns\/[^/*]+\/sa\/[^/*]+$/.test(text)) return `spiffe://${text}`;
  if (parseAddress(text) !== undefined) return `external/${text}`;
  const kind = ofKind(text, callers);
  if (kind !== undefined) return kind;
  const [, space, name] =
    spelling(text, `(?:\\*/)?ns/${word}/sa/${word}`) ??
    spelling(text, `system:serviceaccount:${word}:${word}`) ??
    spelling(text, `(?!(?:ns|svc|services?)/)${word}/${word}`) ??
    [];
  return space !== undefined && name !== undefined ? `sa/${space}/${name}` : undefined;
}

/** A destination as DNS or kubectl call it; of two names with a dot between nobody knows whether they are a Service and its namespace. */
export function destinationSpelled(text: string): readonly string[] {
  const [, service, of, inCluster] =
    spelling(text, `${word}\\.${word}(\\.svc(?:\\.cluster\\.local)?)?`) ?? [];
  const isHost = inCluster === undefined && spelling(text, `(?:${word}\\.)+[a-z]+`) !== null;
  const own = service !== undefined && of !== undefined ? [`svc/${of}/${service}`] : [];
  if (isHost || own.length > 0) return [...own, ...(isHost ? [`host/${text}`] : [])];
  const kind = ofKind(text, kinds);
  if (kind !== undefined) return [kind];
  const [, space, name] = spelling(text, `${word}/${word}`) ?? [];
  return space !== undefined && name !== undefined ? [`svc/${space}/${name}`] : [];
}

function spelling(text: string, pattern: string): RegExpExecArray | null {
  return new RegExp(`^${pattern}$`).exec(text);
}

function ofKind(text: string, known: Readonly<Record<string, string>>): string | undefined {
  const [kind = "", ...rest] = text.split("/");
  const own = Object.hasOwn(known, kind.toLowerCase()) ? known[kind.toLowerCase()] : undefined;
  return own === undefined || rest.length === 0 ? undefined : [own, ...rest].join("/");
}
