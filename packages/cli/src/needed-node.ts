/** The Node that `engines` of the packages ask for. */
const needed = [20, 19] as const;

/** What is to be said of a Node, such as "18.20.8", that is too old for us; undefined: it is not. */
export function nodeComplaint(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [most, least] = needed;
  if (major > most || (major === most && minor >= least)) return undefined;
  return `Node ${needed.join(".")} or newer is needed: this is ${version}`;
}
