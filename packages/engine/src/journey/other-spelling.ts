/** Kinds as kubectl calls them, too, and as references here do. */
const kinds: Readonly<Record<string, string>> = {
  ...{ service: "svc", services: "svc" },
  ...{ deployment: "deploy", deployments: "deploy", statefulset: "sts", statefulsets: "sts" },
  ...{ daemonset: "ds", daemonsets: "ds", jobs: "job", po: "pod", pods: "pod" },
  ...{ serviceaccount: "sa", serviceaccounts: "sa" },
};

const word = "([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)";

/** A caller as policies, Kubernetes or a log write it, as it is written here. */
export function callerSpelled(text: string): string | undefined {
  const [, space, name] =
    spelling(text, `(?:[^/]+/)?ns/${word}/sa/${word}`) ??
    spelling(text, `system:serviceaccount:${word}:${word}`) ??
    spelling(text, `${word}/${word}`) ??
    [];
  if (/^[^/]+\/ns\/[^/]+\/sa\/./.test(text)) return `spiffe://${text}`;
  if (space !== undefined && name !== undefined) return `sa/${space}/${name}`;
  if (/^(?:\d+\.){3}\d+$|^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*$/i.test(text)) return `external/${text}`;
  return ofKind(text);
}

/** A destination as DNS or kubectl call it. */
export function destinationSpelled(text: string): string | undefined {
  const [, service, of] =
    spelling(text, `${word}\\.${word}(?:\\.svc(?:\\.cluster\\.local)?)?`) ?? [];
  if (service !== undefined && of !== undefined) return `svc/${of}/${service}`;
  const [, space, name] = spelling(text, `${word}/${word}`) ?? [];
  return (
    ofKind(text) ?? (space !== undefined && name !== undefined ? `svc/${space}/${name}` : undefined)
  );
}

function spelling(text: string, pattern: string): RegExpExecArray | null {
  return new RegExp(`^${pattern}$`).exec(text);
}

function ofKind(text: string): string | undefined {
  const [kind = "", ...rest] = text.split("/");
  const known = Object.hasOwn(kinds, kind.toLowerCase()) ? kinds[kind.toLowerCase()] : undefined;
  return known === undefined || rest.length === 0 ? undefined : [known, ...rest].join("/");
}
