import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from "jose";
import { median, nanosecondsAsync } from "../work/measure.mjs";

const slice = 50;

/**
 * Verifying a token for the first time and again, against `jose` with an imported key. Both verify the same few tokens right after one
 * another, each first in turn: `over` is the median of what the product took to what `jose` took for them, whatever the machine did else.
 */
export async function tokens() {
  const { verifySignature } = await import("../../packages/engine/dist/index.js");
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k", alg: "RS256" };
  const jwks = JSON.stringify({ keys: [jwk] });
  const key = await importJWK(jwk, "RS256");
  const made = [];
  for (let index = 0; index < 6000; index += 1)
    made.push(
      await new SignJWT({ groups: ["buyers"], index })
        .setProtectedHeader({ alg: "RS256", kid: "k" })
        .setIssuer("https://login.example")
        .setSubject(`user-${index}`)
        .setExpirationTime("1h")
        .sign(privateKey),
    );
  const ways = {
    product: (token) => verifySignature(token, jwks),
    jose: (token) => jwtVerify(token, key),
  };
  const slices = [];
  for (let from = 0; from < made.length; from += slice) {
    const some = made.slice(from, from + slice);
    const names = slices.length % 2 === 0 ? ["jose", "product"] : ["product", "jose"];
    const times = {};
    for (const name of names) times[name] = await elapsed(some, ways[name]);
    slices.push(times);
  }
  const warm = slices.slice(1000 / slice);
  const each = (name) => (median(warm.map((times) => times[name])) * 1e6) / slice;
  const texts = JSON.parse(JSON.stringify(made.slice(-1000)));
  return {
    jose: each("jose"),
    first: each("product"),
    over: median(warm.map(({ product, jose }) => product / jose)),
    again: await nanosecondsAsync(ways.product, texts),
  };
}

async function elapsed(items, work) {
  const start = performance.now();
  for (const item of items) await work(item);
  return performance.now() - start;
}
