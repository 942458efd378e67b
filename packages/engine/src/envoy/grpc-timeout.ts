import type { Header } from "../model/request.ts";

/** The units of `grpc-timeout`, and how many milliseconds each has. */
const units: readonly (readonly [unit: string, size: number])[] = [
  ["m", 1],
  ["S", 1000],
  ["M", 60_000],
  ["H", 3_600_000],
  ["u", 0.001],
  ["n", 0.000_001],
];
const written = units.filter(([, size]) => size >= 1);
const most = 99_999_999; // eight digits

/** The milliseconds that a caller grants; 0: it does not say. `envoy:source/common/grpc/common.cc`, getGrpcTimeout */
export function grpcTimeout(headers: readonly Header[]): number {
  const text = headers.find(([name]) => name === "grpc-timeout")?.[1] ?? "";
  const [, count = "0", unit] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  const [, size = 0] = units.find(([name]) => name === unit) ?? [];
  return Math.ceil(Number(count) * size);
}

/** A time as the header has it, in the smallest unit that needs no more than eight digits. `common.cc`, toGrpcTimeout */
export function grpcTimeoutText(milliseconds: number): string {
  const fits = written.find(([, size]) => milliseconds / size < most + 1);
  if (fits === undefined) return `${most}H`;
  const [unit, size] = fits;
  return `${Math.floor(milliseconds / size)}${unit}`;
}
