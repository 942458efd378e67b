// Meshes to be linted: `policies` policies over `workloads` workloads, in shapes that real ones have.

const pick = (list, index) => list[index % list.length];
const document = (body) => JSON.stringify(body);
const namespaceOf = (index, spaces) => `team-${index % spaces}`;

function namespace(name, labels) {
  return document({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
}

function deployment(space, name, extra = {}) {
  const containers = [{ name: "app", image: "app", ports: [{ containerPort: 8080 }] }];
  const template = {
    metadata: { labels: { app: name, ...extra } },
    spec: { serviceAccountName: name, containers },
  };
  return document({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: space },
    spec: { template },
  });
}

function service(space, name, labels = {}) {
  const ports = [{ name: "http", port: 80, targetPort: 8080 }];
  const metadata = { name, namespace: space, labels };
  return document({
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: { app: name }, ports },
  });
}

function policy(kind, space, name, spec) {
  return document({
    apiVersion: "security.istio.io/v1",
    kind,
    metadata: { name, namespace: space },
    spec,
  });
}

const strict = (space) =>
  policy("PeerAuthentication", space, "default", { mtls: { mode: "STRICT" } });

/** What one policy says, of some kinds in turn. */
function rules(index, space, callers) {
  const principal = (offset) => `cluster.local/ns/${space}/sa/${pick(callers, index + offset)}`;
  const paths = [`/api/v${index % 4}/items/*`, `/health${index % 7}`, `*/edit${index % 5}`];
  return pick(
    [
      [
        {
          from: [{ source: { principals: [principal(1), principal(2)] } }],
          to: [{ operation: { methods: ["GET", "POST"], paths } }],
        },
      ],
      [
        {
          from: [{ source: { namespaces: [space] } }],
          to: [{ operation: { ports: ["8080"], paths: [`/api/{*}/x${index % 9}`] } }],
        },
      ],
      [
        {
          from: [{ source: { principals: [principal(3)] } }],
          when: [{ key: "request.headers[x-env]", values: [`e${index % 6}`, "prod*"] }],
        },
      ],
      [
        { from: [{ source: { ipBlocks: [`10.${index % 250}.0.0/16`] } }] },
        { to: [{ operation: { hosts: [`h${index % 20}.example.com`] } }] },
      ],
    ],
    index,
  );
}

function workloadsOf(count, spaces, make) {
  return Array.from({ length: count }, (_, index) =>
    make(namespaceOf(index, spaces), `app-${index}`, index),
  );
}

function policiesOf(count, spaces, workloads, of = () => ({})) {
  return Array.from({ length: count }, (_, index) => {
    const target = index % workloads;
    const space = namespaceOf(target, spaces);
    const callers = Array.from(
      { length: 5 },
      (_, step) => `app-${(target + step * spaces) % workloads}`,
    );
    const action = index % 5 === 4 ? "DENY" : "ALLOW";
    const at = of(target, index) ?? {};
    const where = at.where ?? { selector: { matchLabels: { app: `app-${target}` } } };
    return policy("AuthorizationPolicy", space, `p-${index}`, {
      action,
      ...where,
      rules: rules(index, space, callers),
    });
  });
}

/** Sidecars in namespaces of some twenty workloads, a policy or two for each. */
function teams({ policies, workloads }) {
  const spaces = Math.max(1, Math.round(workloads / 20));
  return [
    ...Array.from({ length: spaces }, (_, index) =>
      namespace(`team-${index}`, { "istio-injection": "enabled" }),
    ),
    ...workloadsOf(workloads, spaces, (space, name) =>
      [deployment(space, name), service(space, name)].join("\n---\n"),
    ),
    ...Array.from({ length: spaces }, (_, index) => strict(`team-${index}`)),
    ...policiesOf(policies, spaces, workloads),
  ];
}

/** One namespace with everything in it, and nothing that says STRICT. */
function oneNamespace({ policies, workloads }) {
  return [
    namespace("team-0", { "istio-injection": "enabled" }),
    ...workloadsOf(workloads, 1, (space, name) =>
      [deployment(space, name), service(space, name)].join("\n---\n"),
    ),
    ...policiesOf(policies, 1, workloads),
  ];
}

