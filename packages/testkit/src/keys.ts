/** A private key as jose takes it. */
export interface SigningKey {
  readonly kid: string;
  readonly kty: "RSA" | "EC" | "OKP" | "oct";
  readonly [member: string]: string;
}

/**
 * TEST KEYS, PUBLIC ON PURPOSE: the private halves stand in this file for everybody to read. They sign the tokens of suites and must
 * never be trusted by anything that runs. They stay as they are, so that a token minted today verifies tomorrow.
 */
export const signingKeys: Readonly<Record<SigningKeyName, SigningKey>> = {
  rsa: {
    kid: "meshproof-test-rsa",
    kty: "RSA",
    n: "wSnzoe4eWl55H1WmNsUnJbN1v3oRzPXMC-8rXmv-9I-89OgW7ZID_DSM63-4lseoBlgcwIkdukQiK0zDX9J7VFKhyeHKQ5hvCgmRf6-MRrMnjnJamqejPk6wj6BZ90OR94HdqOe9A7S4PtpJYC_XnpEWMGlZ9aS_HxT-yr9sw3Vdf8QSziBUrI3u406751G_aJ6NNIrhuimapbQHGf-WxX0wvXwVRdEwxMbVExbp_JYLP-PC9a78kUqfvdk3uju518Pyd5Xi5ITRh_HWDYcKXNKJ5YyCSE5hU13f4t7HE3QMTDa3jZr8HNIBYVqQKRcHVG4ejiux4U0q0R-AHA4twQ",
    e: "AQAB",
    d: "LmIdf5_HKBoRaaXOcM5stQ_f0WfFiHrpUWBQAK9cHGu7iu-EOe3bCR-xSwdzUrmErmlQFieWvNiJf-5B5-uJ89iXwvt17z9WQonDp26G958je4AYI5TnjRmmKgbuM4LFNTK5AEsNRyuJJoaSIge69feO5XcWw_aYciU_fX3z5wcHblHnDDfKGgX0M1xtiETbSBmHj0vHjh_rebmRCJtYEq8Cu9l-Z2-V8RUAb4dH-tUKQGUkcPOt8na-54E6WUfhXfT6sHlYS_zxfbQxx5ZWuxQL7VhPrnB8sY9gGLp671NCF8gWP4v2AfI6O8gN6H3HowgK1LJ4rtjCvyS79UVtpQ",
    p: "9Om6Mx0SxCBvOo6qwnnYfBJ9PnTAXmkNhf3LLMX-D22v9W8itTaDzv4mnf3pHDcrmHqTuvh8CM4pOuT-TflmUoZj0-9s4DH6-stJSQAMIRhd1PHPq0NI-i3tXbQhxEEWKthqcJxvFpxcVj1MxtEh6nTFsg_u4sGFpjD6CUZrrGc",
    q: "yeiCQ0dVdhl_vFyRnDRBQv7bzXVxjIrA7LmoGKVN5J6pPcwXppzUKtzQw9HR-3sOpmmjsnQcmjliFVghC1Ilgo1ZBCOHj3QqUzywG4KBfovn6ZZHEETFMX7gYo6b5WWuXWzuIQuFcIIZTKCLJemWmN3n_7_z8PSEY57eomHae5c",
    dp: "ncAynBu867FMk7YzTSK4i2pJW8JN6kHWYRkRFlzNgViQfxE_lONxURGpBBj5XqA2p3dE0qidE_re2b2IA-eBveQsRuWwBlSLKaFpKekq5uJQBgpfThv_1I1il_mfyk52HdDZ9oD8mN7MJwxC-MjaBK-Ea2YR4-Ls2Bgx5WmDjz8",
    dq: "Pn6eGy7wL97Sn73TQBMYhCEYba7FV6f28Q7CDebUhkfpwHv0chimvyGb6JCAOyOqtC2MgobX95B9YHfnunZRr-gKPnK02d0t4JevNsSdSksJnE5sboeqtZg84aScclOXtckqp8XGJr3OEN68Ux7LA0PkNE_4tIMqmx8ocABzvL8",
    qi: "DUeyCwU5dAgbSJg7ACaaaPztjmluAJkKdOBctvQQ-g3c-tWW546m-UnBV9h6whhIvAHW21UtvSDo0oj6g-p_WN-JPza6UMh_GaSjlNpgJptsn1BqFdr2fXhJDTHxdEnlszfNZT0YkczD7dSBAEisrzz6za06vFr-ibwCoUm2QnI",
  },
  p256: {
    kid: "meshproof-test-p256",
    kty: "EC",
    x: "mKiB-kTIIngeuxNt3a8ksx1-6C3lLXdFvoTBAYIhxhY",
    y: "2qdc4ddl8G7eJ10KOHMpVbiijCbErNYZmALPjAkYTIE",
    crv: "P-256",
    d: "vVurDLdTdCKVU9fWj81oqfm8Ceu1FeIzdR6QKCR05W8",
  },
  p384: {
    kid: "meshproof-test-p384",
    kty: "EC",
    x: "T8cSr5pVaYwkmI-bR1xqmfFmpndpkd-_binto7kTEYO0hhnl5P6xgM0UQzIi0CW1",
    y: "1IhyTkot5JJr9aDaVZhqzWxrD6p71AQEkrZQO4Z9gWXot84cL1m_PWBqwHULBTL8",
    crv: "P-384",
    d: "Yvsr51DqxUG3xyvAvaYAd5_Tb9r00qkvJeIysHaKFMANtLNfczayDLqi54MOgywR",
  },
  p521: {
    kid: "meshproof-test-p521",
    kty: "EC",
    x: "AeHBs7DW4uW74P0hz3Z_f3liImDcQMAyv6o9s7LA9gpNWd3NHOS9__XEcLQNdtHOV8rDhR9L0_9hiQchS-aJVjNw",
    y: "AJEWttL7M4gYRNaIsGtxhU6AS5etSJ5i33mlK_iArJt5d4wogrFChpgM5os9W8yAR6mPku2G2N0ZHaNcIfrrC4YS",
    crv: "P-521",
    d: "AZSWq2hVTo-_NjowiR4uvXRTGcwwQ8sNftOH08XqWDF-SgLxpkI1ehXdfdJVCfCF5-pHP7xSaP9gMRT04bdANaTc",
  },
  ed25519: {
    kid: "meshproof-test-ed25519",
    crv: "Ed25519",
    d: "lexlSZfTksEXwv7C758f7qFRrq_4E62BFP3tfHjhPWU",
    x: "vmn-P4FyHD5JEQDrWInSE3F56XyJkZEWjKjpR_qRxXk",
    kty: "OKP",
  },
  secret: {
    kid: "meshproof-test-secret",
    kty: "oct",
    k: "q_pa7JB1HGGbZPKOphSfIZMKX9BTzPfOOJqW3AZJJROpkPIJ2Wk0Wve6WuAnnZLPcI778T1gXOSToVhMExznBQ",
  },
};

