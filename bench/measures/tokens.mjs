import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from "jose";
import { nanosecondsAsync } from "../work/measure.mjs";

/** Verifying a token for the first time and again, against `jose` with an imported key. */
export async function tokens() {
  const { verifySignature } = await import("../../packages/engine/dist/index.js");
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "RS256" };
  const jwks = JSON.stringify({ keys: [jwk] });
  const key = await importJWK(jwk, "RS256");
  const made = [];
  for (let index = 0; index < 3000; index += 1)
    made.push(
      await new SignJWT({ groups: ["buyers"], index })
        .setProtectedHeader({ alg: "RS256", kid: "k" })
        .setIssuer("https://login.example")
        .setSubject(`user-${index}`)
        .setExpirationTime("1h")
        .sign(privateKey),
    );
  for (let index = 0; index < 300; index += 1) {
    await verifySignature(made[index], jwks);
    await jwtVerify(made[index], key);
  }
  const times = { product: 0, jose: 0 };
  for (let from = 300; from < made.length; from += 100) {
    const some = made.slice(from, from + 100);
    times.jose += await elapsed(some, (token) => jwtVerify(token, key));
    times.product += await elapsed(some, (token) => verifySignature(token, jwks));
  }
  const count = made.length - 300;
  const texts = JSON.parse(JSON.stringify(made.slice(0, 1000)));
  return {
    jose: (times.jose * 1e6) / count,
    first: (times.product * 1e6) / count,
    again: await nanosecondsAsync((token) => verifySignature(token, jwks), texts),
  };
}

async function elapsed(items, work) {
  const start = performance.now();
  for (const item of items) await work(item);
  return performance.now() - start;
}
