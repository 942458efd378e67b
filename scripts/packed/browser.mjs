import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
const patience = 60_000;

/** The text of a built page once its scripts have run, in a headless Chromium. No code may be made of text there. */
export async function openPage(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const body = readFileSync(join(folder, normalize(path === "/" ? "/index.html" : path)));
      response.setHeader(
        "content-type",
        types[extname(path) || ".html"] ?? "application/octet-stream",
      );
      response.setHeader("content-security-policy", policy);
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const profile = mkdtempSync(join(tmpdir(), "page-"));
  try {
    const html = await dump(`http://127.0.0.1:${server.address().port}/`, profile);
    const [, body = ""] = /<body>([\s\S]*?)<\/body>/.exec(html) ?? [];
    return body.trim();
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function dump(url, profile) {
  return new Promise((resolve, reject) => {
    const flags = [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--dump-dom",
      `--user-data-dir=${profile}`,
    ];
    const browser = spawn(
      process.env["CHROMIUM"] ?? "chromium",
      [...flags, "--virtual-time-budget=10000", url],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const timer = setTimeout(() => browser.kill("SIGKILL"), patience);
    let html = "";
    browser.stdout.on("data", (part) => (html += part));
    browser.on("error", reject);
    browser.on("close", () => {
      clearTimeout(timer);
      resolve(html);
    });
  });
}
