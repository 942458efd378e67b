import type { Remark } from "../parse/remark.ts";
import { emptyValues, type Value } from "./read.ts";

const most = 16;
const longest = 320;

/** Service accounts as `NAME` or `NAMESPACE/NAME` (istio/istio:pkg/config/security/security.go CheckServiceAccount, az:VAL-14). */
export function serviceAccountFaults(list: readonly Value[]): readonly Remark[] {
  const surplus = list[most];
  const tooMany: readonly Remark[] =
    surplus === undefined
      ? []
      : [
          {
            code: "webhook/bad-service-account",
            path: surplus.path,
            message: `more than ${most} service accounts`,
            hint: "write a second `source`",
          },
        ];
  return [...tooMany, ...emptyValues(list), ...list.flatMap(accountFaults)];
}

function accountFaults({ path, text }: Value): readonly Remark[] {
  const fault = text === "" ? undefined : faultOf(text);
  return fault === undefined ? [] : [{ code: "webhook/bad-service-account", path, ...fault }];
}

function faultOf(text: string): Pick<Remark, "message" | "hint"> | undefined {
  const hint = "write `NAME`, in the namespace of the policy, or `NAMESPACE/NAME`";
  if (text.includes("*"))
    return { message: `\`*\` is not supported in a service account: \`${text}\``, hint };
  const [, name, surplus] = text.split("/");
  if (surplus !== undefined || text.startsWith("/") || name === "")
    return { message: `\`${text}\` is no service account`, hint };
  if (new TextEncoder().encode(text).length > longest)
    return { message: `a service account of more than ${longest} bytes` };
  return undefined;
}
