import { testSuites } from "../../src/vitest.ts";

testSuites((process.env["SUITES"] ?? "").split(","));
