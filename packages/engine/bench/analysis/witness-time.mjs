/*
 * How much of a question is spent on its witnesses: each is made a request and evaluated on every side, as one that a user asks about.
 * Imported before the engine, it puts itself between: `spent.ms` is the processor time since it was set back.
 */
import { register } from "node:module";

const { search, href } = new URL(import.meta.url);
const counted = Symbol.for("time of witnesses");

/** Processor time in milliseconds. */
globalThis[counted] ??= { ms: 0 };
export const spent = globalThis[counted];

function timed(run) {
  return (...given) => {
    const before = process.cpuUsage();
    const made = run(...given);
    const { user, system } = process.cpuUsage(before);
    spent.ms += (user + system) / 1000;
    return made;
  };
}

if (search === "") register("./witness-hook.mjs", href);
const real = search === "" ? {} : await import(decodeURIComponent(search.slice(1)));

/** What the engine's own functions of the same name do. */
export const confirm = timed(real.confirm);
export const sampleOf = timed(real.sampleOf);
