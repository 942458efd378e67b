import type { Requests } from "../src/analyse/api.ts";
import type { PolicyRule, Source } from "../src/model/policy.ts";
import type { Stated, World } from "./analyse-world.ts";

type Operation = NonNullable<NonNullable<NonNullable<PolicyRule["to"]>[number]>["operation"]>;

export const from = (source: Source): Requests => ({ from: [{ source }] });
export const to = (operation: Operation): Requests => ({ to: [{ operation }] });
export const paths = (...texts: readonly string[]): Requests => to({ paths: texts });
export const anonymous: Requests = from({ notRequestPrincipals: ["*"] });
export const when = (
  key: string,
  values?: readonly string[],
  notValues?: readonly string[],
): Requests => ({
  when: [{ key, ...(values ? { values } : {}), ...(notValues ? { notValues } : {}) }],
});

export const idp: string = "https://idp.example.com";
export const signedIn: World = { jwtRules: [{ issuer: idp }] };
export const web: string = "cluster.local/ns/prod/sa/web";

export const allow = (...rules: readonly PolicyRule[]): Stated => ({ action: "ALLOW", rules });
export const deny = (...rules: readonly PolicyRule[]): Stated => ({ action: "DENY", rules });
