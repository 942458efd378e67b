// Opens the pages that `authz` writes of an example, that of coverage and the matrix of who reaches what, in a headless Chromium, light and dark,
// wide and narrow, and looks at what a reader sees: a part of `npm run test:browser`. Needs a Chromium (CHROMIUM names it) and a built project.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const patience = 60_000;
const folder = mkdtempSync(join(tmpdir(), "pages-"));
const example = "policies/examples/bookinfo";

function authz(...args) {
  const options = { cwd: root, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" };
  return execFileSync(process.execPath, ["packages/cli/bin/authz.cjs", ...args], options);
}

const pages = {
  coverage: join(folder, "coverage.html"),
  matrix: join(folder, "matrix.html"),
};
authz("test", example, "--coverage-output", `html=${pages.coverage}`);
const asked = ["matrix", "-f", example, "--istio", "1.31"];
writeFileSync(pages.matrix, authz(...asked, "-o", "html"));
const matrix = JSON.parse(authz(...asked, "-o", "json"));

/** Runs in the browser: a page in frames of two widths. */
async function look(name) {
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
    frame.src = `/${name}.html`;
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
    const links = [...page.querySelectorAll("td a")];
    let told = 0;
    for (const link of links) {
      link.click();
      await new Promise((resolve) => setTimeout(resolve, 50)); // it is followed in a task of its own
      const section = page.querySelector(":target");
      const [from, to] = (section?.querySelector("h3")?.textContent ?? "").split(" → ");
      const row = link.closest("tr").querySelector("th").textContent;
      const column = page.querySelectorAll("thead th")[link.closest("td").cellIndex].textContent;
      if (from === row && to === column && section.querySelectorAll("li").length > 0) told += 1;
    }
    const counts = {};
    for (const each of page.querySelectorAll("tbody td"))
      counts[each.className] = (counts[each.className] ?? 0) + 1;
    frames.push({
      width,
      overflow: page.documentElement.scrollWidth - width,
      dark: light(behind(page.body)) < 0.2,
      contrast: Math.round(worst.ratio * 100) / 100,
      text: worst.text,
      loads: frame.contentWindow.performance.getEntriesByType("resource").length,
      all,
      open,
      links: links.length,
      told,
      counts,
    });
  }
  await fetch("/seen", { method: "POST", body: JSON.stringify(frames) });
}

/** What is seen of a page under a colour scheme: 0 dark, 1 light. */
function inBrowser(name, scheme) {
  return new Promise((resolve, reject) => {
    const profile = mkdtempSync(join(tmpdir(), "browser-"));
    let browser;
    const finish = (then) => {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
      browser?.once("exit", () => {
        rmSync(profile, { recursive: true, force: true, maxRetries: 100, retryDelay: 100 });
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
      response.setHeader("content-type", "text/html; charset=utf-8");
      if (request.url === `/${name}.html`) return response.end(readFileSync(pages[name]));
      if (request.method !== "POST")
        return response.end(
          `<!doctype html><body><script type="module">${look}\nawait look(${JSON.stringify(name)});</script>`,
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

/** What is wrong with a page of coverage, and with one of a matrix. */
const wrongWith = {
  coverage: ({ all, open }) =>
    open > 0 && open < all
      ? []
      : [`${open} of ${all} lines are left without those that are covered`],
  matrix: ({ links, told, counts }) => {
    const wanted = {};
    for (const { allowed } of matrix.cells) wanted[allowed] = (wanted[allowed] ?? 0) + 1;
    const faults = Object.entries({ all: 0, some: 0, none: 0, undecided: 0, ...wanted })
      .filter(([allowed, count]) => (counts[allowed] ?? 0) !== count)
      .map(([allowed, count]) => `${counts[allowed] ?? 0} of ${count} cells say ${allowed}`);
    if (links === 0 || links !== wanted.some)
      faults.push(`${links} of ${wanted.some} cells are links`);
    if (told !== links) faults.push(`${told} of ${links} links lead to what gets through`);
    return faults;
  },
};

const faults = [];
for (const name of Object.keys(pages))
  for (const [scheme, colours] of [
    [1, "light"],
    [0, "dark"],
  ])
    for (const seen of await inBrowser(name, scheme)) {
      const { width, overflow, dark, contrast, text, loads } = seen;
      const what = `${name} page, ${colours}, ${width} pixels`;
      if (dark !== (scheme === 0)) faults.push(`${what}: it is ${dark ? "dark" : "light"}`);
      if (overflow > 0) faults.push(`${what}: ${overflow} pixels too wide`);
      if (contrast < 4.5) faults.push(`${what}: a contrast of ${contrast} at "${text}"`);
      if (loads > 0) faults.push(`${what}: it loads ${loads} other files`);
      for (const fault of wrongWith[name](seen)) faults.push(`${what}: ${fault}`);
      console.log(`${what}: least contrast ${contrast} at "${text}"`);
    }
for (const fault of faults) console.error(fault);
rmSync(folder, { recursive: true });
process.exitCode = faults.length === 0 ? 0 : 1;
