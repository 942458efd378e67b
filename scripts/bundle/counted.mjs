// Runs the command as it was compiled, as often as stdin says: for a count of what runs.
//   node scripts/bundle/counted.mjs START
import { pathToFileURL } from "node:url";
import { runInTurn } from "./in-turn.mjs";

const { start } = await import(pathToFileURL(process.argv[2]).href);
await runInTurn(start);
