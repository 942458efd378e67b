// Written by `npm run api`: what others see of @meshproof/testkit, and all that it names.

// @meshproof/testkit
//   Algorithm
//   Answer
//   Case
//   CaseResult
//   Counterexample
//   Coverage
//   CoverageFragment
//   CoveredPiece
//   DescribedRequest
//   Environment
//   Expectation
//   ExpectedVerdict
//   Failure
//   FirstSuite
//   FirstSuiteOptions
//   Invariants
//   InvariantsDocument
//   InvariantsSpec
//   Minted
//   Mode
//   OneOrMore
//   OtherMesh
//   ParsedSuite
//   Planned
//   Question
//   RequestPart
//   Snapshots
//   StatedExpectation
//   StatedInvariant
//   StatedKeys
//   StatedWorkload
//   Suite
//   SuiteDocument
//   SuiteResult
//   SuiteSnapshot
//   SuiteSpec
//   SuiteToken
//   SuiteWorld
//   Table
//   Test
//   TokenFault
//   TokenSpec
//   TokenUse
//   Unusable
//   algorithms
//   bareHost
//   compare
//   countOf
//   coverageOf
//   decidingHop
//   decidingStep
//   firstSuite
//   includesOf
//   isInvariants
//   isSuite
//   jwksFor
//   layersOf
//   listOf
//   mergeCoverage
//   mint
//   openInvariants
//   outdatedIn
//   parseInvariants
//   parseSuite
//   planSuite
//   policyName
//   readFragment
//   readSnapshots
//   reasonOf
//   ruleName
//   runSuite
//   sharedLoads
//   snapshotText
//   statusOf
//   statusSeen
//   suiteText
//   testSignatures
//   tokenFaults
//   valueFaults
//   witnessSuite
//   witnessToken

// @meshproof/testkit/vitest
//   AccessMatchers
//   Actors
//   Answer
//   Caller
//   InvariantInCode
//   MeshContext
//   MeshLike
//   MeshMatchers
//   MeshOptions
//   MeshUnderTest
//   More
//   OpenSuite
//   Position
//   RequestUnderTest
//   Run
//   Satisfies
//   Send
//   Texts
//   WorldOptions
//   actors
//   describeMesh
//   extendExpect
//   invariant
//   mint
//   openMesh
//   testSuites

// @meshproof/testkit/arbitraries
//   requests

// @meshproof/testkit/files
//   Access
//   Disk
//   File
//   Found
//   Reader
//   StatedMesh
//   Suites
//   Surroundings
//   WritableAccess
//   WritableDisk
//   findSuites
//   folderOf
//   isData
//   isVisible
//   matchesGlob
//   meshesOf
//   nodeDisk
//   readFiles
//   readerOf
//   stdinName
//   surroundingsOf
//   textOf
//   within
//   writeSnapshots

// @meshproof/testkit/admission
//   SuitesOptions
//   suites

// @meshproof/testkit/conformance
//   AdmissionAnswer
//   AdmissionRun
//   ConformanceRun
//   Selection
//   VectorFile
//   World
//   compareAdmission
//   runVectors

// from elsewhere
//   @meshproof/engine/admission: Guard
//   @meshproof/engine/analyse: AnalyseOptions
//   @meshproof/engine/analyse: Invariant
//   @meshproof/engine/analyse: Proof
//   @meshproof/engine/analyse: Requests
//   @meshproof/engine/analyse: Witness
//   @meshproof/engine: AccessRequest
//   @meshproof/engine: Branch
//   @meshproof/engine: DataPlane
//   @meshproof/engine: Decision
//   @meshproof/engine: EvaluateOptions
//   @meshproof/engine: Finding
//   @meshproof/engine: Hop
//   @meshproof/engine: Keys
//   @meshproof/engine: Layer
//   @meshproof/engine: LoadOptions
//   @meshproof/engine: Loaded
//   @meshproof/engine: Mesh
//   @meshproof/engine: NearMiss
//   @meshproof/engine: Outcome
//   @meshproof/engine: ParsedDocument
//   @meshproof/engine: Path
//   @meshproof/engine: ResourceKey
//   @meshproof/engine: RuleRef
//   @meshproof/engine: SourceFile
//   @meshproof/engine: Span
//   @meshproof/engine: Step
//   @meshproof/engine: TokenUse
//   @meshproof/engine: Verdict
//   @meshproof/engine: loadMesh
//   fast-check: Arbitrary
//   vitest: MatcherResult
//   vitest: MatcherState
//   vitest: TestAPI

