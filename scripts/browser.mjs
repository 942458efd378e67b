// Judges tokens and key sets, valid and mangled, in Node and in a headless Chromium, and compares: `npm run test:browser`.
// Needs a Chromium (CHROMIUM names it) and a built project; it is not a part of `npm test`.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { parseToken } from "../packages/engine/dist/envoy/jwt-authn/token.js";
import { verifySignature } from "../packages/engine/dist/envoy/jwt-authn/verify.js";
import { jwksFor, mint } from "../packages/testkit/dist/index.js";

const dist = join(import.meta.dirname, "../packages/engine/dist");
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "HS256",
  "HS384",
  "HS512",
];
const faults = [undefined, "bad-signature", "unknown-kid", "malformed", "alg-none"];
const most = 1000;
const patience = 60_000;

/** The same numbers in every run. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A text with one character taken out, put in, or replaced. */
function mangle(text, next) {
  const at = Math.floor(next() * (text.length + 1));
  const other = 'Aa0-_.=+/ \n\u00e9{}",:'[Math.floor(next() * 17)] ?? "x";
  const kind = Math.floor(next() * 3);
  return text.slice(0, at) + (kind === 0 ? "" : other) + text.slice(kind === 1 ? at : at + 1);
}

async function makeCases() {
  const next = random(7);
  const jwks = jwksFor("https://login.example");
  const set = typeof jwks === "string" ? jwks : JSON.stringify(jwks);
  const cases = [];
  for (const alg of algorithms)
    for (const invalid of faults) {
      const spec = {
        issuer: "https://login.example",
        claims: { sub: "alice" },
        alg,
        ...(invalid ? { invalid } : {}),
      };
      const minted = await mint(spec, Date.UTC(2026, 8, 1), {});
      if (!("token" in minted)) throw new Error(JSON.stringify(minted));
      cases.push({ token: minted.token, jwks: set });
    }
  const good = cases.slice();
  while (cases.length < most) {
    const { token } = good[Math.floor(next() * good.length)];
    cases.push(
      next() < 0.5 ? { token: mangle(token, next), jwks: set } : { token, jwks: mangle(set, next) },
    );
  }
  return cases;
}

/** What both sides run. */
async function judge(cases, verify, parse) {
  const verdicts = [];
  for (const { token, jwks } of cases) {
    const parsed = parse(token);
    const signature = await verify(token, jwks).catch(() => "unsupported");
    verdicts.push(
      `${signature} ${typeof parsed === "string" ? parsed : JSON.stringify(parsed.payload)}`,
    );
  }
  return verdicts;
}

const page = `<!doctype html><script type="module">
import { verifySignature } from "/dist/envoy/jwt-authn/verify.js";
import { parseToken } from "/dist/envoy/jwt-authn/token.js";
${judge}
const cases = await (await fetch("/cases")).json();
const verdicts = await judge(cases, verifySignature, parseToken);
await fetch("/verdicts", { method: "POST", body: JSON.stringify(verdicts) });
</script>`;

/** Serves the page and the built engine on loopback until the browser has answered. */
function inBrowser(cases) {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      if (request.method === "POST") {
        let body = "";
        request.on("data", (part) => (body += part));
        request.on("end", () => {
          response.end();
          finish(() => resolve(JSON.parse(body)));
        });
      } else if (request.url === "/cases") response.end(JSON.stringify(cases));
      else if (request.url?.startsWith("/dist/")) {
        response.setHeader("content-type", "text/javascript");
        response.end(readFileSync(join(dist, normalize(request.url.slice("/dist".length)))));
      } else {
        response.setHeader("content-type", "text/html");
        response.end(page);
      }
    });
    const profile = mkdtempSync(join(tmpdir(), "browser-"));
    let browser;
    const timer = setTimeout(
      () => finish(() => reject(new Error("the browser did not answer"))),
      patience,
    );
    const finish = (then) => {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
      const clean = () => {
        rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
        then();
      };
      if (browser?.pid === undefined) return clean();
      browser.once("exit", () => setTimeout(clean, 200));
      browser.kill("SIGTERM");
    };
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      const chromium = process.env["CHROMIUM"] ?? "chromium";
      const flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${profile}`,
      ];
      browser = spawn(chromium, [...flags, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
      browser.on("error", (error) => finish(() => reject(error)));
    });
  });
}

const cases = await makeCases();
const here = await judge(cases, verifySignature, parseToken);
const there = await inBrowser(cases);
const differences = here.flatMap((verdict, index) =>
  verdict === there[index] ? [] : [{ index, verdict, there: there[index] }],
);
for (const { index, verdict, there: other } of differences.slice(0, 10))
  console.error(`${cases[index].token.slice(0, 60)}: Node ${verdict}, browser ${other}`);
const valid = here.filter((verdict) => verdict.startsWith("true")).length;
console.log(
  `${cases.length} tokens and key sets, ${valid} of them valid: ${differences.length} judged differently`,
);
process.exitCode = differences.length === 0 && valid > 0 ? 0 : 1;
