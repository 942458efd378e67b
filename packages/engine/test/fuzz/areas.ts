import { requestArea } from "./areas-journey.ts";
import { headerArea, targetArea } from "./areas-request.ts";
import { jsonArea, yamlArea } from "./areas-text.ts";
import { jwksArea, tokenArea } from "./areas-token.ts";
import { cidrArea, principalArea } from "./areas-value.ts";
import type { Area } from "./run.ts";

/** Every area by its name. */
export const areas: Readonly<Record<string, () => Area>> = {
  yaml: yamlArea,
  json: jsonArea,
  tokens: tokenArea,
  jwks: jwksArea,
  targets: targetArea,
  headers: headerArea,
  cidrs: cidrArea,
  principals: principalArea,
  requests: requestArea,
};
