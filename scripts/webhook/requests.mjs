import { Agent, request } from "node:https";

const kind = { group: "security.istio.io", version: "v1", kind: "AuthorizationPolicy" };
const rules = [
  {
    from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
    to: [{ operation: { methods: ["GET"], paths: ["/api/*"] } }],
  },
];

/** An AdmissionReview for a policy that is fine, or that is not. */
export function review(uid, isGood) {
  const when = isGood ? [] : [{ key: "nonsense", values: ["a"] }];
  const object = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { namespace: "shop", name: "orders", uid: "675b83a7-218e-4724-be6f-cb3468dcaf9c" },
    spec: { action: "ALLOW", rules: rules.map((rule) => (isGood ? rule : { ...rule, when })) },
  };
  const userInfo = { username: "jane", groups: ["system:authenticated"] };
  return JSON.stringify({
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid,
      kind,
      resource: kind,
      name: "orders",
      namespace: "shop",
      operation: "CREATE",
      userInfo,
      object,
      oldObject: null,
      dryRun: true,
      options: {},
    },
  });
}

/** Sends one review. `right`: the answer is for it, and says what it should. */
export function ask({ port, judges }, agent, uid, isGood) {
  const body = review(uid, isGood);
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const options = {
      host: "127.0.0.1",
      port,
      path: "/validate?timeout=10s",
      method: "POST",
      agent,
      headers,
    };
    const asked = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.on("end", () => {
        if (answer.statusCode !== 200) return resolve(false);
        const { response } = JSON.parse(text);
        resolve(response.uid === uid && (!judges || response.allowed === isGood));
      });
      answer.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

export function agentFor(connections) {
  return new Agent({ keepAlive: true, maxSockets: connections, rejectUnauthorized: false });
}

/** Sends reviews on so many connections, each the next one as soon as it has an answer; every fourth is to be denied. */
export async function load(
  server,
  { connections, seconds, most = Number.POSITIVE_INFINITY, every },
) {
  const agent = agentFor(connections);
  const times = [];
  let [sent, wrong] = [0, 0];
  const start = performance.now();
  const end = start + seconds * 1000;
  const work = async (worker) => {
    while (performance.now() < end && sent < most) {
      const id = sent++;
      const begin = performance.now();
      const right = await ask(server, agent, `${worker}-${id}`, id % 4 !== 0).catch(() => false);
      if (times.length < 200_000) times.push(performance.now() - begin);
      if (!right) wrong += 1;
      if (every && id % every.count === 0) await every.run(id);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)));
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.floor(sorted.length * part)] ?? 0;
  const rate = sent / ((performance.now() - start) / 1000);
  return { rate, sent, wrong, p50: at(0.5), p99: at(0.99) };
}

export function medianOf(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