// dist/admission/suites.d.ts
export type SuitesOptions = Pick<SuiteWorld, "keyFiles" | "keys" | "namespace" | "assume" | "facts" | "now">;
export declare function suites(documents: readonly SuiteDocument[], options?: SuitesOptions): Guard;

// dist/answer.d.ts
export declare function decidingHop({ hops }: Branch): Hop | undefined;
export declare function layersOf({ layer, branches, }: Pick<Verdict, "layer" | "branches">): readonly (Layer | undefined)[];
export declare function decidingStep(branch: Branch): Step | undefined;
export declare function statusOf(outcome: Outcome | undefined): number | undefined;
export declare function statusSeen({ outcome, branches, }: Pick<Verdict, "outcome" | "branches">): number | undefined;
export declare function policyName({ namespace, name }: Pick<ResourceKey, "namespace" | "name">): string;
export declare function ruleName({ policy, rule }: RuleRef): string;
export declare function reasonOf(verdict: Verdict): string;
export declare function countOf(number: number, one: string, many: string): string;

// dist/arbitraries/requests.d.ts
export declare function requests(mesh: Mesh, fixed?: RequestPart): Arbitrary<RequestPart>;

// dist/ask.d.ts
export interface Run {
    readonly parsed: SuiteDocument;
    readonly world: SuiteWorld;
    readonly mesh: Mesh;
    readonly keys: Readonly<Record<string, Keys>>;
}

// dist/bare-hosts.d.ts
export declare function bareHost(text: string, { inventory }: Mesh): string | undefined;

// dist/conformance/admission.d.ts
export interface AdmissionAnswer {
    readonly name?: string;
    readonly object?: unknown;
    readonly file?: string;
    readonly index?: number;
    readonly accepted: boolean;
    readonly message: string | null;
}
export interface AdmissionRun {
    readonly text: string;
    readonly divergences: number;
}
export declare function compareAdmission(answers: readonly AdmissionAnswer[], read: (file: string) => string): AdmissionRun;

// dist/conformance/conformance.d.ts
export interface VectorFile {
    readonly path: string;
    readonly text: string;
}
export interface Selection {
    readonly show?: number;
    readonly group?: string | undefined;
    readonly only?: string | undefined;
    readonly noJwt?: boolean;
}
export interface ConformanceRun {
    readonly requests: number;
    readonly divergences: number;
    readonly text: string;
}
export declare function runVectors(files: Iterable<VectorFile>, world: World, selection?: Selection): Promise<ConformanceRun>;

// dist/conformance/world.d.ts
export type World = Readonly<Record<string, unknown>>;

// dist/coverage/coverage.d.ts
export interface Coverage {
    readonly pieces: readonly CoveredPiece[];
    readonly layers: Readonly<Record<string, number>>;
    readonly outcomes: Readonly<Record<string, number>>;
}
export interface CoveredPiece extends Piece {
    readonly state: "needed" | "seen" | "unseen";
    readonly at: Span;
    readonly by?: string;
}
export declare function coverageOf(results: readonly SuiteResult[]): Promise<Coverage>;

// dist/coverage/fragment.d.ts
export interface CoverageFragment {
    readonly apiVersion: "meshproof.dev/v1alpha1";
    readonly kind: "CoverageFragment";
    readonly of: string;
    readonly texts: Readonly<Record<string, string>>;
    readonly coverage: Coverage;
}
export declare function readFragment(text: string): CoverageFragment | undefined;
export declare function outdatedIn({ texts }: CoverageFragment, now: Texts): readonly string[];

// dist/coverage/merge.d.ts
export declare function mergeCoverage(runs: readonly Coverage[]): Coverage;

