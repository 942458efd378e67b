/** The curves that Envoy's EC keys may lie on. */
export type Curve = "P-256" | "P-384" | "P-521";

interface Equation {
  readonly prime: bigint;
  readonly b: bigint; // of y² = x³ - 3x + b
}

/** NIST FIPS 186-4, D.1.2. */
const equations: Readonly<Record<Curve, Equation>> = {
  "P-256": {
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  "P-521": {
    prime: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

/** Whether two coordinates (big-endian bytes) are a point of the curve: otherwise BoringSSL refuses the key. */
export function isOnCurve(curve: Curve, xBytes: string, yBytes: string): boolean {
  const { prime, b } = equations[curve];
  const [x, y] = [toNumber(xBytes), toNumber(yBytes)];
  if (x >= prime || y >= prime) return false;
  return (y * y - (x * x * x - 3n * x + b)) % prime === 0n;
}

/** A number from big-endian bytes. */
function toNumber(bytes: string): bigint {
  let hex = "0x0";
  for (let index = 0; index < bytes.length; index += 1)
    hex += bytes.charCodeAt(index).toString(16).padStart(2, "0");
  return BigInt(hex);
}
