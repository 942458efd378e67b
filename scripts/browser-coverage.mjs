// Opens the coverage page of an example in a headless Chromium, light and dark, wide and narrow, and looks at what a reader sees:
// a part of `npm run test:browser`. Needs a Chromium (CHROMIUM names it) and a built project.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const patience = 60_000;
const folder = mkdtempSync(join(tmpdir(), "coverage-"));
const html = join(folder, "coverage.html");
execFileSync(
  process.execPath,
  [
    "packages/cli/bin/authz.cjs",
    "test",
    "policies/examples/bookinfo",
    "--coverage-output",
    `html=${html}`,
  ],
  { cwd: root, stdio: "ignore" },
);

/** Runs in the browser: the page in frames of two widths. */
async function look() {
  const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([red = 0, green = 0, blue = 0]) =>
    [red, green, blue]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const [one, other] = [rgb(getComputedStyle(element).color), behind(element)].map(light);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const frames = [];
  for (const width of [360, 1100]) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width: ${width}px; height: 900px; border: 0`;
    frame.src = "/coverage.html";
    document.body.append(frame);
    await new Promise((resolve) => {
      frame.onload = resolve;
    });
    const page = frame.contentDocument;
    const texts = [...page.querySelectorAll("body *")].filter((each) =>
      [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""),
    );
    const lines = () =>
      [...page.querySelectorAll(".line")].filter((each) => each.getClientRects().length > 0).length;
    const worst = texts
      .filter((each) => !["text", "METER"].includes(each.tagName))
      .map((each) => ({ ratio: contrast(each), text: each.textContent.trim().slice(0, 40) }))
      .toSorted((a, b) => a.ratio - b.ratio)[0];
    const all = lines();
    page.querySelector("input[type=checkbox]")?.click();
    const open = lines();
    frames.push({
      width,
      overflow: page.documentElement.scrollWidth - width,
      dark: light(behind(page.body)) < 0.2,
      contrast: Math.round(worst.ratio * 100) / 100,
      text: worst.text,
      loads: frame.contentWindow.performance.getEntriesByType("resource").length,
      all,
      open,
    });
  }
  await fetch("/seen", { method: "POST", body: JSON.stringify(frames) });
}

/** What is seen under a colour scheme: 0 dark, 1 light. */
function inBrowser(scheme) {
  return new Promise((resolve, reject) => {
    const profile = mkdtempSync(join(tmpdir(), "browser-"));
    let browser;
    const finish = (then) => {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
      browser?.once("exit", () => {
        rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
        then();
      });
      if (browser?.pid === undefined) then();
      else browser.kill("SIGTERM");
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error("the browser did not answer"))),
      patience,
    );
    const server = createServer((request, response) => {
      response.setHeader("content-type", "text/html");
      if (request.url === "/coverage.html") return response.end(readFileSync(html));
      if (request.method !== "POST")
        return response.end(
          `<!doctype html><body><script type="module">${look}\nawait look();</script>`,
        );
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        response.end();
        finish(() => resolve(JSON.parse(body)));
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${profile}`,
      ];
      const colours = `--blink-settings=preferredColorScheme=${scheme}`;
      const url = `http://127.0.0.1:${server.address().port}/`;
      browser = spawn(process.env["CHROMIUM"] ?? "chromium", [...flags, colours, url], {
        stdio: "ignore",
      });
      browser.on("error", (error) => finish(() => reject(error)));
    });
  });
}

const faults = [];
for (const [scheme, name] of [
  [1, "light"],
  [0, "dark"],
])
  for (const { width, overflow, dark, contrast, text, loads, all, open } of await inBrowser(
    scheme,
  )) {
    const what = `${name}, ${width} pixels`;
    if (dark !== (scheme === 0)) faults.push(`${what}: the page is ${dark ? "dark" : "light"}`);
    if (overflow > 0) faults.push(`${what}: ${overflow} pixels too wide`);
    if (contrast < 4.5) faults.push(`${what}: a contrast of ${contrast} at "${text}"`);
    if (loads > 0) faults.push(`${what}: it loads ${loads} other files`);
    if (!(open > 0 && open < all))
      faults.push(`${what}: ${open} of ${all} lines are left without those that are covered`);
    console.log(
      `coverage page, ${what}: least contrast ${contrast}, ${all} lines, ${open} of them not covered`,
    );
  }
for (const fault of faults) console.error(fault);
rmSync(folder, { recursive: true });
process.exitCode = faults.length === 0 ? 0 : 1;