// dist/coverage/places.d.ts
export interface Piece {
    readonly kind: "policy" | "rule" | "entry" | "value";
    readonly policy: ResourceKey;
    readonly path: Path;
    readonly text: string;
    readonly alone?: true;
    readonly last?: true;
}

// dist/credentials.d.ts
export interface StatedKeys {
    readonly keys: Readonly<Record<string, Keys>>;
    readonly mesh: Mesh;
}
export declare function testSignatures({ token, http }: Pick<AccessRequest, "token" | "http">, source: StatedKeys): Promise<Readonly<Record<string, "valid">>>;

// dist/expect.d.ts
export interface Failure {
    readonly what: string;
    readonly expected: string;
    readonly got: string;
}
export declare function compare(expectation: Expectation, verdict: Verdict): readonly Failure[];

// dist/files/disk.d.ts
export interface Disk {
    readonly read: (path: string) => Promise<string>;
    readonly list: (path: string) => Promise<readonly string[] | undefined>;
    readonly stdin?: () => Promise<string>;
}
export interface Reader {
    readonly texts: ReadonlyMap<string, string>;
    readonly text: (path: string) => Promise<string>;
}
export interface Access {
    readonly io: Disk;
    readonly reader: Reader;
}

// dist/files/find-suites.d.ts
export interface Suites {
    readonly suites: readonly SuiteDocument[];
    readonly findings: readonly Finding[];
    readonly missing: readonly string[];
}
export declare function findSuites(paths: readonly string[], access: Access): Promise<Suites>;

// dist/files/glob.d.ts
export declare function matchesGlob(name: string, glob: string): boolean;

// dist/files/meshes.d.ts
export interface StatedMesh {
    readonly name?: string;
    readonly patterns?: readonly string[];
    readonly folder: string;
    readonly path?: Path;
}
export declare function meshesOf({ suite, document }: SuiteDocument): readonly StatedMesh[];

// dist/files/node-disk.d.ts
export declare const nodeDisk: Disk;
export declare function textOf(bytes: Buffer, path: string): string;
export declare function isVisible(name: string): boolean;

// dist/files/read-files.d.ts
export interface File {
    readonly path: string;
    readonly text: string;
}
export interface Found {
    readonly files: readonly File[];
    readonly missing: readonly string[];
}
export declare const stdinName = "<stdin>";
export declare function readerOf(io: Disk): Reader;
export declare function readFiles(patterns: readonly string[], folder: string, { io, reader }: Access): Promise<Found>;
export declare function within(folder: string, path: string): string;
export declare function folderOf(path: string): string;
export declare function isData(path: string): boolean;

// dist/files/snapshots.d.ts
export interface WritableDisk extends Disk {
    readonly write: (path: string, text: string) => Promise<void>;
}
export interface WritableAccess extends Access {
    readonly io: WritableDisk;
}
export declare function writeSnapshots(results: readonly SuiteResult[], access: WritableAccess, all: boolean): Promise<readonly string[]>;

// dist/files/surroundings.d.ts
export interface Surroundings {
    readonly name: string;
    readonly files: readonly File[];
    readonly keyFiles: Readonly<Record<string, string>>;
    readonly snapshot?: SuiteSnapshot;
    readonly findings: readonly Finding[];
}
export declare function surroundingsOf(parsed: SuiteDocument, mesh: StatedMesh, access: Access): Promise<Surroundings>;

// dist/include.d.ts
export declare function includesOf({ value }: ParsedDocument): readonly string[];

// dist/init/assemble.d.ts
export interface FirstSuiteOptions {
    readonly files: readonly SourceFile[];
    readonly mesh: Mesh;
    readonly name: string;
    readonly paths: readonly string[];
    readonly namespace?: string;
}

// dist/init/first-suite.d.ts
export interface FirstSuite {
    readonly suite: Suite;
    readonly without: readonly string[];
    readonly untaken: readonly string[];
}
export declare function firstSuite(options: FirstSuiteOptions): Promise<FirstSuite>;

// dist/init/suite-text.d.ts
export declare function suiteText({ metadata, spec }: Suite): string;

