import type { Release } from "../model/mesh.ts";

/** What JWT authentication does otherwise in other releases. */
export interface JwtDifferences {
  readonly spaceDelimitedClaims: boolean; // istiod reads the field
  readonly sanitizesFirst: boolean; // Envoy
  readonly anySaltLength: boolean; // Envoy's BoringSSL
  readonly fallback?: string; // the key set that istiod hands out where it cannot fetch one, with a private half that is public
}

export function differences({ istio, envoy }: Release): JwtDifferences {
  return {
    spaceDelimitedClaims: atLeast(istio, [1, 28, 0]),
    sanitizesFirst: atLeast(envoy, [1, 40, 0]),
    anySaltLength: !atLeast(envoy, [1, 38, 0]),
    ...(isForgeable(istio) ? { fallback: publishedKey } : {}),
  };
}

/** Fixed in 1.27.8, 1.28.5, 1.29.1 and 1.30. */
function isForgeable(istio: string): boolean {
  const fixed = istio.startsWith("1.29.") ? 1 : istio.startsWith("1.28.") ? 5 : 8;
  const minor = istio.startsWith("1.29.") ? 29 : istio.startsWith("1.28.") ? 28 : 27;
  return !atLeast(istio, [1, minor, fixed]);
}

function atLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, number] of wanted.entries()) {
    const part = parts[index] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
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
