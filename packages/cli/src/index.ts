export type { Git } from "./analysis/revision-disk.ts";
export type { ExitCode, Io } from "./io.ts";
export { run } from "./run.ts";
