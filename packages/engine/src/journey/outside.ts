import type { Mesh } from "../model/mesh.ts";
import { type Endpoint, endpointOf, type Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { outside } from "./service-entry.ts";

const beyond = "outside the mesh";

/** What nothing loaded has: it is taken to be outside, where the files may not be all there is. */
export function outsideOf(
  mesh: Mesh,
  name: string,
  port: number,
  { assume }: Inquiry,
): Endpoint | Nowhere {
  const isOutside =
    mesh.inventory.complete || assume("outside", name, [beyond, "in the mesh"]) === beyond;
  return isOutside
    ? endpointOf(mesh, outside({ namespace: "" }, name), port, "address")
    : { subject: name, missing: `what ${name} is was not loaded` };
}
