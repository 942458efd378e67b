import type { Args, Misuse } from "../flags.ts";
import type { Texts } from "../format/position.ts";
import type { Access } from "../io.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { pretty } from "./pretty.ts";
import type { Reported } from "./report.ts";
import { sarif } from "./sarif.ts";
import { table } from "./table.ts";

const writers: Readonly<Record<string, (found: readonly Reported[], texts: Texts) => string>> = {
  pretty,
  table,
  json,
  sarif,
  github,
  junit,
};

/** Every format that there is. */
export const formats: readonly string[] = Object.keys(writers);

/** A format, and the file it goes to; without one to stdout. */
export interface Output {
  readonly format: string;
  readonly file?: string;
}

/** Reads `-o FORMAT[=FILE]`. */
export function outputsOf(args: Args): readonly Output[] | Misuse {
  const outputs = args.many("output").map((text) => {
    const at = text.indexOf("=");
    return at < 0 ? { format: text } : { format: text.slice(0, at), file: text.slice(at + 1) };
  });
  const unknown = outputs.find(({ format }) => !formats.includes(format));
  if (unknown !== undefined)
    return { misuse: `unknown output \`${unknown.format}\``, hint: `one of ${formats.join(", ")}` };
  return outputs.length === 0 ? [{ format: "pretty" }] : outputs;
}

/** Writes the findings in every format that is wanted. */
export async function writeLint(
  found: readonly Reported[],
  outputs: readonly Output[],
  { io, reader }: Access,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = writers[format]?.(found, reader) ?? "";
    if (file === undefined) io.out(text);
    else await io.write(file, text);
  }
}