// dist/invariants/invariants.d.ts
export interface Invariants {
    readonly metadata?: {
        readonly name?: string;
    };
    readonly spec: InvariantsSpec;
}
export interface InvariantsSpec {
    readonly mesh?: OneOrMore;
    readonly namespace?: string;
    readonly environment?: Environment;
    readonly workloads?: Readonly<Record<string, StatedWorkload>>;
    readonly invariants: readonly StatedInvariant[];
}
export interface StatedInvariant {
    readonly name: string;
    readonly target?: {
        readonly namespace?: string;
        readonly workload?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly through?: string;
        readonly calls?: string;
    };
    readonly requests?: Requests;
    readonly expect: StatedExpectation;
    readonly vacuous?: "ok";
}
export type StatedExpectation = "never-allowed" | "always-allowed" | {
    readonly "allowed-only-if": readonly Requests[];
} | {
    readonly "no-wider-than": OtherMesh;
} | {
    readonly "same-as": OtherMesh;
} | {
    readonly "only-with-provider": string;
};
export type OtherMesh = {
    readonly mesh: OneOrMore;
} | {
    readonly revision: string;
};

// dist/invariants/open-invariants.d.ts
export declare function openInvariants({ invariants, document }: InvariantsDocument, world: SuiteWorld): {
    readonly loaded: Loaded;
    readonly findings: readonly Finding[];
};

// dist/invariants/parse-invariants.d.ts
export interface InvariantsDocument {
    readonly invariants: Invariants;
    readonly document: ParsedDocument;
}
export declare function isInvariants({ value }: ParsedDocument): boolean;
export declare function parseInvariants(document: ParsedDocument): {
    readonly parsed?: InvariantsDocument;
    readonly findings: readonly Finding[];
};

// dist/invariants/rule-values.d.ts
export declare function valueFaults({ from, to, when }: Requests): readonly string[];

// dist/invariants/witness-suite.d.ts
export interface Counterexample {
    readonly name: string;
    readonly witness: Witness;
    readonly expect: Decision;
}
export declare function witnessSuite(name: string, examples: readonly Counterexample[], world: Omit<SuiteSpec, "tests" | "tokens" | "keys">): Suite;
export declare function witnessToken(witness: Witness): (TokenSpec & TokenUse) | undefined;

// dist/keys.d.ts
export type SigningKeyName = "rsa" | "p256" | "p384" | "p521" | "ed25519" | "secret";
export type Algorithm = keyof typeof keyOf;
export declare const keyOf: KeyTable;
type KeyTable = Readonly<Record<`RS${Digits}` | `PS${Digits}` | `ES${Digits}` | `HS${Digits}` | "EdDSA", SigningKeyName>>;
type Digits = "256" | "384" | "512";
export declare function jwksFor(_issuer: string, options?: {
    readonly secret?: boolean;
}): string;

// dist/mint-words.d.ts
export declare const algorithms: readonly Algorithm[];
export declare const tokenFaults: readonly TokenFault[];

// dist/parse-suite.d.ts
export interface SuiteDocument {
    readonly suite: Suite;
    readonly document: ParsedDocument;
}
export interface ParsedSuite {
    readonly parsed?: SuiteDocument;
    readonly findings: readonly Finding[];
}
export declare function isSuite({ value }: ParsedDocument): boolean;
export declare function parseSuite(document: ParsedDocument, included?: readonly ParsedDocument[]): ParsedSuite;

