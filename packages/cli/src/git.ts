import { execFile } from "node:child_process";

/** Runs git: what it prints, byte for byte. Rejects with what it complains about. */
export function git(args: readonly string[], input = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { encoding: "buffer", maxBuffer: 2 ** 30 } as const;
    const child = execFile("git", args, options, (error, out, complaint) => {
      if (error === null) resolve(out);
      else reject(new Error(complaint.toString("utf8").trim() || error.message));
    });
    child.stdin?.on("error", () => undefined).end(input);
  });
}
