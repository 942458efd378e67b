// The least a webhook can do: TLS, reading the review, and an answer.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const [cert, key, port] = process.argv.slice(2);
createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (asked, answer) => {
  if (asked.method !== "POST") return answer.writeHead(404).end();
  const chunks = [];
  asked.on("data", (chunk) => chunks.push(chunk));
  asked.on("end", () => {
    const { request } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const response = { uid: request.uid, allowed: true };
    const body = JSON.stringify({
      apiVersion: "admission.k8s.io/v1",
      kind: "AdmissionReview",
      response,
    });
    answer.writeHead(200, { "content-type": "application/json" }).end(body);
  });
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
