import type { Check } from "./check.ts";
import { blockAsText } from "./checks/block-as-text.ts";
import { grpcMethod } from "./checks/grpc-method.ts";
import { innerStar } from "./checks/inner-star.ts";
import { methodCase } from "./checks/method-case.ts";
import { pathQuery } from "./checks/path-query.ts";
import { pathRelative } from "./checks/path-relative.ts";
import { principalScheme } from "./checks/principal-scheme.ts";
import { processDies } from "./checks/process-dies.ts";
import { suppression } from "./checks/suppression.ts";
import { unknownMethod } from "./checks/unknown-method.ts";
import { updateRefused } from "./checks/update-refused.ts";

/** Every check, in the order of the page that describes them. */
export const checks: readonly Check[] = [
  ...[processDies, updateRefused],
  ...[innerStar, blockAsText, methodCase, grpcMethod, unknownMethod, principalScheme, pathQuery],
  ...[pathRelative, suppression],
];