// dist/place.d.ts
export type Texts = ReadonlyMap<string, string>;
export interface Position {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

// dist/plan.d.ts
export interface Planned {
    readonly test: string;
    readonly name?: string;
    readonly path: Path;
    readonly request: RequestPart;
    readonly variant?: string;
    readonly from?: string;
    readonly expect?: Expectation;
    readonly skip?: string;
    readonly snapshot?: true;
    readonly sources: readonly Path[];
    readonly fault?: string;
}
export declare function planSuite({ suite }: SuiteDocument, accounts?: readonly string[], accountBehind?: Accounts["accountBehind"]): readonly Planned[];

// dist/result.d.ts
export interface SuiteResult {
    readonly name: string;
    readonly file: string;
    readonly loaded?: Loaded;
    readonly findings: readonly Finding[];
    readonly cases: readonly CaseResult[];
}
export interface CaseResult {
    readonly test: string;
    readonly name?: string;
    readonly variant?: string;
    readonly apart?: true;
    readonly modes?: Modes;
    readonly at: Span;
    readonly request: DescribedRequest;
    readonly skipped?: string;
    readonly verdict?: Verdict;
    readonly asked?: Question;
    readonly expect?: Expectation;
    readonly snapshot?: Answer;
    readonly failures: readonly Failure[];
    readonly near?: NearMiss;
    readonly ms?: number;
}
export type Modes = Readonly<Record<Mode, Decision>>;
export type Mode = "NONE" | "BASE" | "MERGE_SLASHES" | "DECODE_AND_MERGE_SLASHES";
export interface Question {
    readonly request: AccessRequest;
    readonly options: EvaluateOptions;
}
export type DescribedRequest = Omit<AccessRequest, "token"> & Pick<RequestPart, "token">;

// dist/run.d.ts
export interface OpenSuite {
    readonly name: string;
    readonly file: string;
    readonly loaded: Loaded;
    readonly findings: readonly Finding[];
    readonly run: Run;
}
export declare function runSuite(parsed: SuiteDocument, world: SuiteWorld): Promise<SuiteResult>;

// dist/shared-loads.d.ts
export declare function sharedLoads(): typeof loadMesh;

// dist/snapshot.d.ts
export type Snapshots = Readonly<Record<string, SuiteSnapshot>>;
export type SuiteSnapshot = Readonly<Record<string, Readonly<Record<string, string>>>>;
export interface Answer {
    readonly request: string;
    readonly answer: string;
}
export declare function readSnapshots(file: {
    readonly path: string;
    readonly text: string;
}): Snapshots;
export declare function snapshotText(snapshots: Snapshots): string;

// dist/suite.d.ts
export interface Suite {
    readonly metadata?: {
        readonly name?: string;
    };
    readonly spec: SuiteSpec;
}
export interface SuiteSpec {
    readonly mesh?: OneOrMore;
    readonly meshes?: Readonly<Record<string, OneOrMore>>;
    readonly include?: OneOrMore;
    readonly namespace?: string;
    readonly environment?: Environment;
    readonly keys?: Readonly<Record<string, string>>;
    readonly now?: string;
    readonly workloads?: Readonly<Record<string, StatedWorkload>>;
    readonly actors?: Readonly<Record<string, string>>;
    readonly groups?: Readonly<Record<string, readonly string[]>>;
    readonly tokens?: Readonly<Record<string, TokenSpec>>;
    readonly given?: RequestPart;
    readonly tests?: readonly Test[];
}
export interface Environment {
    readonly istio?: string;
    readonly envoy?: string;
    readonly meshConfig?: Readonly<Record<string, unknown>>;
    readonly features?: Readonly<Record<string, string | boolean | number>>;
    readonly dataPlane?: DataPlane;
    readonly assume?: "filters";
}
export interface StatedWorkload {
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly serviceAccount?: string;
    readonly addresses?: readonly string[];
    readonly ports?: Readonly<Record<string, "http" | "tcp" | "auto">>;
    readonly dataPlane?: DataPlane;
}
export interface RequestPart extends Omit<AccessRequest, "from" | "to" | "token"> {
    readonly from?: OneOrMore;
    readonly to?: AccessRequest["to"];
    readonly token?: SuiteToken | readonly SuiteToken[];
}
export type SuiteToken = string | (TokenSpec & TokenUse);
export interface TokenUse {
    readonly use?: string;
    readonly raw?: string;
    readonly header?: string;
    readonly prefix?: string;
    readonly param?: string;
    readonly cookie?: string;
}
export interface Test extends Case {
    readonly name: string;
    readonly given?: RequestPart;
    readonly cases?: readonly Case[];
    readonly matrix?: Readonly<Record<string, readonly unknown[]>>;
    readonly allow?: readonly Readonly<Record<string, unknown>>[];
    readonly table?: Table;
    readonly whoCan?: RequestPart;
    readonly exactly?: OneOrMore;
    readonly only?: boolean;
    readonly snapshot?: true;
}
export interface Case {
    readonly name?: string;
    readonly request?: RequestPart;
    readonly variants?: readonly string[];
    readonly expect?: Expectation;
    readonly skip?: string;
}
export interface Table {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly unknown[])[];
}
export type Expectation = Decision | ExpectedVerdict;
export interface ExpectedVerdict {
    readonly decision?: Decision;
    readonly status?: number;
    readonly by?: OneOrMore;
    readonly layer?: Layer;
    readonly hop?: string;
    readonly identity?: string | null;
    readonly reaches?: string;
    readonly reason?: string;
    readonly dryRun?: {
        readonly deny?: OneOrMore;
        readonly allow?: OneOrMore;
    };
    readonly audit?: OneOrMore;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly path?: string;
    readonly enforced?: boolean;
}
export type OneOrMore = string | readonly string[];
export declare function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[];

