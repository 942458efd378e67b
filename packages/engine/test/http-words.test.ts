import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refusalText } from "../src/envoy/http-words.ts";

const folder = join(import.meta.dirname, "../src/envoy/http");

test("every refusal of the codecs and the connection manager has words", () => {
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const details = [
    ...text.matchAll(/(?:codecError|reset|details:|reply\(\d+,)[( ]*"([a-z0-9_.]+)"/g),
  ];
  const named = new Set(details.map(([, name = ""]) => name));
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((name) => refusalText(name) === name)).toEqual([]);
});

test("what nobody knows a word for is named as Envoy does", () => {
  expect(refusalText("some.new_thing")).toBe("some.new_thing");
  expect(refusalText("toString")).toBe("toString");
});
