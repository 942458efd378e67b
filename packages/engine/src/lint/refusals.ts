import { keyText } from "../model/place.ts";
import type { Refusal } from "../model/program.ts";
import type { Found } from "./check.ts";
import type { Point } from "./points.ts";
import { portOf } from "./request-of.ts";
import type { Scene } from "./scene.ts";
import { textAt } from "./text-at.ts";
import { witnessed } from "./witness.ts";
import { pointsText } from "./words.ts";

interface Refused {
  readonly refusal: Refusal;
  readonly port: number;
  readonly points: [Point, ...Point[]];
}

/** What Envoy does not take, each place once, with a request that shows it. */
export function refusals(scene: Scene, effect: Refusal["effect"]): readonly Found[] {
  const once = new Map<string, Refused>();
  for (const point of scene.points)
    for (const { refused, port } of point.program()?.listeners ?? []) {
      if (refused?.effect !== effect) continue;
      const { resource, path } = refused.at;
      const key = `${keyText(resource)} ${path.join(" ")}`;
      const known = once.get(key);
      if (known === undefined)
        once.set(key, { refusal: refused, port: port ?? portOf(point), points: [point] });
      else known.points.push(point);
    }
  return [...once.values()].map((refused) => found(scene, refused));
}

function found(scene: Scene, { refusal, port, points }: Refused): Found {
  const [point] = points;
  const written = textAt(scene, refusal.at);
  const isBare = refusal.effect === "process-dies" && /^[^/]/.test(written);
  const mended = `/${written}`;
  const what = refusal.effect === "process-dies" ? "Envoy ends" : "Envoy refuses the listener";
  return {
    at: refusal.at,
    message: `${what} at ${pointsText(points)}: ${refusal.cause}`,
    ...(isBare
      ? { hint: mended, fix: [{ at: refusal.at, do: "set", values: [mended], left: mended }] }
      : {}),
    evidence: () =>
      witnessed(scene.mesh, [
        {
          request: {
            from: "sa/default/someone",
            to: point.to(port),
            http: { method: "GET", path: "/" },
            token: "none",
          },
          wants: ({ decision }) => decision === "invalid",
        },
      ]),
  };
}