// dist/token.d.ts
export interface TokenSpec {
    readonly extends?: string;
    readonly issuer?: string;
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly audience?: string | readonly string[];
    readonly expiresIn?: string;
    readonly notBefore?: string;
    readonly kid?: string;
    readonly alg?: Algorithm;
    readonly invalid?: TokenFault;
}
export type TokenFault = "bad-signature" | "expired" | "not-yet-valid" | "unknown-issuer" | "unknown-kid" | "wrong-audience" | "malformed" | "alg-none";
export interface Minted {
    readonly token: string;
    readonly signature: "valid" | "invalid";
}
export interface Unusable {
    readonly fault: string;
}
export declare function mint(spec: TokenSpec, now: number, named?: Readonly<Record<string, TokenSpec>>): Promise<Minted | Unusable>;

// dist/vitest/actors.d.ts
export type Actors<Name extends string> = {
    readonly [Each in Name]: Caller;
};
export declare function actors<Actor extends string, Name extends string = Actor>(mesh: MeshUnderTest<Actor>, ...names: readonly Name[]): Actors<Name>;

// dist/vitest/describe-mesh.d.ts
export interface MeshContext<Actor extends string> {
    readonly mesh: MeshUnderTest<Actor>;
    readonly test: TestAPI;
    readonly tests: (...tests: readonly Test[]) => void;
}
export declare function describeMesh<Actor extends string = string>(name: string, options: MeshOptions<Actor>, body: (context: MeshContext<Actor>) => void | Promise<void>): void;

// dist/vitest/invariant.d.ts
export interface InvariantInCode extends Omit<Invariant, "name" | "expect"> {
    readonly name?: string;
    readonly expect: Exclude<Invariant["expect"], object> | Extract<Invariant["expect"], {
        readonly "allowed-only-if": unknown;
    }> | Extract<Invariant["expect"], {
        readonly "only-with-provider": unknown;
    }> | {
        readonly "no-wider-than": MeshLike;
    } | {
        readonly "same-as": MeshLike;
    };
}
export interface Satisfies {
    (mesh: unknown): boolean;
    readonly invariant: Invariant;
    readonly proofsIn: (mesh: unknown) => readonly Proof[];
}
export declare function invariant(stated: InvariantInCode, options?: AnalyseOptions): Satisfies;

// dist/vitest/matchers.d.ts
export type More = Omit<ExpectedVerdict, "decision">;
export interface AccessMatchers<Returned> extends MeshMatchers {
    readonly toBeAllowed: (more?: More) => Returned;
    readonly toBeAllowedBy: (rule: string | readonly string[]) => Returned;
    readonly toBeDenied: (more?: More) => Returned;
    readonly toBeDeniedBy: (rule: string | readonly string[]) => Returned;
    readonly toHaveStatus: (status: number) => Returned;
    readonly toBeUndetermined: () => Returned;
    readonly toAudit: (rule: string | readonly string[]) => Returned;
    readonly toDryRunDeny: (rule: string | readonly string[]) => Returned;
    readonly toBeDecidedAt: (layerOrHop: string) => Returned;
    readonly toMeet: (expectation: Expectation) => Returned;
    readonly toMatchAccessSnapshot: (name?: string) => Returned;
}
export declare function extendExpect(): void;

// dist/vitest/mesh-like.d.ts
export type MeshLike = Mesh | MeshUnderTest;

