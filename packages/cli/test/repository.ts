import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const authz = join(import.meta.dirname, "../bin/authz.js");

/** A folder for a repository, and what runs in it. */
export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  readonly run: (...args: readonly string[]) => Ended;
}

/** What a run of the built program printed, and its exit code. */
export interface Ended {
  readonly code: number;
  readonly out: string;
}

export function repository(): Repository {
  const folder = mkdtempSync(join(tmpdir(), "authz-revisions-"));
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  return {
    folder,
    git: (...args) => execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" }),
    run: (...args) => runIn(folder, ...args),
  };
}

export function hasGit(): boolean {
  try {
    return execFileSync("git", ["--version"], { encoding: "utf8" }) !== "";
  } catch {
    return false;
  }
}

export function policy(path: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop } # ä
spec: { rules: [{ to: [{ operation: { paths: [${path}] } }] }] }
`;
}

export function runIn(cwd: string, ...args: readonly string[]): Ended {
  try {
    const out = execFileSync(process.execPath, [authz, ...args], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { code: 0, out };
  } catch (error) {
    const { status, stdout, stderr } = error as {
      readonly status: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code: status, out: stdout + stderr };
  }
}
