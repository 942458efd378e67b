import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { istiodVariables } from "../src/index.ts";

const folder = join(import.meta.dirname, "../src");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && path !== join("release", "variables.ts"))
  .map((path) => readFileSync(join(folder, path), "utf8"))
  .join("\n");

test("each variable of istiod that is read is listed, and no other", () => {
  const named = sources.matchAll(
    /"((?:PILOT|ENABLE|AMBIENT)_[A-Z0-9_]+)"|features\["([A-Z_]+)"\]/g,
  );
  const read = new Set([...named].map(([, text = "", key = text]) => key));
  expect([...read].toSorted()).toEqual(istiodVariables);
});
