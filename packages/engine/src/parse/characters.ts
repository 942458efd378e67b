/** A table of characters below 256, to be asked by code. */
export function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let at = 0; at < characters.length; at += 1) table[characters.charCodeAt(at)] = 1;
  return table;
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";

/** Letters and digits, as Kubernetes and YAML count them. */
export const letters: string = `${lower}${lower.toUpperCase()}${digits}`;
export const lowerLetters: string = `${lower}${digits}`;

/** Whether all characters of a text are in a table. */
export function consistsOf(text: string, table: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (table[text.charCodeAt(at)] !== 1) return false;
  return true;
}

/** Whether one of its characters is in a table. */
export function hasAny(text: string, table: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (table[text.charCodeAt(at)] === 1) return true;
  return false;
}
