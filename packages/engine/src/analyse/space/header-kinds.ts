import { joinInline } from "../../envoy/http/inline-headers.ts";
import { mutateHeaders } from "../../envoy/http/mutate-headers.ts";
import { operationHeader } from "../../envoy/serve-route.ts";
import type { HttpSettings } from "../../model/program.ts";
import type { Kind } from "../partition/domain.ts";
import { choice } from "../partition/regular.ts";
import { headerValues, someHeaderValue, someTrimmedValue, trimmedValues } from "./languages.ts";

/** What decides which values headers have. */
interface HeaderSettings {
  readonly http?: HttpSettings;
  readonly sentOn?: true; // as HTTP/1.1 has them
}

/** How a header is looked at, by its name; `name@...` is one that a filter wrote, with a `?` where it may also take it away; `name@!` is gone. */
export function headerKind(name: string, { http, sentOn }: HeaderSettings): Kind {
  const isSome = name === "x-forwarded-proto" || name.includes("@ "); // no route takes a request without a scheme, and no empty claim is written
  const [values, some] = sentOn
    ? [trimmedValues, someTrimmedValue]
    : [headerValues, someHeaderValue];
  const text = { of: "text", language: isSome ? some : values } as const;
  if (name.endsWith("@!")) return { of: "text", optional: true, language: choice() };
  if (name.includes("@"))
    return name.includes("@ ") || name.endsWith("?") ? { ...text, optional: true } : text;
  if (http && isDropped(name, http)) return { of: "text", optional: true, language: choice() };
  if (http && isAdded(name, http)) return text;
  const single = http?.headerLines === "joined" || isInline(name);
  return single ? { ...text, optional: true } : { ...text, list: true };
}

const downstream = { encrypted: false, address: (): string => "10.0.0.1" };

/** The codec or the connection manager takes it away, whatever it is, or refuses whoever sends it. */
function isDropped(name: string, http: HttpSettings): boolean {
  if (name.includes("_") && http.underscores !== "keep") return true;
  const sometimes = ["te", "referer", "connection", "upgrade", "x-forwarded-client-cert"];
  if (sometimes.includes(name) || isOperation(name, http)) return false;
  return !mutateHeaders([[name, "x"]], http, downstream).some(([other]) => other === name);
}

/** What a gateway that traces writes there goes by the route. */
function isOperation(name: string, { remoteAddress, untraced }: HttpSettings): boolean {
  return name === operationHeader && remoteAddress === "peer" && !untraced;
}

/** The connection manager adds it where it is missing. */
function isAdded(name: string, http: HttpSettings): boolean {
  return mutateHeaders([], http, downstream).some(([other]) => other === name);
}

/** Several lines are one value. */
function isInline(name: string): boolean {
  return (
    joinInline([
      [name, "a"],
      [name, "b"],
    ]).length === 1
  );
}
