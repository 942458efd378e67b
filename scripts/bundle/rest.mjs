import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { minifySync } from "rolldown/utils";
import { startInTurn } from "./in-turn.mjs";

/**
 * The text of a file such that it is quick to read: short, of one byte a character; the rest waits until
 * something of it is needed, and so does what only other files ask for; it begins with what tells it from any other, and is the function
 * that `bin/authz.cjs` calls: to put more around it there would be to copy it. The few helpers of the bundler's are no file that is read for
 * their sake, but a part of each that uses them.
 */
export function quick(code, helpers) {
  const text = code
    .replace('require("./rolldown-runtime.cjs")', () => `(exports=>{${helpers}return exports})({})`)
    .replaceAll(/const require_(rest|seldom)=require\("\.\/\1\.cjs"\);/g, "let $1_cjs;")
    .replaceAll(/\brequire_(rest|seldom)\b/g, '($1_cjs??=require("./$1.cjs"))')
    .replace(/(?:exports\.[\w$]+=[\w$]+;?)+\s*$/, lent);
  const whole = `(function(exports,require,module,__filename){${text}\n})`;
  const { code: short, errors } = minifySync("bundle.cjs", whole, shortly);
  if (errors.length > 0) throw new Error(errors[0].message);
  const mark = createHash("sha256").update(short).digest("hex").slice(0, 16);
  return `/*${mark}*/${short}`;
}

/** Functions keep their names: stack traces stay readable. */
const shortly = {
  compress: false,
  mangle: { keepNames: true },
  codegen: { removeWhitespace: true, asciiOnly: true },
};

/** What a file is asked for by others is a long list, which is only made when somebody asks. */
function lent(all) {
  const own = "exports.start=start;";
  return `${all.includes(own) ? own : ""}module.lend=()=>{${all}}`;
}

const apart = ["rest.cjs", "seldom.cjs"];

/** The modules apart that runs of the command from a folder ask for, be it only to mention something of them in a table. */
export async function modulesAskedFor(folder, files, runs) {
  const names = await namesAskedFor(folder, runs);
  const isNamed = (name) => names.has(name.replace(/\$\d+$/, ""));
  return files
    .filter(({ fileName }) => apart.includes(fileName))
    .flatMap(({ modules }) => Object.entries(modules))
    .filter(([, { renderedExports }]) => renderedExports.some(isNamed))
    .map(([id]) => id);
}

async function namesAskedFor(folder, runs) {
  const answer = join(folder, "asked.json");
  await startInTurn([join(import.meta.dirname, "trial.mjs"), folder, answer], runs);
  const names = JSON.parse(readFileSync(answer, "utf8"));
  rmSync(answer);
  return new Set(names.map((name) => name.replace(/\$\d+$/, "")));
}
