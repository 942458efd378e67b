import type { Release } from "../model/mesh.ts";
import { behaves } from "../release.ts";

/** What JWT authentication does otherwise in other releases. */
export interface JwtDifferences {
  readonly spaceDelimitedClaims: boolean; // istiod reads the field
  readonly sanitizesFirst: boolean; // Envoy
  readonly anySaltLength: boolean; // Envoy's BoringSSL
}

/** What a release does otherwise. */
export function differences(release: Release): JwtDifferences {
  return {
    spaceDelimitedClaims: behaves(release, "space-delimited-claims"),
    sanitizesFirst: behaves(release, "output-headers-removed-first"),
    anySaltLength: !behaves(release, "pss-salt-length"),
  };
}
