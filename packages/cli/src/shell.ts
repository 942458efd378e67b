/** A word of a command line as a shell reads it. What a line cannot hold is written as an escape, which bash, zsh and ksh know. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/\p{Cc}/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const text = word.replace(/[\\']/g, "\\$&").replace(/\p{Cc}/gu, escaped);
  return `$'${text}'`;
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
