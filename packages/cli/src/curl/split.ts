/** What a shell would make of a line, or why it is not known. */
export type Words = { readonly words: readonly string[] } | { readonly fault: string };

interface Reader {
  readonly text: string;
  at: number;
}

/** Splits a pasted command as a POSIX shell does. What only a shell could expand is a fault that names it. */
export function shellWords(text: string): Words {
  const reader: Reader = { text, at: 0 };
  const words: string[] = [];
  while (reader.at < text.length) {
    if (skipSpace(reader)) continue;
    const word = readWord(reader);
    if (typeof word !== "string") return word;
    words.push(word);
  }
  return { words };
}

/** Blanks, and a backslash at the end of a line. */
function skipSpace(reader: Reader): boolean {
  const [space] = /^(?:\s|\\\r?\n)+/.exec(reader.text.slice(reader.at, reader.at + 4096)) ?? [];
  if (space === undefined) return false;
  reader.at += space.length;
  return true;
}

function readWord(reader: Reader): string | { readonly fault: string } {
  let word = "";
  while (reader.at < reader.text.length) {
    const rest = reader.text.slice(reader.at);
    if (/^(?:\s|\\\r?\n)/.test(rest)) return word;
    const piece = readPiece(reader, rest);
    if (typeof piece !== "string") return piece;
    word += piece;
  }
  return word;
}

const pieces: readonly {
  readonly start: RegExp;
  readonly read: (text: string) => string | { readonly fault: string };
}[] = [
  { start: /^'[^']*'/, read: (text) => text.slice(1, -1) },
  { start: /^\$'(?:[^'\\]|\\.)*'/s, read: (text) => unescapeAnsi(text.slice(2, -1)) },
  { start: /^"(?:[^"\\]|\\.)*"/s, read: (text) => doubleQuoted(text.slice(1, -1)) },
  { start: /^\\./s, read: (text) => text.slice(1) },
  {
    start: /^[|;&<>]/,
    read: (text) => ({ fault: `\`${text}\` is the shell's: give the curl command alone` }),
  },
  { start: /^[^\s'"\\|;&<>]+/, read: bare },
];

function readPiece(reader: Reader, rest: string): string | { readonly fault: string } {
  for (const { start, read } of pieces) {
    const [text] = start.exec(rest) ?? [];
    if (text === undefined) continue;
    reader.at += text.length;
    return read(text);
  }
  return { fault: `a quote is not closed: ${rest.slice(0, 20)}` };
}

function bare(text: string): string | { readonly fault: string } {
  return expansionIn(text) ?? text;
}

function doubleQuoted(text: string): string | { readonly fault: string } {
  const plain = text.replace(/\\./gs, "");
  return expansionIn(plain) ?? text.replace(/\\([$`"\\])/g, "$1").replace(/\\\r?\n/g, "");
}

function expansionIn(text: string): { readonly fault: string } | undefined {
  const [name] = /\$(?:\{[^}]*\}?|\(|[A-Za-z_]\w*|[0-9@*#?$!-])|`/.exec(text) ?? [];
  return name === undefined
    ? undefined
    : { fault: `\`${name}\` was not expanded: put its value in its place` };
}

const ansi: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  v: "\v",
};

function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|(.))/gs,
    (_, hex, unicode, letter) =>
      hex === undefined && unicode === undefined
        ? (ansi[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(hex ?? unicode, 16)),
  );
}