// dist/vitest/mesh-matchers.d.ts
export interface MeshMatchers {
    readonly toAllowMoreThan: (other: MeshLike, options?: AnalyseOptions) => void;
    readonly toBeEquivalentTo: (other: MeshLike, options?: AnalyseOptions) => void;
}
type Result = Exclude<MatcherResult, Promise<unknown>>;
export declare function toAllowMoreThan(this: MatcherState, received: unknown, other: unknown, options?: AnalyseOptions): Result;
export declare function toBeEquivalentTo(this: MatcherState, received: unknown, other: unknown, options?: AnalyseOptions): Result;

// dist/vitest/mesh-under-test.d.ts
export declare function openMesh<Actor extends string>(options: MeshOptions<Actor>, name?: string): Promise<MeshUnderTest<Actor>>;

// dist/vitest/mint.d.ts
export declare function mint(spec: TokenSpec, changes?: TokenSpec): TokenSpec;

// dist/vitest/options.d.ts
export interface MeshOptions<Actor extends string = string> extends Omit<SuiteSpec, "mesh" | "meshes" | "include" | "tests" | "actors">, WorldOptions {
    readonly mesh: string | readonly string[];
    readonly actors?: Readonly<Record<Actor, string>>;
}
export type WorldOptions = Pick<SuiteWorld, "admission" | "onDuplicate" | "allowEmpty" | "istio" | "features" | "assume" | "facts">;

// dist/vitest/test-suites.d.ts
export declare function testSuites(paths: string | readonly string[], options?: WorldOptions): void;

// dist/vitest/under-test.d.ts
export interface MeshUnderTest<Actor extends string = string> {
    readonly mesh: Mesh;
    readonly findings: readonly Finding[];
    readonly actors: readonly Actor[];
    readonly from: (caller: string) => Caller;
    readonly request: (part: RequestPart) => RequestUnderTest;
    readonly anyone: Caller;
    readonly opened: OpenSuite;
    readonly texts: Texts;
}
export interface Caller {
    readonly get: Send;
    readonly head: Send;
    readonly post: Send;
    readonly put: Send;
    readonly patch: Send;
    readonly delete: Send;
    readonly options: Send;
    readonly send: (method: string, target: string) => RequestUnderTest;
    readonly call: (method: string) => RequestUnderTest;
    readonly connect: () => RequestUnderTest;
}
export type Send = (target: string) => RequestUnderTest;
export interface RequestUnderTest {
    readonly mesh: MeshUnderTest;
    readonly request: RequestPart;
    readonly to: (destination: AccessRequest["to"]) => RequestUnderTest;
    readonly with: (token: SuiteToken, how?: Omit<TokenUse, "use" | "raw">) => RequestUnderTest;
    readonly header: (name: string, value: string | readonly string[]) => RequestUnderTest;
    readonly host: (name: string) => RequestUnderTest;
    readonly given: (part: RequestPart) => RequestUnderTest;
    readonly ask: () => Promise<Answer>;
    readonly toString: () => string;
}
export interface Answer {
    readonly mesh: MeshUnderTest;
    readonly verdict: Verdict;
    readonly line: string;
    readonly answer: string;
    readonly asked: CaseResult;
}

// dist/who-can.d.ts
export interface Accounts {
    readonly accounts: readonly string[];
    readonly accountBehind?: (caller: string) => string | undefined;
}

// dist/world.d.ts
export interface SuiteWorld extends Pick<LoadOptions, "files" | "admission" | "onDuplicate" | "allowEmpty"> {
    readonly load?: typeof loadMesh;
    readonly keyFiles?: Readonly<Record<string, string>>;
    readonly keys?: Readonly<Record<string, Keys>>;
    readonly istio?: string;
    readonly features?: Readonly<Record<string, string>>;
    readonly namespace?: string;
    readonly now?: string;
    readonly trace?: boolean;
    readonly assume?: "none";
    readonly facts?: Readonly<Record<string, string>>;
    readonly clock?: () => number;
    readonly bail?: boolean;
    readonly snapshot?: SuiteSnapshot | "update";
    readonly filter?: (planned: Planned) => boolean;
}
