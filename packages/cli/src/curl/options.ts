/** What an option of curl means to a request. `takes`: it has a value. */
export interface CurlOption {
  readonly names: readonly string[];
  readonly takes?: true;
  readonly does: Effect;
}

export type Effect =
  | "method"
  | "header"
  | "data"
  | "data-raw"
  | "data-urlencode"
  | "json"
  | "form"
  | "cookie"
  | "get"
  | "head"
  | "agent"
  | "referer"
  | "user"
  | "bearer"
  | "url"
  | "http1.0"
  | "http1.1"
  | "http2"
  | "http2-prior-knowledge"
  | "as-is"
  | "no-globs"
  | "compressed"
  | "nothing"; // it changes nothing that a proxy decides by

/** The options of curl that are understood; any other is an error that names it. */
const options: readonly CurlOption[] = [
  { names: ["-X", "--request"], takes: true, does: "method" },
  { names: ["-H", "--header"], takes: true, does: "header" },
  { names: ["-d", "--data", "--data-ascii", "--data-binary"], takes: true, does: "data" },
  { names: ["--data-raw"], takes: true, does: "data-raw" },
  { names: ["--data-urlencode"], takes: true, does: "data-urlencode" },
  { names: ["--json"], takes: true, does: "json" },
  { names: ["-F", "--form", "--form-string"], takes: true, does: "form" },
  { names: ["-b", "--cookie"], takes: true, does: "cookie" },
  { names: ["-G", "--get"], does: "get" },
  { names: ["-I", "--head"], does: "head" },
  { names: ["-A", "--user-agent"], takes: true, does: "agent" },
  { names: ["-e", "--referer"], takes: true, does: "referer" },
  { names: ["-u", "--user"], takes: true, does: "user" },
  { names: ["--oauth2-bearer"], takes: true, does: "bearer" },
  { names: ["--url"], takes: true, does: "url" },
  { names: ["-0", "--http1.0"], does: "http1.0" },
  { names: ["--http1.1"], does: "http1.1" },
  { names: ["--http2"], does: "http2" },
  { names: ["--http2-prior-knowledge"], does: "http2-prior-knowledge" },
  { names: ["--path-as-is"], does: "as-is" },
  { names: ["-g", "--globoff"], does: "no-globs" },
  { names: ["--compressed"], does: "compressed" },
  { names: ["-k", "--insecure"], does: "nothing" },
  { names: ["-L", "--location"], does: "nothing" }, // the first request is the one that is asked about
  { names: ["-s", "--silent", "-S", "--show-error", "-v", "--verbose"], does: "nothing" },
  { names: ["-i", "--include", "--show-headers"], does: "nothing" },
  { names: ["-f", "--fail", "--fail-with-body"], does: "nothing" },
  { names: ["-N", "--no-buffer", "-4", "--ipv4", "-6", "--ipv6"], does: "nothing" },
  {
    names: ["-#", "--progress-bar", "--no-progress-meter", "-O", "--remote-name"],
    does: "nothing",
  },
  {
    names: ["-o", "--output", "-w", "--write-out", "-D", "--dump-header"],
    takes: true,
    does: "nothing",
  },
  { names: ["-m", "--max-time", "--connect-timeout", "--retry"], takes: true, does: "nothing" },
  { names: ["--resolve", "--connect-to", "--cacert", "--capath"], takes: true, does: "nothing" },
  { names: ["-c", "--cookie-jar"], takes: true, does: "nothing" },
];

/** Every spelling of every option. */
const curlOptions: ReadonlyMap<string, CurlOption> = new Map(
  options.flatMap((option) => option.names.map((name) => [name, option] as const)),
);

/** One option of a command line, with its value. */
export interface Given {
  readonly does: Effect;
  readonly value: string;
}

/** The options and URLs of a curl command, as curl reads them: `-sXPOST`, `--data=x` is not curl's. */
export function readOptions(
  words: readonly string[],
): readonly Given[] | { readonly fault: string } {
  const given: Given[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("-") || word === "-") {
      given.push({ does: "url", value: word });
      continue;
    }
    const letters = word.startsWith("--") ? [word] : lettersOf(word);
    const read = takeOption(letters, rest);
    if ("fault" in read) return read;
    given.push(...read.given);
  }
  return given;
}

/** `-sXPOST` is -s and -X with the value POST. */
function lettersOf(word: string): readonly string[] {
  const names: string[] = [];
  for (const [index, letter] of [...word.slice(1)].entries()) {
    names.push(`-${letter}`);
    if (curlOptions.get(`-${letter}`)?.takes !== true) continue;
    const value = word.slice(index + 2);
    return value === "" ? names : [...names, value];
  }
  return names;
}

function takeOption(
  letters: readonly string[],
  rest: string[],
): { readonly given: readonly Given[] } | { readonly fault: string } {
  const given: Given[] = [];
  const left = [...letters];
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const option = curlOptions.get(name);
    if (option === undefined) return { fault: `curl's \`${name}\` is not understood` };
    const value = option.takes ? (left.shift() ?? rest.shift()) : "";
    if (value === undefined) return { fault: `curl's \`${name}\` needs a value` };
    given.push({ does: option.does, value });
  }
  return { given };
}