/** The kinds of keys: RSA for RS and PS, a curve for each ES, Ed25519, and a secret for HS. */
export type SigningKeyName = "rsa" | "p256" | "p384" | "p521" | "ed25519" | "secret";

/** What a token can be signed with. */
export type Algorithm = keyof typeof keyOf;

/** Which key an algorithm signs with. */
export const keyOf: KeyTable = {
  RS256: "rsa",
  RS384: "rsa",
  RS512: "rsa",
  PS256: "rsa",
  PS384: "rsa",
  PS512: "rsa",
  ES256: "p256",
  ES384: "p384",
  ES512: "p521",
  EdDSA: "ed25519",
  HS256: "secret",
  HS384: "secret",
  HS512: "secret",
};

type KeyTable = Readonly<
  Record<`RS${Digits}` | `PS${Digits}` | `ES${Digits}` | `HS${Digits}` | "EdDSA", SigningKeyName>
>;
type Digits = "256" | "384" | "512";

/**
 * The key set of an issuer whose tokens are minted here: what its `jwks` or `jwksUri` would hold. All issuers share the test keys.
 * The secret is left out unless asked for: Envoy takes it, but no issuer should publish one.
 */
export function jwksFor(_issuer: string, options: { readonly secret?: boolean } = {}): string {
  const { secret, ...pairs } = signingKeys;
  const keys = options.secret === true ? [...Object.values(pairs), secret] : Object.values(pairs);
  return JSON.stringify({ keys: keys.map(publicHalf) });
}

const privateMembers: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi"]);

function publicHalf(key: SigningKey): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(key).filter(([name]) => !privateMembers.has(name)));
}