/** Ambient, a waypoint in each namespace, half of the policies for Services. */
function waypoints({ policies, workloads }) {
  const spaces = Math.max(1, Math.round(workloads / 20));
  const labels = { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint" };
  const gateway = (space) =>
    document({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "waypoint", namespace: space },
      spec: {
        gatewayClassName: "istio-waypoint",
        listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
      },
    });
  const where = (target, index) =>
    index % 2 === 0
      ? { where: { targetRefs: [{ group: "", kind: "Service", name: `app-${target}` }] } }
      : {};
  return [
    ...Array.from(
      { length: spaces },
      (_, index) => `${namespace(`team-${index}`, labels)}\n---\n${gateway(`team-${index}`)}`,
    ),
    ...workloadsOf(workloads, spaces, (space, name) =>
      [deployment(space, name), service(space, name)].join("\n---\n"),
    ),
    ...policiesOf(policies, spaces, workloads, where),
  ];
}

/** Sidecars behind one ingress gateway whose routes rewrite. */
function rewriting({ policies, workloads }) {
  const labels = { app: "ingress", istio: "ingress" };
  const metadata = { labels, annotations: { "inject.istio.io/templates": "gateway" } };
  const ingress = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "ingress", namespace: "istio-ingress" },
    spec: { template: { metadata, spec: { containers: [{ name: "app", image: "app" }] } } },
  };
  const gateway = {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "public", namespace: "istio-ingress" },
    spec: {
      selector: { istio: "ingress" },
      servers: [{ port: { number: 8080, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
    },
  };
  const spaces = Math.max(1, Math.round(workloads / 20));
  const route = (index) => ({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: `app-${index}`, namespace: namespaceOf(index, spaces) },
    spec: {
      hosts: [`app-${index}.example.com`],
      gateways: ["istio-ingress/public"],
      http: [
        {
          match: [{ uri: { prefix: `/v${index % 3}` } }],
          rewrite: { uri: "/" },
          route: [{ destination: { host: `app-${index}` } }],
        },
        { route: [{ destination: { host: `app-${index}` } }] },
      ],
    },
  });
  return [
    ...teams({ policies, workloads }),
    document(ingress),
    document(gateway),
    ...Array.from({ length: Math.min(200, workloads) }, (_, index) => document(route(index))),
  ];
}

/** Policies for whole namespaces, on tokens and identities, among workloads that have none of their own. */
function wide({ policies, workloads }) {
  const spaces = Math.max(1, Math.round(workloads / 20));
  const login = {
    jwtRules: [{ issuer: "https://login.example", jwksUri: "https://login.example/keys" }],
  };
  const claims = (index) => [
    {
      from: [{ source: { requestPrincipals: [`https://login.example/u${index % 30}*`] } }],
      when: [{ key: "request.auth.claims[groups]", values: [`g${index % 11}`] }],
    },
  ];
  return [
    ...Array.from({ length: spaces }, (_, index) =>
      namespace(`team-${index}`, { "istio-injection": "enabled" }),
    ),
    ...workloadsOf(workloads, spaces, (space, name) =>
      [deployment(space, name), service(space, name)].join("\n---\n"),
    ),
    ...Array.from({ length: spaces }, (_, index) =>
      policy("RequestAuthentication", `team-${index}`, "logins", login),
    ),
    ...Array.from({ length: policies }, (_, index) =>
      policy("AuthorizationPolicy", namespaceOf(index, spaces), `p-${index}`, {
        action: index % 6 === 5 ? "DENY" : "ALLOW",
        rules:
          index % 2 === 0
            ? claims(index)
            : rules(index, namespaceOf(index, spaces), ["app-1", "app-2", "app-3"]),
      }),
    ),
  ];
}

/** Every shape, by its name. */
export const shapes = { teams, "one-namespace": oneNamespace, waypoints, rewriting, wide };

/** The text of a mesh. */
export function meshText(shape, size) {
  return shapes[shape](size).join("\n---\n");
}
