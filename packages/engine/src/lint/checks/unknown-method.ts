import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

const known: readonly string[] = [
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"],
];

/** A method that HTTP/1 does not know gets 400 before any policy; HTTP/2 takes any token. */
export const unknownMethod: Check = {
  code: "value/unknown-method",
  title: "a method that clients do not send",
  why: "HTTP/1 requests with a method that Envoy does not know are answered with 400 before any policy is asked; HTTP/2 takes any name, but nobody sends this one.",
  like: ["KIA0102"],
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "method")) {
      const upper = value.text.toUpperCase();
      const fits =
        known.some((method) => fitsMethod(upper, method)) ||
        /[/.]/.test(value.text) ||
        value.text.trim() === "";
      if (fits) continue;
      yield {
        at: value.at,
        message: `\`${value.text}\` is no method of HTTP: ${whenDead(value)}`,
        evidence: { kind: "proof", because: "none of HTTP's methods matches it" },
      };
    }
  },
};

function fitsMethod(pattern: string, method: string): boolean {
  if (pattern === "*") return true;
  if (pattern.startsWith("*")) return method.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? method.startsWith(pattern.slice(0, -1)) : pattern === method;
}
