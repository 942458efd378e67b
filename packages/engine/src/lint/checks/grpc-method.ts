import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** A gRPC method is a path. */
export const grpcMethod: Check = {
  code: "value/grpc-method",
  title: "a gRPC method stands among the HTTP methods",
  why: "Every gRPC call is a POST to the path `/package.Service/Method`. The method belongs into `paths`.",
  like: ["KIA0102"],
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "method")) {
      if (!/[/.]/.test(value.text)) continue;
      const instead = value.text.startsWith("/") ? value.text : `/${value.text}`;
      yield {
        at: value.at,
        message: `\`${value.text}\` is no method of HTTP: ${whenDead(value)}`,
        hint: `methods: ["POST"] and paths: ["${instead}"]`,
        evidence: {
          kind: "proof",
          because:
            "a method with a slash or dot in it is no token of HTTP that a gRPC client sends",
        },
      };
    }
  },
};
