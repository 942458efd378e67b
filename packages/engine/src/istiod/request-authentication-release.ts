import type { Release } from "../model/mesh.ts";
import { behaves } from "../release.ts";

/** What JWT authentication does otherwise in other releases. */
export interface JwtDifferences {
  readonly spaceDelimitedClaims: boolean; // istiod reads the field
  readonly sanitizesFirst: boolean; // Envoy
  readonly anySaltLength: boolean; // Envoy's BoringSSL
  readonly fallback?: string; // the key set that istiod hands out where it cannot fetch one, with a private half that is public
}

/** What a release does otherwise. */
export function differences(release: Release): JwtDifferences {
  return {
    spaceDelimitedClaims: behaves(release, "space-delimited-claims"),
    sanitizesFirst: behaves(release, "output-headers-removed-first"),
    anySaltLength: !behaves(release, "pss-salt-length"),
    ...(behaves(release, "private-jwks-fallback") ? {} : { fallback: publishedKey }),
  };
}

/** The public half of the key that stands with its private half in istio/istio:pilot/pkg/model/jwks_resolver.go FakeJwks of these releases. */
const publishedKey: string = JSON.stringify({
  keys: [
    {
      kty: "RSA",
      e: "AQAB",
      n: "vqS7RN4b34i3_5YyhygtBe33gI6GK_0ldW8WMZaunS28T-WAzJOAoZ7E9Y0mHS8vcDES0eZIUpp6Ft9sRPhOlzQfo_7l-3DnaD9LxJVKdXjE1jugxfI9YX1qJpD9S9wRZxQIhPky9UzZDkpFh_KpL6pZUt4cbPtW0VCctjqvpI11yHNk4CEbzw-RRFLMJkLFJqgPa2JPzGZ-TqJdkSDQ7UtRiKzjRcWGnAdLsTq6WabDA1Fn1JVI9TWu-YDbLufDUDco46qyPgpxAqcRQG39cWZAQzMwNEZ-Yec_WiqDYqGTU6K8BBWeEIuMhiWfxGmtqX35rb9Qk_qeYDsqqT95Pw",
    },
  ],
});
