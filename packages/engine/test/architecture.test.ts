import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** A layer is a folder of `src` or a file in it; it imports from itself and from the layers before it. */
const layers: readonly string[] = [
  ...["model", "diagnostic", "release", "parse", "match", "admit", "kubernetes", "istiod", "envoy"],
  ...["ztunnel", "journey", "load", "evaluate", "analyse", "explain", "lint", "admission", "index"],
];

/** Each dependency comes in through one door: a folder or a file, below `packages`. */
const doors: Readonly<Record<string, readonly string[]>> = {
  yaml: ["engine/src/parse/"],
  jose: ["engine/src/envoy/jwt-authn/", "testkit/src/token.ts"],
  micromatch: ["testkit/src/files/"],
  vitest: ["testkit/src/vitest"],
  "fast-check": ["testkit/src/arbitraries/"],
  "prom-client": ["cli/src/webhook/"],
};

/** Which of our packages a package imports. */
const packageImports: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  testkit: ["engine"],
  cli: ["testkit", "engine"],
};

/** What the pure core must not contain: clock, chance, I/O, code made of text. */
const impure =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bfetch\(|\beval\(|\bnew Function\b/;

interface SourceFile {
  readonly path: string; // below packages: engine/src/load.ts
  readonly text: string;
}
interface Import {
  readonly file: string;
  readonly to: string;
}

const root = join(import.meta.dirname, "../../..");
const packages = join(root, "packages");

function sources(of: string): readonly SourceFile[] {
  const folder = join(packages, of, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({
      path: join(of, "src", name),
      text: readFileSync(join(folder, name), "utf8"),
    }));
}

function importsOf({ path, text }: SourceFile): readonly Import[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g);
  return [...found].map(([, to]) => ({ file: path, to: to ?? "" }));
}

const files: readonly SourceFile[] = Object.keys(packageImports).flatMap(sources);
const imports: readonly Import[] = files.flatMap(importsOf);
const engine: readonly SourceFile[] = files.filter(({ path }) => path.startsWith("engine/"));

/** How far down the list a file of the engine is. */
function depth(file: string): number {
  const inside = relative("engine/src", file);
  const layer = basename(inside.split("/", 1)[0] ?? inside, ".ts");
  expect(layers, `${file} belongs to no layer`).toContain(layer);
  return layers.indexOf(layer);
}

const label = ({ file, to }: Import): readonly [string, string, Import] => [file, to, { file, to }];
const inEngine = ({ file }: Import): boolean => file.startsWith("engine/");

test.each(
  imports
    .filter(inEngine)
    .filter(({ to }) => to.startsWith("."))
    .map(label),
)("%s may import %s", (_file, _to, { file, to }) => {
  expect(depth(join(dirname(file), to))).toBeLessThanOrEqual(depth(file));
});

test("every file of the engine belongs to a layer", () => {
  for (const { path } of engine) depth(path);
});

test.each(imports.filter(({ to }) => to in doors).map(label))(
  "%s is a door for %s",
  (_file, _to, { file, to }) => {
    expect(doors[to]?.some((door) => file.startsWith(door))).toBe(true);
  },
);

test("signatures are verified behind one door", () => {
  const users = files.filter(({ text }) => /\bcrypto\.subtle\b/.test(text)).map(({ path }) => path);
  expect(users.filter((path) => !doors["jose"]?.some((door) => path.startsWith(door)))).toEqual([]);
});

test("objects of JSON are read where a key that V8 mistakes is seen, or from files of ours", () => {
  const readers = files.filter(({ text }) => /\bJSON\.parse\(/.test(text)).map(({ path }) => path);
  const [own, single] = [
    "engine/src/parse/native-json.ts",
    /(?:text-ranks|json-places|plain-json)\.ts$/,
  ]; // those read one text or number
  const others = readers.filter((path) => path !== own && !single.test(path));
  expect(others.filter((path) => !path.startsWith("cli/src/conformance/"))).toEqual([]);
});

test.each(imports.filter(({ to }) => to.startsWith("@meshproof/")).map(label))(
  "the package of %s may import %s",
  (_file, _to, { file, to }) => {
    const from = file.split("/", 1)[0] ?? "";
    expect(packageImports[from]).toContain(to.split("/")[1]);
  },
);

test("packages reach each other by name, not by path", () => {
  const across = imports.filter(({ file, to }) => {
    const own = file.split("/", 2).join("/");
    return to.startsWith(".") && !join(dirname(file), to).startsWith(`${own}/`);
  });
  expect(across).toEqual([]);
});

test("the engine imports nothing of Node's", () => {
  expect(imports.filter(inEngine).filter(({ to }) => to.startsWith("node:"))).toEqual([]);
});

test("the engine imports only what has a door", () => {
  const strangers = imports
    .filter(inEngine)
    .filter(({ to }) => !(to.startsWith(".") || to in doors));
  expect(strangers).toEqual([]);
});

test("the engine reads no clock, does no I/O and makes no code of text", () => {
  const code = ({ text }: SourceFile): string =>
    text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
  expect(engine.filter((file) => impure.test(code(file))).map(({ path }) => path)).toEqual([]);
});

test("only the package's own index gathers exports", () => {
  const barrels = files.filter(({ path }) => /\/index\.ts$/.test(path)).map(({ path }) => path);
  expect(barrels.filter((path) => !/^[a-z]+\/src\/index\.ts$/.test(path))).toEqual([]);
});

test("ARCHITECTURE.md names each folder of the packages, and no file that is not there", () => {
  const page = join(root, "ARCHITECTURE.md");
  expect(existsSync(page), "ARCHITECTURE.md is missing").toBe(true);
  const text = readFileSync(page, "utf8");
  const folders = new Set(
    files.map(({ path }) => `${dirname(path).replace(/^[a-z]+\/src\/?/, "")}/`),
  );
  expect([...folders].filter((folder) => folder !== "/" && !text.includes(folder))).toEqual([]);
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)].map(([, name = ""]) => name);
  const known = [...files.map(({ path }) => path), ...readdirSync(join(root, "scripts"))];
  const isThere = (name: string): boolean =>
    existsSync(join(root, name)) || known.some((path) => `/${path}`.endsWith(`/${name}`));
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});
