import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";
import {
  bits,
  type Der,
  integer,
  objectId,
  octets,
  sequence,
  set,
  tagged,
  utcTime,
  utf8,
  yes,
} from "./der.ts";

/** A certificate of a server, of an authority that signs nothing else: its key is forgotten. */
export interface SelfSigned {
  readonly authority: string; // PEM, as are the others
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
const ecdsa = sequence(objectId("1.2.840.10045.4.3.2")); // with SHA-256

/** Makes a certificate for names and addresses (RFC 5280), on the curve P-256. */
export function selfSigned(
  names: readonly string[],
  { now, days }: { readonly now: number; readonly days: number },
): SelfSigned {
  const authorityKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serverKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = nameOf("meshproof webhook authority");
  const valid = sequence(utcTime(now - day), utcTime(now + days * day));
  const made = (subject: Der, key: KeyObject, extensions: readonly Der[]): string =>
    certificate({ issuer, valid, subject, key, extensions }, authorityKeys.privateKey);
  const authority = made(issuer, authorityKeys.publicKey, [
    extension("2.5.29.19", sequence(yes), true), // basic constraints: an authority
    extension("2.5.29.15", bits(Buffer.from([0x06]), 1), true), // key usage: sign certificates and lists
  ]);
  const server = made(nameOf(names[0] ?? "webhook"), serverKeys.publicKey, [
    extension("2.5.29.15", bits(Buffer.from([0x80]), 7), true), // key usage: sign
    extension(
      "2.5.29.37",
      sequence(...["1", "2"].map((use) => objectId(`1.3.6.1.5.5.7.3.${use}`))),
    ), // of TLS, either side
    extension("2.5.29.17", sequence(...names.map(alternativeName))),
  ]);
  const key = serverKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { authority, certificate: server, key };
}

interface Wanted {
  readonly issuer: Der;
  readonly valid: Der;
  readonly subject: Der;
  readonly key: KeyObject;
  readonly extensions: readonly Der[];
}

function certificate(
  { issuer, valid, subject, key, extensions }: Wanted,
  signer: KeyObject,
): string {
  const version3 = tagged(0xa0, integer(Buffer.from([2])));
  const serial = integer(Buffer.concat([Buffer.from([1]), randomBytes(15)]));
  const publicKey = key.export({ type: "spki", format: "der" });
  const rest = tagged(0xa3, sequence(...extensions));
  const body = sequence(version3, serial, ecdsa, issuer, valid, subject, publicKey, rest);
  return pem(sequence(body, ecdsa, bits(sign("sha256", body, signer))));
}

function nameOf(commonName: string): Der {
  return sequence(set(sequence(objectId("2.5.4.3"), utf8(commonName.slice(0, 64)))));
}

function extension(id: string, value: Der, critical = false): Der {
  return sequence(objectId(id), ...(critical ? [yes] : []), octets(value));
}

function alternativeName(name: string): Der {
  if (!isIPv4(name)) return tagged(0x82, Buffer.from(name));
  return tagged(0x87, Buffer.from(name.split(".").map(Number)));
}

function pem(der: Der): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
