import type { Buffer } from "node:buffer";
import { type AccessRequest, nativeJson } from "@meshproof/engine";
import { envoyJson, envoyRequest, envoyText } from "./envoy-line.ts";
import { lineText } from "./lines.ts";
import { isSkipped, type Logged, type Observed, type Setting, type Skipped } from "./logged.ts";
import { ztunnelJson, ztunnelRequest, ztunnelText } from "./ztunnel-line.ts";

/** One line of a log, whatever wrote it: a request of ours as JSON, Envoy's text or JSON, ztunnel's text or JSON. */
export function readLine(line: string, setting: Setting): Logged | Skipped {
  const first = line.charAt(0);
  if (first === "{") return readJson(line, setting);
  if (first === "[") {
    const fields = envoyText(line);
    return fields
      ? envoyRequest(fields, setting)
      : { skipped: "no access log of Istio's default form" };
  }
  const fields = ztunnelText(line);
  if (fields) return ztunnelRequest(fields, setting);
  if (line.startsWith(gzip))
    return { skipped: "compressed: give what `gunzip -c` makes of it, as -" };
  return { skipped: line.trim() === "" ? "empty" : "neither JSON nor a known log" };
}

/** What compressed files begin with, read as UTF-8. */
const gzip = "\u001f\ufffd";

/** The request of a line that was read before, or is like one that was. */
export function requestIn(
  { bytes, from, to }: { readonly bytes: Buffer; readonly from: number; readonly to: number },
  setting: Setting,
): AccessRequest {
  const logged = readLine(lineText(bytes.subarray(from, to)), setting);
  if (isSkipped(logged)) throw new Error(`a line is no request any more: ${logged.skipped}`);
  return logged.request;
}

function readJson(line: string, setting: Setting): Logged | Skipped {
  const value = parsed(line);
  if (value === undefined) return { skipped: "not JSON" };
  if (value["to"] !== undefined) return requestLine(value);
  if ("response_code" in value || "response_code_details" in value)
    return envoyRequest(envoyJson(value), setting);
  const fields = ztunnelJson(value);
  if (fields["src.addr"] !== undefined) return ztunnelRequest(fields, setting);
  return { skipped: "JSON without `to`, and no known log" };
}

type Value = Readonly<Record<string, unknown>>;

function parsed(line: string): Value | undefined {
  try {
    const value = nativeJson(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Value)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A request in our words. What it met (`observed`) and how often (`weight`) may stand beside it; `id` is for whoever asks. */
function requestLine(value: Value): Logged | Skipped {
  const { observed, weight, id } = value;
  if (observed === undefined && weight === undefined && id === undefined)
    return { request: value as unknown as AccessRequest, weight: 1 };
  const { observed: _observed, weight: times = 1, id: _id, ...request } = value;
  if (typeof times !== "number" || times <= 0)
    return { skipped: "`weight` must be a number above 0" };
  if (observed !== undefined && !isObserved(observed))
    return { skipped: "`observed` has a `status`, a number, or `details`, a text" };
  return {
    request: request as unknown as AccessRequest,
    ...(observed === undefined ? {} : { observed }),
    weight: times,
  };
}

/** Whether it says something, and nothing that nobody reads. */
function isObserved(value: unknown): value is Observed {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const parts = Object.entries(value);
  const types: Readonly<Record<string, string>> = { status: "number", details: "string" };
  return parts.length > 0 && parts.every(([name, part]) => typeof part === types[name]);
}
