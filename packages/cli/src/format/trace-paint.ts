const red = "31";
const green = "32";
const yellow = "33";
const dim = "2";
const bold = "1";

/** What is coloured, and how: marks at the start of a line, decisions, places. Text that has no colour is the same text. */
const colours: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/^(?:deny|invalid)(?= )|(?<=^ *)✗|(?<=^ +[a-z]+ +)refuse(?= |$)/gm, red],
  [/^allow(?= )|(?<=^ *)✓/gm, green],
  [/^undetermined(?= )|(?<=^ *)\?(?= )/gm, yellow],
  [/(?<=^ *)-(?= ).*$/gm, red],
  [/(?<=^ *)\+(?= ).*$/gm, green],
  [/^[A-Z][a-z ]+$/gm, bold],
  [/(?<= )(?:[^\s:]+\.(?:ya?ml|json))?:\d+:\d+/g, dim],
];

/** A text with colours, if there is a terminal to show them. */
export function paint(text: string, colour: boolean): string {
  if (!colour) return text;
  return colours.reduce(
    (painted, [pattern, code]) =>
      painted.replace(pattern, (part) => `\u001b[${code}m${part}\u001b[0m`),
    text,
  );
}
