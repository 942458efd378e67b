import { diagnose, type Finding } from "@meshproof/engine";
import type { Asked } from "../ask.ts";
import type { SuiteDocument } from "../parse-suite.ts";
import type { DescribedRequest } from "../result.ts";

/** Whether a case does not hold: another answer than is expected, a request that leads nowhere, or a policy that is not there. */
export function isFailing({ result, refused }: Asked): boolean {
  return result.failures.length > 0 || refused.length > 0;
}

/** What a case has to say against a change: the test, the request, what it would meet. */
export function findingsOf(
  { result, refused }: Asked,
  { suite, document }: SuiteDocument,
): readonly Finding[] {
  const name = suite.metadata?.name ?? document.file;
  const test = result.name === undefined ? result.test : `${result.test}: ${result.name}`;
  const differences = [
    ...result.failures.map(({ what, expected, got }) =>
      what === "decision"
        ? `expected ${expected}, would get ${got}`
        : `expected ${what} ${expected}, would get ${got}`,
    ),
    ...refused.map(({ message }) => message),
  ];
  const message = `suite \`${name}\`, \`${test}\`: ${requestText(result.request)}: ${differences.join("; ")}`;
  return [diagnose("admission/test-fails", message, result.at)];
}

/** The request on one line. Tokens by their names: their text is a secret. */
function requestText({ from = "anyone", to, http, grpc, token }: DescribedRequest): string {
  const target = typeof to === "string" ? to : JSON.stringify(to);
  const said = typeof http === "string" ? http : httpText(http);
  const what = [grpc ?? said, token === undefined ? "" : "with a token"].filter(Boolean);
  return `${from} -> ${target} ${what.join(" ")}`.trim();
}

function httpText(http: Exclude<DescribedRequest["http"], string>): string {
  if (http === undefined) return "";
  const { method = "?", host = "", path = "?" } = http;
  return `${method} ${host}${path}`;
}
