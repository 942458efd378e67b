import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Gate } from "./gate.ts";
import type { Reply } from "./reply.ts";
import type { Reviewer } from "./reviewer.ts";
import { watchedKinds } from "./source/resources.ts";

/** What is counted, as Prometheus reads it. */
export interface Metrics {
  readonly reviewed: (reply: Reply, ms: number) => void;
  readonly reloaded: (result: "ok" | "failed") => void; // of a certificate
  readonly restarted: () => void; // the thread that judges
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

/** Counters of one server. */
export function metricsOf(gate: Gate, readiness: Reviewer["readiness"]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const { reviews, findings, seconds } = reviewMetrics(registers);
  const reloads = new Counter({
    name: "meshproof_webhook_certificate_reloads_total",
    help: "Certificates that were read again",
    labelNames: ["result"],
    registers,
  });
  const restarts = new Counter({
    name: "meshproof_webhook_judge_restarts_total",
    help: "Starts of the thread that judges, after it ended or answered no more",
    registers,
  });
  gauge("meshproof_webhook_reviews_running", "Reviews that are being judged", gate.busy, registers);
  gauge("meshproof_webhook_reviews_waiting", "Reviews that wait", gate.waiting, registers);
  gauge("meshproof_webhook_ready", "1: the mesh is known", () => +readiness().ready, registers);
  collectDefaultMetrics({ register: registry });
  return {
    reviewed: ({ outcome, about, found }, ms) => {
      reviews.inc({ outcome, operation: about?.operation ?? "", kind: kindOf(about?.kind) });
      seconds.observe(ms / 1000);
      for (const { guard, effect, code } of found) findings.inc({ guard, effect, code });
    },
    reloaded: (result) => reloads.inc({ result }),
    restarted: () => restarts.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

const known: ReadonlySet<string> = new Set(watchedKinds.map(({ kind }) => kind));

/** There are only so many kinds, whatever a caller makes up. */
function kindOf(kind = ""): string {
  return kind === "" || known.has(kind) ? kind : "other";
}

function reviewMetrics(registers: Registry[]): {
  readonly reviews: Counter;
  readonly findings: Counter;
  readonly seconds: Histogram;
} {
  const reviews = new Counter({
    name: "meshproof_webhook_reviews_total",
    help: "Reviews by what became of them",
    labelNames: ["outcome", "operation", "kind"],
    registers,
  });
  const findings = new Counter({
    name: "meshproof_webhook_findings_total",
    help: "What guards found",
    labelNames: ["guard", "effect", "code"],
    registers,
  });
  const seconds = new Histogram({
    name: "meshproof_webhook_review_duration_seconds",
    help: "From the head of a request to its answer",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  return { reviews, findings, seconds };
}

function gauge(name: string, help: string, read: () => number, registers: Registry[]): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
