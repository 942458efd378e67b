// Written by `npm run api`: what others see of @meshproof/engine, and all that it names.

// @meshproof/engine
//   AccessRequest
//   Action
//   Admission
//   AdmissionCode
//   Alike
//   Alternative
//   Answer
//   Ask
//   AskedInBytes
//   Assumption
//   AssumptionId
//   Attachment
//   Attribute
//   AuthorizationPolicy
//   AuthorizationPolicySpec
//   Authorizer
//   Behaviour
//   BehaviourName
//   Branch
//   Branches
//   Certificate
//   CertificateField
//   ChainReason
//   Clause
//   ClauseTrace
//   ClientCertHeader
//   Code
//   Condition
//   Connection
//   Container
//   ContainerPort
//   CopiedWay
//   CorsPolicy
//   Counts
//   DataPlane
//   Decider
//   DeciderCounts
//   Decision
//   Depth
//   DescribeOptions
//   DescribedPlane
//   DescribedPolicy
//   DescribedPort
//   DescribedStatus
//   DescribedWaypoint
//   Description
//   Destination
//   Edit
//   EvaluateOptions
//   ExplainedAlternative
//   ExplainedBranch
//   ExplainedCondition
//   ExplainedHop
//   ExplainedJwt
//   ExplainedLayer
//   ExplainedPart
//   ExplainedPolicy
//   ExplainedRule
//   Explanation
//   Explicable
//   ExtAuthzFilter
//   ExtensionProvider
//   Fact
//   Facts
//   Fault
//   Fetched
//   Filter
//   FilterChain
//   Finding
//   FoundToken
//   Group
//   GrpcAuthorizer
//   Header
//   HeaderChange
//   HeaderChanges
//   HeaderWrite
//   Hop
//   HttpAuthorizer
//   HttpParts
//   HttpRequest
//   HttpSettings
//   Inventory
//   JwtFilter
//   JwtKeys
//   JwtProvider
//   JwtRule
//   Keys
//   Lane
//   Layer
//   Leaving
//   Listener
//   LoadOptions
//   Loaded
//   Matcher
//   Mesh
//   MeshConfig
//   Mirror
//   Misfit
//   MutualTlsMode
//   Namespace
//   NearMiss
//   NewPolicy
//   NewSetting
//   Note
//   NoteCode
//   Onward
//   OnwardWay
//   OpenedTls
//   Operation
//   OperationField
//   Other
//   Outcome
//   Parsed
//   ParsedDocument
//   Path
//   PathNormalization
//   Pattern
//   PeerAuthentication
//   PeerAuthenticationSpec
//   PeerSource
//   Piece
//   Place
//   PolicyChange
//   PolicyEdit
//   PolicyRule
//   PortMode
//   Problem
//   Program
//   ProviderAnswer
//   Proxy
//   ProxyConfig
//   ProxyPort
//   QueryMatch
//   Question
//   RbacFilter
//   Received
//   Redirect
//   Refusal
//   Release
//   RequestAuthentication
//   RequestAuthenticationSpec
//   RequestChange
//   RequestEdit
//   Resource
//   ResourceKey
//   Rewrite
//   Route
//   RouteAction
//   RouteBehaviourName
//   RouteDestination
//   Rule
//   RuleRef
//   SchemaBehaviourName
//   SchemaError
//   Seen
//   Selector
//   ServeOptions
//   ServerTls
//   Service
//   ServicePort
//   Severity
//   SignatureQuestion
//   Source
//   SourceField
//   SourceFile
//   Span
//   StatusCondition
//   Step
//   SuiteCode
//   TargetRef
//   TargetService
//   Text
//   Token
//   TokenBehaviourName
//   TokenUse
//   Told
//   Trace
//   Trap
//   UnknownRelease
//   Verdict
//   VerifyOptions
//   VirtualHost
//   Way
//   Waypoint
//   WaypointCondition
//   WaypointIdentity
//   Workload
//   ZtunnelCondition
//   ZtunnelProgram
//   ZtunnelTold
//   assumptions
//   backendsOf
//   behaves
//   behaviours
//   changeValue
//   check
//   checkRequest
//   clauseHolds
//   closest
//   codes
//   configDump
//   decider
//   describe
//   diagnose
//   didYouMean
//   evaluate
//   evaluateAsync
//   explain
//   gatewayNameLabel
//   isDryRun
//   isProblem
//   isSuiteDocument
//   istiodVariables
//   keyText
//   knownReleases
//   loadMesh
//   meshConfigMisfits
//   nativeJson
//   noteTexts
//   parseDocuments
//   programFor
//   releaseRanges
//   resolveRelease
//   rootNamespace
//   selects
//   serve
//   splitHttp
//   tellZtunnel
//   trustDomain
//   unknowns
//   verifySignature
//   waysOf
//   ztunnelStatus

// @meshproof/engine/lint
//   Attachment
//   Check
//   Door
//   Evidence
//   Found
//   LintCode
//   LintFinding
//   LintOptions
//   LintSet
//   Point
//   Proof
//   Related
//   Scene
//   Shown
//   Suppression
//   Witnessed
//   checks
//   ignoreAnnotation
//   isKnown
//   lintCodes
//   lintMesh
//   lintSets
//   reasonFor

// @meshproof/engine/admission
//   AdmissionAnswer
//   Cause
//   Change
//   ClusterState
//   ClusterStateOptions
//   Field
//   Guard
//   InvariantsOptions
//   Judged
//   LetIn
//   LintGuardOptions
//   NoNewAccessOptions
//   PlacedGuard
//   ReviewOptions
//   Reviewed
//   Status
//   User
//   View
//   clusterState
//   fieldOf
//   fieldSpan
//   invariants
//   lint
//   noNewAccess
//   plainAnswer
//   review
//   valid

// @meshproof/engine/analyse
//   Access
//   AnalyseOptions
//   Budget
//   Change
//   Expectation
//   Invariant
//   InvariantTarget
//   Matrix
//   MatrixCell
//   MeshDiff
//   Point
//   PointDiff
//   PointEffects
//   Points
//   PointsBehind
//   PortsBehind
//   Proof
//   Protocol
//   Region
//   Regions
//   Requests
//   RuleEffect
//   Term
//   Undecided
//   ValueEffect
//   Violation
//   Witness
//   diffMeshes
//   diffPlanes
//   matrix
//   pointEffects
//   pointsBehind
//   pointsOf
//   policyEffects
//   prove
//   unenforcedPoints
//   whatCan
//   whoCan

// dist/admission/answer.d.ts
export interface Judged {
    readonly guard: string;
    readonly finding: Finding;
    readonly effect: PlacedGuard["action"];
}
export interface AdmissionAnswer {
    readonly apiVersion: "admission.k8s.io/v1";
    readonly kind: "AdmissionReview";
    readonly response: {
        readonly uid: string;
        readonly allowed: boolean;
        readonly status?: Status;
        readonly warnings?: readonly string[];
        readonly auditAnnotations?: Readonly<Record<string, string>>;
    };
}
export interface Status {
    readonly code: number;
    readonly reason: string;
    readonly message: string;
    readonly details?: {
        readonly group: string;
        readonly kind: string;
        readonly name: string;
        readonly causes: readonly Cause[];
    };
}
export interface Cause {
    readonly reason: "FieldValueInvalid";
    readonly field: string;
    readonly message: string;
}
export declare function plainAnswer(uid: string, allowed: boolean, { code, message }: {
    readonly code: number;
    readonly message: string;
}): AdmissionAnswer;

// dist/admission/change.d.ts
export interface Change {
    readonly operation: "CREATE" | "UPDATE" | "DELETE";
    readonly key: ResourceKey;
    readonly group: string;
    readonly object?: Fields;
    readonly old?: Fields;
    readonly user: User;
    readonly dryRun: boolean;
    readonly settled: Mesh;
    readonly now: number;
    readonly signal: AbortSignal;
}
export interface User {
    readonly name: string;
    readonly groups: readonly string[];
}
export interface Guard {
    (before: Mesh, after: Mesh, change: Change): readonly Finding[] | Promise<readonly Finding[]>;
    readonly objectOnly?: true;
}
export interface PlacedGuard {
    readonly name: string;
    readonly guard: Guard;
    readonly action: "deny" | "warn" | "audit";
    readonly namespaces?: readonly string[];
    readonly exceptNamespaces?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly exempt?: {
        readonly users?: readonly string[];
        readonly groups?: readonly string[];
    };
}

// dist/admission/cluster-state.d.ts
export interface ClusterStateOptions extends ClusterOptions {
    readonly settle?: number;
}
export interface ClusterState {
    readonly set: (object: unknown, now: number) => void;
    readonly remove: (object: unknown, now: number) => void;
    readonly replace: (objects: readonly unknown[] | Mesh, now: number) => void;
    readonly view: (now: number) => View;
    readonly letIn: (letIn: LetIn, now: number) => void;
    readonly inTurn: <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;
}
export interface View {
    readonly mesh: Mesh;
    readonly expected: Mesh;
    readonly settled: Mesh;
    readonly ending: ReadonlySet<string>;
}
export interface LetIn {
    readonly id: string;
    readonly pieces?: Pieces;
    readonly apply: (pieces: Pieces) => Pieces;
    readonly endsNamespace?: string;
}
export declare function clusterState(options?: ClusterStateOptions): ClusterState;

// dist/admission/field.d.ts
export interface Field {
    readonly object: string;
    readonly field: string;
}
export declare function fieldSpan(key: ResourceKey, path: Path): Span;
export declare function fieldOf({ file }: Span): Field | undefined;

// dist/admission/invariants.d.ts
export type InvariantsOptions = Pick<AnalyseOptions, "budget" | "dataPlane">;
export declare function invariants(stated: readonly Invariant[], options?: InvariantsOptions): Guard;

// dist/admission/lint.d.ts
export interface LintGuardOptions {
    readonly threshold?: Severity;
    readonly find?: (mesh: Mesh) => readonly Finding[];
    readonly options?: LintOptions;
}
export declare function lint({ threshold, options, find, }?: LintGuardOptions): Guard;

// dist/admission/no-new-access.d.ts
export type NoNewAccessOptions = Pick<AnalyseOptions, "budget" | "dataPlane">;
export declare function noNewAccess(options?: NoNewAccessOptions): Guard;

// dist/admission/pieces.d.ts
export interface Pieces extends Pick<Mesh, "authorizationPolicies" | "requestAuthentications" | "peerAuthentications">, Pick<Inventory, "namespaces" | "workloads" | "services" | "others"> {
}

// dist/admission/review.d.ts
export interface ReviewOptions {
    readonly now: number;
    readonly signal?: AbortSignal;
}
export interface Reviewed {
    readonly answer: AdmissionAnswer;
    readonly outcome: "allowed" | "denied" | "not-judged" | "malformed";
    readonly judged: readonly Judged[];
    readonly change?: Pick<Change, "operation" | "key" | "user" | "dryRun">;
}
export declare function review(state: ClusterState, admissionReview: unknown, guards: readonly PlacedGuard[], { now, signal }: ReviewOptions): Promise<Reviewed>;

// dist/admission/surroundings.d.ts
export interface ClusterOptions {
    readonly istio?: string;
    readonly envoy?: string;
    readonly features?: Readonly<Record<string, string>>;
    readonly meshConfig?: MeshConfig;
    readonly configMap?: string;
    readonly complete?: boolean;
}

// dist/admission/valid.d.ts
export declare function valid(): Guard;

// dist/admit/admit.d.ts
export type Admission = "enforce" | "skip" | "prune" | "bypass";

// dist/analyse/access.d.ts
export declare function whoCan(mesh: Mesh, requests: Requests, options?: AnalyseOptions): readonly Access[];
export declare function whatCan(mesh: Mesh, caller: Requests, options?: AnalyseOptions): readonly Access[];

// dist/analyse/api.d.ts
export interface Budget {
    readonly states?: number;
    readonly nodes?: number;
    readonly steps?: number;
    readonly conflicts?: number;
}
export interface AnalyseOptions {
    readonly budget?: Budget;
    readonly regions?: number;
    readonly dataPlane?: DataPlane;
    readonly only?: (point: Point) => boolean;
    readonly service?: string;
    readonly assume?: "filters";
    readonly values?: false;
}
export type Protocol = "http" | "tcp";
export interface Point {
    readonly name: string;
    readonly proxy: Proxy;
    readonly made?: true;
    readonly planeAssumed?: true;
    readonly unenforced?: true;
}
export interface Term {
    readonly attribute: string;
    readonly text: string;
}
export interface Region {
    readonly terms: readonly Term[];
    readonly text: string;
    readonly witness: Witness;
}
export interface Witness {
    readonly request: AccessRequest;
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly looked: readonly string[];
    readonly statuses: readonly string[];
    readonly by: readonly RuleRef[];
}
export interface Undecided {
    readonly because: "budget" | "witness-refused" | "not-modelled";
    readonly text: string;
    readonly attribute?: string;
}
export interface Regions {
    readonly regions: readonly Region[];
    readonly complete: boolean;
}
export interface Change extends Regions {
    readonly kind: "newly-allowed" | "newly-denied" | "changed-status";
    readonly protocol: Protocol;
}
export interface PointDiff {
    readonly points: readonly [Point, ...Point[]];
    readonly only?: "before" | "after";
    readonly changes: readonly Change[];
    readonly undecided: readonly Undecided[];
}
export interface MeshDiff {
    readonly result: "same" | "wider" | "narrower" | "both" | "status" | "undecided";
    readonly diffs: readonly PointDiff[];
    readonly points: number;
    readonly made?: true;
    readonly cut?: true;
    readonly assumptions: readonly string[];
}
export interface Requests extends PolicyRule {
    readonly protocol?: Protocol;
    readonly token?: "none" | "accepted";
    readonly not?: Requests;
    readonly anyOf?: readonly Requests[];
}
export interface InvariantTarget {
    readonly through?: string;
    readonly calls?: string;
    readonly namespace?: string;
    readonly workload?: string;
    readonly labels?: Readonly<Record<string, string>>;
}
export type Expectation = "never-allowed" | "always-allowed" | {
    readonly "allowed-only-if": readonly Requests[];
} | {
    readonly "no-wider-than": Mesh;
} | {
    readonly "same-as": Mesh;
} | {
    readonly "only-with-provider": string;
};
export interface Invariant {
    readonly name: string;
    readonly target?: InvariantTarget;
    readonly requests?: Requests;
    readonly expect: Expectation;
    readonly vacuous?: "ok";
}
export interface Proof {
    readonly invariant: Invariant;
    readonly points: readonly Point[];
    readonly through?: Point;
    readonly result: "holds" | "holds-vacuously" | "violated" | "undecided";
    readonly early?: true;
    readonly violations: readonly Violation[];
    readonly undecided: readonly Undecided[];
    readonly assumptions: readonly string[];
}
export interface Violation extends Regions {
    readonly protocol: Protocol;
}
export interface Access extends Regions {
    readonly points: readonly [Point, ...Point[]];
    readonly protocol: Protocol;
    readonly everyone?: true;
    readonly nobody?: true;
    readonly undecided: readonly Undecided[];
    readonly assumptions: readonly string[];
}
export interface MatrixCell {
    readonly from: string;
    readonly to: Point;
    readonly allowed: "all" | "some" | "none" | "undecided";
    readonly regions: readonly Region[];
    readonly complete: boolean;
    readonly undecided?: readonly [Undecided, ...Undecided[]];
}
export interface Matrix {
    readonly callers: readonly string[];
    readonly points: readonly Point[];
    readonly cells: readonly MatrixCell[];
    readonly assumptions: readonly string[];
}
export interface RuleEffect {
    readonly rule: RuleRef;
    readonly action: "ALLOW" | "DENY" | "CUSTOM";
    readonly effect: "never-matches" | "matches-everything" | "redundant" | "always-denied" | "denies-nothing-that-was-allowed" | "matters" | "undecided";
    readonly removable?: true;
    readonly coveredBy?: readonly RuleRef[];
    readonly undecided?: Undecided;
}
export interface ValueEffect {
    readonly rule: RuleRef;
    readonly path: readonly (string | number)[];
    readonly value: string;
    readonly effect: "dead" | "covered";
}
export interface PointEffects {
    readonly points: readonly [Point, ...Point[]];
    readonly protocol: Protocol;
    readonly rules: readonly RuleEffect[];
    readonly values: readonly ValueEffect[];
    readonly set?: "denies-everything" | "allows-everything";
    readonly undecided: readonly Undecided[];
}

// dist/analyse/diff-planes.d.ts
export declare function diffPlanes(whole: Mesh, [from, to]: readonly [DataPlane, DataPlane], options?: AnalyseOptions): MeshDiff;

// dist/analyse/diff.d.ts
export declare function diffMeshes(old: Mesh, young: Mesh, options?: AnalyseOptions): MeshDiff;

// dist/analyse/matrix.d.ts
export declare function matrix(mesh: Mesh, options?: AnalyseOptions): Matrix;

// dist/analyse/points-behind.d.ts
export interface PointsBehind {
    readonly isBehind: (point: Point) => boolean;
    readonly portsOf: (port: number) => PortsBehind | undefined;
    readonly missing?: string;
}
export interface PortsBehind {
    readonly ports: readonly number[];
    readonly ztunnel?: readonly number[];
}
export declare function pointsBehind(mesh: Mesh, service: Service): PointsBehind;

// dist/analyse/points.d.ts
export interface Points {
    readonly points: readonly Point[];
    readonly made?: true;
    readonly cut?: true;
}
export declare function pointsOf(meshes: readonly Mesh[], options?: AnalyseOptions): Points;

// dist/analyse/prove.d.ts
export declare function prove(mesh: Mesh, invariants: readonly Invariant[], options?: AnalyseOptions): readonly Proof[];

// dist/analyse/rule-effects.d.ts
export declare function policyEffects(mesh: Mesh, options?: AnalyseOptions): readonly PointEffects[];
export declare function pointEffects(mesh: Mesh, points: readonly Point[], options?: AnalyseOptions): readonly PointEffects[];

// dist/analyse/unenforced.d.ts
export declare function unenforcedPoints(mesh: Mesh, { only }?: AnalyseOptions): readonly Point[];

// dist/diagnostic.d.ts
export type Severity = "error" | "warning" | "info";
export interface Finding {
    readonly code: Code;
    readonly severity: Severity;
    readonly message: string;
    readonly at: Span;
    readonly hint?: string;
    readonly related?: readonly {
        readonly message: string;
        readonly at: Span;
    }[];
}
export type Code = AdmissionCode | LintCode | SuiteCode | "yaml/syntax" | "yaml/duplicate-key" | "yaml/too-deep" | "yaml/too-large" | "yaml/unsupported" | "yaml/template" | "yaml/placeholder" | "load/not-an-object" | "load/no-kind" | "load/unknown-kind" | "load/unknown-version" | "load/no-name" | "load/patch" | "load/kustomization" | "load/duplicate" | "load/nothing" | "load/two-mesh-configs" | "load/unknown-release" | "load/two-releases" | "schema/unknown-field" | "schema/wrong-type" | "schema/wrong-value" | "schema/missing-field" | "schema/out-of-bounds" | "schema/two-attachments" | "schema/empty-label" | "schema/label-wildcard" | "schema/target-namespace" | "schema/service-accounts-alone" | "schema/port-modes-without-selector" | "schema/bad-port" | "schema/two-key-sources" | "schema/bad-url" | "schema/bad-duration" | "schema/bad-name" | "schema/bad-label" | "schema/bad-annotation" | "schema/broken-rule" | "webhook/two-attachments" | "webhook/empty-label" | "webhook/label-wildcard" | "webhook/selector-without-labels" | "webhook/target-name" | "webhook/target-namespace" | "webhook/target-kind" | "webhook/no-rules" | "webhook/no-provider" | "webhook/stray-provider" | "webhook/custom-field" | "webhook/missing-part" | "webhook/empty-source" | "webhook/empty-operation" | "webhook/empty-value" | "webhook/service-accounts-alone" | "webhook/bad-service-account" | "webhook/bad-trust-domain" | "webhook/bad-address" | "webhook/bad-port" | "webhook/bad-path" | "webhook/empty-key" | "webhook/no-values" | "webhook/bad-key" | "webhook/unknown-attribute" | "webhook/obsolete-attribute" | "webhook/denies-tcp" | "webhook/port-modes-without-selector" | "webhook/empty-port-modes" | "webhook/no-issuer" | "webhook/bad-url" | "webhook/bad-jwks" | "webhook/private-key" | "webhook/bad-header" | "webhook/bad-duration" | "webhook/dry-run-kind" | "webhook/dry-run-action" | "webhook/dry-run-value" | "webhook/reserved-annotation" | "webhook/bad-route" | "webhook/bad-gateway" | "webhook/bad-destination-rule" | "webhook/bad-service-entry" | "webhook/bad-sidecar" | "webhook/bad-workload-entry" | "webhook/bad-workload-group" | "webhook/bad-envoy-filter" | "webhook/bad-proxy-config" | "schema/empty-field" | "schema/unread-field";
export declare const codes: Readonly<Record<Code, Severity>>;
export declare function diagnose(code: Code, message: string, at: Span, hint?: string): Finding;

// dist/diagnostic/admission-codes.d.ts
export type AdmissionCode = "admission/test-fails" | "admission/invariant-broken" | "admission/new-access" | "admission/undecided";

// dist/diagnostic/lint-codes.d.ts
export declare const lintCodes: {
    readonly "config/process-dies": "error";
    readonly "config/update-refused": "error";
    readonly "config/envoy-filter": "info";
    readonly "binding/selects-nothing": "warning";
    readonly "binding/other-namespace": "warning";
    readonly "binding/controller-labels": "warning";
    readonly "binding/empty-namespace": "info";
    readonly "binding/target-not-found": "warning";
    readonly "binding/unenforced": "warning";
    readonly "binding/port-excluded": "warning";
    readonly "binding/unknown-namespace": "warning";
    readonly "binding/unknown-account": "warning";
    readonly "binding/unknown-trust-domain": "warning";
    readonly "binding/unknown-host": "warning";
    readonly "binding/foreign-gateway": "warning";
    readonly "binding/mesh-wide-at-gateways": "warning";
    readonly "binding/status": "warning";
    readonly "rule/http-on-tcp": "warning";
    readonly "rule/split": "warning";
    readonly "rule/never-matches": "warning";
    readonly "rule/redundant": "info";
    readonly "rule/always-denied": "warning";
    readonly "rule/denies-nothing": "info";
    readonly "value/inner-star": "warning";
    readonly "value/block-as-text": "warning";
    readonly "value/method-case": "warning";
    readonly "value/grpc-method": "warning";
    readonly "value/unknown-method": "warning";
    readonly "value/principal-scheme": "warning";
    readonly "value/path-query": "warning";
    readonly "value/path-relative": "warning";
    readonly "value/host-port": "warning";
    readonly "value/service-port": "warning";
    readonly "value/forwarded-address": "warning";
    readonly "value/rewritten": "warning";
    readonly "value/dead": "warning";
    readonly "value/covered": "info";
    readonly "identity/plaintext-bypass": "warning";
    readonly "identity/never-known": "warning";
    readonly "identity/client-without-tls": "warning";
    readonly "identity/shared-account": "info";
    readonly "mtls/clients-refused": "error";
    readonly "mtls/outranked": "warning";
    readonly "mtls/root-selector": "warning";
    readonly "mtls/service-port": "warning";
    readonly "mtls/permissive": "info";
    readonly "jwt/no-request-authentication": "warning";
    readonly "jwt/nothing-requires-token": "warning";
    readonly "jwt/unknown-issuer": "warning";
    readonly "jwt/issuer-spelling": "warning";
    readonly "jwt/glued-star": "warning";
    readonly "jwt/not-forwarded": "warning";
    readonly "jwt/output-header": "warning";
    readonly "jwt/scope-words": "warning";
    readonly "jwt/on-tcp": "warning";
    readonly "jwt/mixed-keys": "warning";
    readonly "jwt/claim-routing": "warning";
    readonly "jwt/preflight": "warning";
    readonly "custom/provider": "error";
    readonly "custom/provider-on-tcp": "warning";
    readonly "ambient/denies-nothing": "error";
    readonly "ambient/never-built": "error";
    readonly "ambient/empty-selector": "error";
    readonly "ambient/http-attribute": "warning";
    readonly "ambient/action": "warning";
    readonly "ambient/trust-domains": "warning";
    readonly "ambient/port-mode": "warning";
    readonly "ambient/mapped-address": "warning";
    readonly "ambient/disable": "warning";
    readonly "ambient/cluster-local": "warning";
    readonly "ambient/namespace-star": "warning";
    readonly "ambient/request-authentication": "warning";
    readonly "ambient/differs": "warning";
    readonly "waypoint/none": "error";
    readonly "waypoint/not-serving": "warning";
    readonly "waypoint/bypass": "warning";
    readonly "waypoint/identity": "warning";
    readonly "waypoint/port": "warning";
    readonly "waypoint/address": "warning";
    readonly "route/double-slash": "warning";
    readonly "route/unserved-gateway": "warning";
    readonly "route/unknown-gateway": "warning";
    readonly "security/path-alias": "warning";
    readonly "security/rewrite-bypass": "warning";
    readonly "security/allows-everything": "info";
    readonly "security/allows-anyone": "info";
    readonly "security/no-policy": "info";
    readonly "dry-run/left-on": "info";
    readonly "dry-run/unreadable": "warning";
    readonly "dry-run/ignored": "warning";
    readonly "dry-run/custom": "warning";
    readonly "version/regex-characters": "warning";
    readonly "practice/policy-for-namespace": "info";
    readonly "lint/suppression": "warning";
    readonly "hygiene/limits": "info";
    readonly "hygiene/probes": "info";
    readonly "hygiene/proxy-resources": "info";
    readonly "hygiene/retries": "info";
    readonly "hygiene/timeout": "info";
};
export type LintCode = keyof typeof lintCodes;

// dist/diagnostic/suite-codes.d.ts
export type SuiteCode = "suite/unknown-field" | "suite/missing-field" | "suite/invalid-field" | "suite/unknown-name" | "suite/invalid-test" | "suite/duplicate-name" | "suite/invalid-request" | "suite/unreadable-file" | "suite/no-release" | "suite/no-expectation" | "suite/no-effect" | "suite/bare-host" | "suite/only";

// dist/envoy/jwt-authn/verify.d.ts
export interface VerifyOptions {
    readonly anySaltLength?: boolean;
    readonly hashed?: boolean;
}
export declare function verifySignature(token: string, jwks: string, options?: VerifyOptions): Promise<boolean>;

// dist/envoy/rbac.d.ts
export type Trace = boolean | "all" | "told";
export declare function clauseHolds({ attribute, any, none }: Clause, actual: readonly string[]): boolean;

// dist/evaluate.d.ts
export declare function evaluate(mesh: Mesh, request: AccessRequest, options?: EvaluateOptions): Verdict;
export declare function evaluateAsync(mesh: Mesh, request: AccessRequest, options?: EvaluateOptions): Promise<Verdict>;
export declare function waysOf(mesh: Mesh, request: AccessRequest, options?: EvaluateOptions): Promise<readonly Course[]>;

// dist/evaluate/answer.d.ts
export interface Answer {
    readonly decision: Decision;
    readonly status?: number;
    readonly details?: string;
    readonly layer?: Layer;
    readonly by: readonly RuleRef[];
    readonly dependsOn?: readonly string[];
}

// dist/evaluate/decider.d.ts
export interface Decider {
    readonly decide: (request: AccessRequest) => Answer;
    readonly decideAsync: (request: AccessRequest, signatures?: EvaluateOptions["signatures"]) => Promise<Answer>;
    readonly alike: (request: AccessRequest) => Alike | undefined;
    readonly answer: (alike: Alike, method: string, target: string, request: () => AccessRequest) => Answer | undefined;
    readonly answerBytes: (lane: Alike["lane"], peer: Alike["peer"], asked: AskedInBytes, request: () => AccessRequest) => number;
    readonly answerOf: (number: number) => Answer;
    readonly counts: () => DeciderCounts;
}
export interface DeciderCounts {
    readonly fast: number;
    readonly evaluated: number;
}
export declare function decider(mesh: Mesh, options?: EvaluateOptions): Decider;

// dist/evaluate/find-lane.d.ts
export interface Alike {
    readonly lane: Lane;
    readonly peer: string | undefined;
    readonly shared?: string;
}

// dist/evaluate/lane-rules.d.ts
export interface Judge {
    readonly filter: number;
    readonly otherwise: number;
}

// dist/evaluate/lane.d.ts
export interface Lane extends Judge {
    readonly peer: string | undefined;
    readonly destinationPort: number;
}

// dist/evaluate/plain-target.d.ts
export interface AskedInBytes {
    readonly method: string;
    readonly bytes: Uint8Array;
    readonly target: {
        readonly from: number;
        readonly to: number;
    };
    readonly text: (from: number, to: number) => string;
}

// dist/explain.d.ts
export interface Explicable {
    readonly mesh: Mesh;
    readonly request: AccessRequest;
    readonly options: EvaluateOptions;
    readonly verdict: Verdict;
}
export type Depth = "all" | "near" | "trace";
export declare function explain(asked: Explicable, depth?: Depth): Explanation;

// dist/explain/change-value.d.ts
export declare function changeValue(root: unknown, change: PolicyChange): unknown;

// dist/explain/config-dump.d.ts
type Dumped = Readonly<Record<string, unknown>>;
export declare function configDump({ listeners, proxy }: Program): readonly Dumped[];

// dist/explain/describe.d.ts
export interface Description {
    readonly subject: string;
    readonly workload: Workload;
    readonly plane: DescribedPlane;
    readonly proxy?: Proxy;
    readonly program?: Program;
    readonly ports: readonly DescribedPort[];
    readonly policies: readonly DescribedPolicy[];
    readonly unbound: readonly Note[];
    readonly notes: readonly Note[];
    readonly statuses: readonly DescribedStatus[];
    readonly waypoints: readonly DescribedWaypoint[];
    readonly issuers: readonly JwtProvider[];
    readonly refused?: Refusal;
}
export interface DescribedPort {
    readonly port?: ProxyPort;
    readonly listener?: {
        readonly name: string;
        readonly port?: number;
    };
    readonly mode?: PortMode;
    readonly chains: readonly FilterChain[];
    readonly otherwise: "allow" | "deny";
}
export interface DescribeOptions {
    readonly namespace?: string;
    readonly dataPlane?: DataPlane;
}
export declare function describe(mesh: Mesh, text: string, { namespace, dataPlane }?: DescribeOptions): Description | Problem;

// dist/explain/described-policies.d.ts
export interface DescribedPolicy {
    readonly key: ResourceKey;
    readonly target?: TargetService;
    readonly action?: Action;
    readonly dryRun?: true;
    readonly rules?: number;
}
export interface DescribedStatus {
    readonly key: ResourceKey;
    readonly condition: ZtunnelCondition | WaypointCondition;
}

// dist/explain/described.d.ts
export interface DescribedPlane {
    readonly plane: DataPlane;
    readonly because: string;
    readonly from?: Place;
    readonly assumed?: true;
}
export interface DescribedWaypoint {
    readonly waypoint: Waypoint;
    readonly service?: ResourceKey;
}

// dist/explain/explanation.d.ts
export interface Explanation {
    readonly verdict: Verdict;
    readonly branches: readonly ExplainedBranch[];
}
export interface ExplainedBranch {
    readonly when: readonly Fact[];
    readonly decision: Decision;
    readonly outcome: Outcome;
    readonly hops: readonly ExplainedHop[];
    readonly near: readonly NearMiss[];
    readonly edits: readonly Edit[];
    readonly traps: readonly Trap[];
}
export interface ExplainedHop {
    readonly hop: Hop;
    readonly unknown: ReadonlySet<string>;
    readonly chain?: ChainReason;
    readonly layers: readonly ExplainedLayer[];
    readonly unbound: readonly Note[];
}
export interface ChainReason {
    readonly chain?: FilterChain;
    readonly port?: ProxyPort;
    readonly mode?: PortMode;
}
export interface PortMode {
    readonly mode: "DISABLE" | "PERMISSIVE" | "STRICT";
    readonly by?: Place;
}
export interface ExplainedLayer {
    readonly layer: Layer;
    readonly result: "pass" | "refuse" | "skip" | "not-reached" | "no-policy";
    readonly text?: string;
    readonly by: readonly RuleRef[];
    readonly policies: readonly ExplainedPolicy[];
    readonly provider?: string;
    readonly jwt?: ExplainedJwt;
}
export interface ExplainedPolicy {
    readonly key: ResourceKey;
    readonly action: Action;
    readonly dryRun?: true;
    readonly rules: readonly ExplainedRule[];
    readonly notes: readonly Note[];
}
export interface ExplainedRule {
    readonly ref: RuleRef;
    readonly holds: boolean;
    readonly never?: true;
    readonly parts: readonly ExplainedPart[];
}
export interface ExplainedPart {
    readonly of: Group["of"];
    readonly holds: boolean;
    readonly alternatives: readonly ExplainedAlternative[];
}
export interface ExplainedAlternative {
    readonly index: number;
    readonly holds: boolean;
    readonly conditions: readonly ExplainedCondition[];
}
export interface ExplainedCondition {
    readonly at: Place;
    readonly field: string;
    readonly negated: boolean;
    readonly clause: Clause;
    readonly expected: readonly string[];
    readonly actual: readonly string[];
    readonly seen: readonly string[];
    readonly known: boolean;
    readonly holds: boolean;
}
export interface ExplainedJwt {
    readonly providers: readonly JwtProvider[];
    readonly tokens: readonly FoundToken[];
}
export interface FoundToken {
    readonly provider: string;
    readonly issuer?: string;
    readonly subject?: string;
    readonly audiences: readonly string[];
    readonly expires?: number;
}
export interface NearMiss {
    readonly rule: RuleRef;
    readonly action: Action;
    readonly failing: readonly ExplainedCondition[];
}
export type Edit = RequestEdit | PolicyEdit | NewPolicy | NewSetting;
export interface RequestEdit {
    readonly kind: "request";
    readonly changes: readonly RequestChange[];
    readonly request: AccessRequest;
    readonly verdict: Verdict;
}
export interface RequestChange {
    readonly part: string;
    readonly was?: string;
    readonly becomes: string;
}
export interface PolicyEdit {
    readonly kind: "policy";
    readonly changes: readonly PolicyChange[];
    readonly verdict: Verdict;
    readonly rest?: readonly ExplainedCondition[];
}
export interface PolicyChange {
    readonly at: Place;
    readonly do: "add" | "remove" | "set" | "rename" | "append" | "join";
    readonly values: readonly string[];
    readonly left?: unknown;
}
export interface NewPolicy {
    readonly kind: "create";
    readonly resource: ResourceKey;
    readonly spec: unknown;
    readonly changes: readonly [];
    readonly verdict: Verdict;
}
export interface NewSetting {
    readonly kind: "setting";
    readonly name: string;
    readonly value: string;
    readonly changes: readonly [];
    readonly verdict: Verdict;
}
export interface Trap {
    readonly id: string;
    readonly text: string;
    readonly at?: Place;
}

// dist/istiod/attach-rules.d.ts
export interface TargetService {
    readonly kind: "Service" | "ServiceEntry";
    readonly namespace: string;
    readonly name: string;
}
export declare function rootNamespace({ config }: Mesh): string;

// dist/istiod/authorization/dry-run.d.ts
export declare function isDryRun({ annotations }: AuthorizationPolicy): boolean;

// dist/istiod/program.d.ts
export declare function programFor(mesh: Mesh, proxy: Proxy): Program;

// dist/istiod/waypoint-status.d.ts
export interface WaypointCondition {
    readonly type: "WaypointAccepted";
    readonly status: "True" | "False";
    readonly reason: "Accepted" | "Invalid" | "PartiallyInvalid" | "AncestorNotBound" | "TargetNotFound";
    readonly message: string;
}

// dist/istiod/ztunnel-status.d.ts
export interface ZtunnelCondition {
    readonly type: "ZtunnelAccepted";
    readonly status: "True" | "False";
    readonly reason: "Accepted" | "UnsupportedValue";
    readonly message: string;
}
export declare function ztunnelStatus(mesh: Mesh, policy: AuthorizationPolicy): ZtunnelCondition | undefined;

// dist/istiod/ztunnel-waypoint.d.ts
export interface WaypointIdentity {
    readonly namespace: string;
    readonly name: string;
    readonly serviceAccounts: readonly string[];
}

// dist/istiod/ztunnel.d.ts
export interface ZtunnelTold {
    readonly proxy: Proxy;
    readonly programs: readonly [ZtunnelProgram, ...ZtunnelProgram[]];
}
export interface ZtunnelProgram extends Program {
    readonly pick: string;
}
export declare function tellZtunnel(mesh: Mesh, proxy: Proxy, waypoints: readonly WaypointIdentity[]): ZtunnelTold;

// dist/journey/assumptions.d.ts
export type AssumptionId = "data-plane" | "protocol" | "transport" | "host" | "http.version" | "labels" | "service" | "further-policies" | "release" | "mesh-config" | "provider" | "gateway-programmed" | "further-routes" | "outside" | "policy-age" | "discovery" | "dns-capture";
export interface Assumption {
    readonly id: AssumptionId;
    readonly about: string;
    readonly assumed: string;
}
export declare const assumptions: readonly Assumption[];
export declare const unknowns: readonly string[];

// dist/journey/http.d.ts
export declare function splitHttp(text: string): HttpParts | Problem;

// dist/journey/merge.d.ts
export interface Course {
    readonly decision: Decision;
    readonly outcome: Outcome;
    readonly layer?: Layer;
    readonly by: readonly RuleRef[];
    readonly hops: readonly Hop[];
}

// dist/journey/problem.d.ts
export declare function isProblem(value: unknown): value is Problem;

// dist/journey/request.d.ts
export declare function checkRequest(mesh: Mesh, request: AccessRequest, options?: EvaluateOptions): readonly Problem[];

// dist/journey/serve.d.ts
export interface ServeOptions {
    readonly trace?: Trace;
    readonly providers?: Readonly<Record<string, ProviderAnswer>>;
}
export declare function serve(mesh: Mesh, proxy: Proxy, connection: Connection, http: HttpRequest | undefined, facts: Facts, options?: ServeOptions): Hop;

// dist/kubernetes/gateway-class.d.ts
export declare const gatewayNameLabel = "gateway.networking.k8s.io/gateway-name";

// dist/kubernetes/identity.d.ts
export declare function trustDomain(config: MeshConfig): string;

// dist/kubernetes/service.d.ts
export declare function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean;
export declare function backendsOf(inventory: Inventory, service: Service): readonly Workload[];

// dist/kubernetes/waypoint.d.ts
export interface Waypoint {
    readonly namespace: string;
    readonly name: string;
}

// dist/lint/check.d.ts
export interface Check {
    readonly code: LintCode;
    readonly title: string;
    readonly why: string;
    readonly like?: readonly string[];
    readonly set?: LintSet;
    readonly find: (scene: Scene) => Iterable<Found>;
}
export type LintSet = "workload-hygiene" | "ambient-migration";
export declare const lintSets: readonly LintSet[];
export interface Found {
    readonly at: Place;
    readonly message: string;
    readonly hint?: string;
    readonly related?: readonly Related[];
    readonly severity?: Severity;
    readonly evidence: Evidence | (() => Evidence | undefined);
    readonly fix?: readonly PolicyChange[];
}
export interface Related {
    readonly message: string;
    readonly at: Place;
}
export type Evidence = Witnessed | Proof;
export interface Witnessed {
    readonly kind: "witness";
    readonly shows: readonly Shown[];
}
export interface Shown {
    readonly request: AccessRequest;
    readonly decision: Decision;
    readonly answer: string;
    readonly by: readonly RuleRef[];
    readonly assumed: readonly string[];
    readonly without?: string;
}
export interface Proof {
    readonly kind: "proof";
    readonly because: string;
}

// dist/lint/checks.d.ts
export declare const checks: readonly Check[];

// dist/lint/lint.d.ts
export interface LintFinding {
    readonly code: LintCode;
    readonly severity: Severity;
    readonly message: string;
    readonly at: Place;
    readonly hint?: string;
    readonly related: readonly Related[];
    readonly evidence: Evidence;
    readonly fix: readonly PolicyChange[];
    readonly suppressed?: string;
}
export interface LintOptions {
    readonly sets?: readonly LintSet[];
    readonly only?: readonly LintCode[];
    readonly suppressions?: readonly Suppression[];
}
export declare function lintMesh(mesh: Mesh, options?: LintOptions): readonly LintFinding[];

// dist/lint/points.d.ts
export interface Point {
    readonly name: string;
    readonly workload: Workload;
    readonly plane: DataPlane;
    readonly assumed?: true;
    readonly standIn?: true;
    readonly proxy?: Proxy;
    readonly program: () => Program | undefined;
    readonly doors: () => readonly Door[];
    readonly to: (port: number, protocol?: "http" | "tcp") => AccessRequest["to"];
}
export interface Door {
    readonly to: string;
    readonly host: string;
    readonly port: number;
}

// dist/lint/scene.d.ts
export interface Scene {
    readonly mesh: Mesh;
    readonly assumed: Mesh;
    readonly sets: ReadonlySet<LintSet>;
    readonly points: readonly Point[];
    readonly boundTo: (policy: Resource<Attachment>) => readonly Point[];
    readonly authorization: (key: ResourceKey) => AuthorizationPolicy | undefined;
}

// dist/lint/suppress.d.ts
export interface Suppression {
    readonly code: string;
    readonly resource?: string;
    readonly reason: string;
}
export declare const ignoreAnnotation = "meshproof.dev/lint-ignore";
export declare function isKnown(code: string): boolean;
export declare function reasonFor(suppressions: readonly Suppression[], code: LintCode, { resource }: Place): string | undefined;

// dist/load.d.ts
export interface Loaded {
    readonly mesh: Mesh;
    readonly findings: readonly Finding[];
    readonly suites: readonly ParsedDocument[];
    readonly invariants: readonly ParsedDocument[];
    readonly counts: Counts;
    readonly assumptions: readonly Fact[];
}
export interface Counts {
    readonly policies: number;
    readonly inventory: number;
    readonly otherKinds: Readonly<Record<string, number>>;
}
export declare function loadMesh(options: LoadOptions): Loaded;
export declare function isSuiteDocument({ value }: ParsedDocument): boolean;

// dist/load/options.d.ts
export interface LoadOptions {
    readonly files: readonly SourceFile[];
    readonly namespace?: string;
    readonly istio?: string;
    readonly envoy?: string;
    readonly features?: Readonly<Record<string, string>>;
    readonly meshConfig?: Readonly<Record<string, unknown>>;
    readonly workloads?: readonly Workload[];
    readonly admission?: Admission;
    readonly onDuplicate?: "error" | "first" | "last";
    readonly allowEmpty?: boolean;
}

// dist/model/access-request.d.ts
export interface AccessRequest {
    readonly from?: string;
    readonly to: string | Destination;
    readonly http?: string | HttpParts;
    readonly grpc?: string;
    readonly token?: Token | readonly Token[];
    readonly transport?: "mtls" | "hbone" | "tls" | "plaintext";
    readonly source?: {
        readonly ip?: string;
        readonly proxyProtocol?: string;
    };
    readonly sni?: string;
    readonly providers?: Readonly<Record<string, ProviderAnswer>>;
    readonly now?: string;
    readonly connection?: Connection;
    readonly raw?: HttpRequest;
}
export interface Destination {
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly serviceAccount?: string;
    readonly port: number;
    readonly protocol?: "http" | "tcp" | "auto";
    readonly dataPlane?: string;
    readonly name?: string;
}
export interface HttpParts {
    readonly method?: string;
    readonly host?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly version?: "1.0" | "1.1" | "2";
    readonly body?: string;
}
export type Token = string | TokenUse;
export interface TokenUse {
    readonly use?: string;
    readonly raw?: string;
    readonly header?: string;
    readonly prefix?: string;
    readonly param?: string;
    readonly cookie?: string;
}
export type ProviderAnswer = "allow" | "deny" | "error" | {
    readonly allow: HeaderChange;
} | {
    readonly deny: {
        readonly status?: number;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
    };
};
export interface HeaderChange {
    readonly set?: Readonly<Record<string, string>>;
    readonly append?: Readonly<Record<string, string>>;
    readonly remove?: readonly string[];
}
export interface Problem {
    readonly path: Path;
    readonly message: string;
    readonly hint?: string;
}
export interface EvaluateOptions {
    readonly trace?: boolean;
    readonly now?: number;
    readonly namespace?: string;
    readonly dataPlane?: DataPlane;
    readonly keys?: Readonly<Record<string, Keys>>;
    readonly signatures?: Readonly<Record<string, "valid" | "invalid">>;
    readonly facts?: Readonly<Record<string, string>>;
    readonly assume?: "none";
    readonly alternatives?: true;
}
export type Keys = "trusted" | "unavailable" | (string & {});

// dist/model/fact.d.ts
export type Decision = "allow" | "deny" | "undetermined" | "invalid";
export interface Fact {
    readonly id: string;
    readonly state: "given" | "derived" | "assumed" | "unknown";
    readonly value?: string;
    readonly from?: Place;
    readonly then?: readonly {
        readonly value: string;
        readonly decision: Decision;
    }[];
}
export interface Question {
    readonly id: string;
    readonly candidates: readonly string[];
    readonly partial?: true;
    readonly signature?: SignatureQuestion;
}
export interface SignatureQuestion {
    readonly token: string;
    readonly jwks?: string;
    readonly anySaltLength?: true;
}
export type Ask = (question: Question) => string;
export interface Facts {
    readonly now: number;
    readonly ask: Ask;
    readonly known?: (id: string) => string | undefined;
}

// dist/model/jwt-keys.d.ts
export type JwtKeys = {
    readonly kind: "inline";
    readonly jwks: string;
} | ({
    readonly kind: "uri";
    readonly uri: string;
    readonly fetcher?: "envoy" | "either";
} & Fetched) | ({
    readonly kind: "discovery";
} & Fetched);
export interface Fetched {
    readonly fallback?: string;
    readonly blocked?: true;
    readonly looksFirst?: true;
}

// dist/model/kubernetes.d.ts
export type DataPlane = "sidecar" | "ambient" | "gateway" | "waypoint" | "proxyless" | "none";
export interface Namespace {
    readonly key: ResourceKey;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
}
export interface Workload {
    readonly key: ResourceKey;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly serviceAccount: string;
    readonly accountless?: true;
    readonly addresses: readonly string[];
    readonly ports: readonly ContainerPort[];
    readonly proxied?: true;
    readonly router?: true;
    readonly hostNetwork?: true;
    readonly dataPlane?: DataPlane;
    readonly controllerLabels?: Readonly<Record<string, string>>;
    readonly controllerAnnotations?: Readonly<Record<string, string>>;
    readonly containers?: readonly Container[];
}
export interface Container {
    readonly name: string;
    readonly limited?: true;
    readonly checked?: true;
}
export interface ContainerPort {
    readonly port: number;
    readonly name?: string;
    readonly protocol?: "http" | "tcp" | "auto";
    readonly transport?: "UDP" | "SCTP";
}
export interface Service {
    readonly key: ResourceKey;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly createdAt?: number;
    readonly selector?: Readonly<Record<string, string>>;
    readonly clusterIps: readonly string[];
    readonly externalName?: string;
    readonly ports: readonly ServicePort[];
}
export interface ServicePort {
    readonly port: number;
    readonly name?: string;
    readonly targetPort: number | string;
    readonly appProtocol?: string;
    readonly transport: "TCP" | "UDP" | "SCTP";
}
export interface Inventory {
    readonly namespaces: readonly Namespace[];
    readonly workloads: readonly Workload[];
    readonly ended?: readonly Workload[];
    readonly services: readonly Service[];
    readonly complete?: true;
    readonly others: readonly Other[];
}
export interface Other {
    readonly key: ResourceKey;
    readonly apiVersion: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly createdAt?: number;
    readonly body: Readonly<Record<string, unknown>>;
}

// dist/model/mesh-config.d.ts
export interface MeshConfig {
    readonly rootNamespace?: string;
    readonly trustDomain?: string;
    readonly trustDomainAliases?: readonly string[];
    readonly caCertificates?: readonly {
        readonly trustDomains?: readonly string[];
    }[];
    readonly pathNormalization?: {
        readonly normalization?: PathNormalization;
    };
    readonly extensionProviders?: readonly ExtensionProvider[];
    readonly defaultConfig?: ProxyConfig;
    readonly enableAutoMtls?: boolean;
    readonly outboundTrafficPolicy?: {
        readonly mode?: string;
    };
    readonly protocolDetectionTimeout?: string;
    readonly discoverySelectors?: readonly unknown[];
    readonly [other: string]: unknown;
}
export type PathNormalization = "DEFAULT" | "NONE" | "BASE" | "MERGE_SLASHES" | "DECODE_AND_MERGE_SLASHES";
export interface ProxyConfig {
    readonly gatewayTopology?: {
        readonly numTrustedProxies?: number;
        readonly forwardClientCertDetails?: string;
        readonly proxyProtocol?: Readonly<Record<string, unknown>>;
    };
    readonly connectionSettings?: Readonly<Record<string, unknown>>;
    readonly proxyMetadata?: Readonly<Record<string, string>>;
    readonly [other: string]: unknown;
}
export interface ExtensionProvider {
    readonly name: string;
    readonly envoyExtAuthzHttp?: HttpAuthorizer;
    readonly envoyExtAuthzGrpc?: GrpcAuthorizer;
    readonly [other: string]: unknown;
}
export interface Authorizer {
    readonly service: string;
    readonly port: number;
    readonly timeout?: string;
    readonly failOpen?: boolean;
    readonly statusOnError?: string;
    readonly clearRouteCache?: boolean;
    readonly includeRequestBodyInCheck?: {
        readonly maxRequestBytes?: number;
        readonly allowPartialMessage?: boolean;
        readonly packAsBytes?: boolean;
    };
}
export interface HttpAuthorizer extends Authorizer {
    readonly pathPrefix?: string;
    readonly includeHeadersInCheck?: readonly string[];
    readonly includeRequestHeadersInCheck?: readonly string[];
    readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;
    readonly headersToUpstreamOnAllow?: readonly string[];
    readonly headersToDownstreamOnDeny?: readonly string[];
    readonly headersToDownstreamOnAllow?: readonly string[];
}
export type GrpcAuthorizer = Authorizer;

// dist/model/mesh.d.ts
export interface Release {
    readonly istio: string;
    readonly envoy: string;
    readonly stated: boolean;
}
export interface Mesh {
    readonly release: Release;
    readonly features: Readonly<Record<string, string>>;
    readonly config: MeshConfig;
    readonly configLoaded: boolean;
    readonly authorizationPolicies: readonly AuthorizationPolicy[];
    readonly requestAuthentications: readonly RequestAuthentication[];
    readonly peerAuthentications: readonly PeerAuthentication[];
    readonly inventory: Inventory;
    readonly locate: (place: Place) => Span | undefined;
}

// dist/model/note.d.ts
export interface Note {
    readonly kind: "policy-not-bound" | "policy-outranked" | "rule-skipped" | "condition-dropped" | "value-dropped" | "value-rewritten" | "missing-reference";
    readonly because: NoteCode;
    readonly at: Place;
    readonly chains?: readonly string[];
    readonly effect: "none" | "wider" | "narrower";
}
export type NoteCode = "other-namespace" | "other-revision" | "outside-discovery" | "selector-mismatch" | "target-reference" | "other-target" | "waypoint-without-target" | "gateway-selector-off" | "older-peer-authentication" | "root-selector" | "ports-without-selector" | "unknown-key" | "malformed-key" | "http-on-tcp" | "invalid-address" | "invalid-port" | "trust-domain" | "trust-domains-by-release" | "no-provider" | "unusable-provider" | "several-providers" | "assumed-provider" | "http-provider-on-tcp" | "dry-run-custom" | "dry-run-custom-ignored" | "dry-run-unreadable" | "other-keys-used" | "ztunnel-target-reference" | "ztunnel-unsupported-action" | "ztunnel-dry-run-off" | "ztunnel-empty-selector" | "ztunnel-selector-mismatch" | "ztunnel-http-attribute" | "ztunnel-trust-domains" | "ztunnel-empty-match" | "ztunnel-invalid-address" | "ztunnel-mapped-address" | "ztunnel-invalid-port" | "ztunnel-older-peer-authentication" | "ztunnel-root-empty-selector" | "ztunnel-root-selector" | "ztunnel-never-built" | "ztunnel-port-mode" | "proxyless-action" | "proxyless-no-rules" | "proxyless-dry-run" | "proxyless-tokens";
export declare const noteTexts: Readonly<Record<NoteCode, string>>;

// dist/model/place.d.ts
export interface ResourceKey {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
}
export type Path = readonly (string | number)[];
export interface Place {
    readonly resource: ResourceKey;
    readonly path: Path;
}
export interface Span {
    readonly file: string;
    readonly start: number;
    readonly end: number;
}
export declare function keyText({ kind, namespace, name }: ResourceKey): string;

// dist/model/policy.d.ts
export interface Resource<Spec> {
    readonly key: ResourceKey;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly createdAt?: number;
    readonly conditions?: readonly StatusCondition[];
    readonly spec: Spec;
}
export interface StatusCondition {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
}
export interface Selector {
    readonly matchLabels?: Readonly<Record<string, string>>;
}
export interface TargetRef {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}
export interface Attachment {
    readonly selector?: Selector;
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
}
export type Action = "ALLOW" | "DENY" | "AUDIT" | "CUSTOM";
type Fields<Name extends string> = {
    readonly [Field in Name | `not${Capitalize<Name>}`]?: readonly string[];
};
export type SourceField = "principals" | "requestPrincipals" | "namespaces" | "serviceAccounts" | "trustDomains" | "ipBlocks" | "remoteIpBlocks";
export type OperationField = "hosts" | "ports" | "methods" | "paths";
export type Source = Fields<SourceField>;
export type Operation = Fields<OperationField>;
export interface Condition {
    readonly key: string;
    readonly values?: readonly string[];
    readonly notValues?: readonly string[];
}
export interface PolicyRule {
    readonly from?: readonly ({
        readonly source?: Source;
    } | null)[];
    readonly to?: readonly ({
        readonly operation?: Operation;
    } | null)[];
    readonly when?: readonly (Condition | null)[];
}
export interface AuthorizationPolicySpec extends Attachment {
    readonly action?: Action;
    readonly provider?: {
        readonly name?: string;
    };
    readonly rules?: readonly (PolicyRule | null)[];
}
export type AuthorizationPolicy = Resource<AuthorizationPolicySpec>;
export type MutualTlsMode = "UNSET" | "DISABLE" | "PERMISSIVE" | "STRICT";
export interface PeerAuthenticationSpec {
    readonly selector?: Selector;
    readonly mtls?: {
        readonly mode?: MutualTlsMode;
    };
    readonly portLevelMtls?: Readonly<Record<string, {
        readonly mode?: MutualTlsMode;
    }>>;
}
export type PeerAuthentication = Resource<PeerAuthenticationSpec>;
export interface JwtRule {
    readonly issuer?: string;
    readonly audiences?: readonly string[];
    readonly jwksUri?: string;
    readonly jwks?: string;
    readonly fromHeaders?: readonly {
        readonly name: string;
        readonly prefix?: string;
    }[];
    readonly fromParams?: readonly string[];
    readonly fromCookies?: readonly string[];
    readonly outputPayloadToHeader?: string;
    readonly forwardOriginalToken?: boolean;
    readonly outputClaimToHeaders?: readonly {
        readonly header: string;
        readonly claim: string;
    }[];
    readonly timeout?: string;
    readonly spaceDelimitedClaims?: readonly string[];
}
export interface RequestAuthenticationSpec extends Attachment {
    readonly jwtRules?: readonly (JwtRule | null)[];
}
export type RequestAuthentication = Resource<RequestAuthenticationSpec>;

// dist/model/program.d.ts
export interface Program {
    readonly proxy: Proxy;
    readonly listeners: readonly Listener[];
    readonly notes: readonly Note[];
    readonly unsupported?: true;
}
export interface Proxy {
    readonly kind: "sidecar" | "gateway" | "waypoint" | "ztunnel" | "proxyless";
    readonly namespace: string;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly serviceAccount: string;
    readonly addresses: readonly string[];
    readonly ports: readonly ProxyPort[];
    readonly tunnel?: true;
    readonly config?: ProxyConfig;
}
export interface ProxyPort {
    readonly port: number;
    readonly protocol: "http" | "tcp" | "auto";
    readonly service?: {
        readonly host: string;
        readonly port: number;
    };
    readonly bind?: string;
}
export interface Listener {
    readonly name: string;
    readonly port?: number;
    readonly address?: string;
    readonly proxyProtocol?: true;
    readonly detects?: "known-methods" | "known-methods-or-m-search";
    readonly goesOn?: true;
    readonly chains: readonly FilterChain[];
    readonly refused?: Refusal;
}
export interface Refusal {
    readonly effect: "update-refused" | "process-dies";
    readonly cause: string;
    readonly at: Place;
}
export interface FilterChain {
    readonly name: string;
    readonly match: {
        readonly port?: number;
        readonly serverNames?: readonly string[];
        readonly transport?: "tls" | "raw_buffer" | "hbone";
        readonly alpn?: readonly string[];
        readonly service?: string;
        readonly addresses?: readonly string[];
    };
    readonly tls?: ServerTls;
    readonly kind: "http" | "tcp" | "blackhole";
    readonly http?: HttpSettings;
    readonly filters: readonly Filter[];
    readonly routes?: readonly VirtualHost[];
    readonly forwards?: readonly RouteDestination[];
}
export interface VirtualHost {
    readonly name?: string;
    readonly domains: readonly string[];
    readonly httpsOnly?: true;
    readonly routes: readonly Route[];
}
export interface Route {
    readonly at: Place;
    readonly name?: string;
    readonly rule?: ResourceKey;
    readonly when: readonly Clause[];
    readonly parameters?: readonly QueryMatch[];
    readonly action: RouteAction;
    readonly cors?: CorsPolicy;
}
export interface QueryMatch {
    readonly name: string;
    readonly value?: Text;
}
export type RouteAction = {
    readonly kind: "forward";
    readonly operation?: string;
    readonly destinations: readonly RouteDestination[];
    readonly rewrite?: Rewrite;
    readonly headers?: HeaderChanges;
    readonly mirrors?: readonly Mirror[];
    readonly timeout?: number;
    readonly fault?: Fault;
} | {
    readonly kind: "redirect";
    readonly status: number;
    readonly to: Redirect;
    readonly fault?: Fault;
} | {
    readonly kind: "respond";
    readonly status: number;
    readonly grpcStatus?: number;
    readonly body: string;
    readonly details: "direct_response" | "fault_filter_abort" | "cluster_not_found";
    readonly fault?: Fault;
} | {
    readonly kind: "unknown";
    readonly what: string;
    readonly fault?: Fault;
};
export interface Redirect {
    readonly scheme?: string;
    readonly authority?: string;
    readonly port?: number;
    readonly path?: string;
    readonly prefix?: {
        readonly from: string;
        readonly to: string;
    };
}
export interface ServerTls {
    readonly clientCertificate: "required" | "optional" | "none";
    readonly authority: "mesh" | "credential";
    readonly trustDomains?: readonly string[];
    readonly subjectAltNames?: readonly string[];
    readonly acceptsUntrusted?: true;
}
export interface HttpSettings {
    readonly normalizePath: boolean;
    readonly mergeSlashes: boolean;
    readonly escapedSlashes: "keep" | "decode" | "redirect" | "reject";
    readonly underscores: "keep" | "reject" | "drop";
    readonly remoteAddress: "peer" | "xff";
    readonly trustedHops: number;
    readonly headerLines: "each" | "joined";
    readonly latin1?: true;
    readonly clientCertHeader: ClientCertHeader;
    readonly clientCertFields?: readonly CertificateField[];
    readonly keepsRequestIds?: true;
    readonly forwardedPort?: true;
    readonly forwardedHost?: true;
    readonly uncounted?: true;
    readonly untold?: true;
    readonly dotSegmentParameters?: "keep";
    readonly http10?: true;
    readonly untraced?: true;
    readonly queryMethod?: true;
}
export type CertificateField = "Cert" | "Chain" | "Subject" | "URI" | "DNS";
export type ClientCertHeader = "append-forward" | "sanitize-set" | "sanitize" | "forward-only" | "always-forward-only";
export type Filter = RbacFilter | ExtAuthzFilter | JwtFilter;
export interface RbacFilter {
    readonly kind: "rbac";
    readonly action: "ALLOW" | "DENY" | "AUDIT";
    readonly peer: PeerSource;
    readonly rules?: readonly Rule[];
    readonly dryRun?: readonly Rule[];
    readonly custom?: true;
}
export type PeerSource = "certificate" | "tunnel" | "spiffe" | "none";
export interface ExtAuthzFilter {
    readonly kind: "ext-authz";
    readonly provider: string;
    readonly protocol: "http" | "grpc";
    readonly peer: PeerSource;
    readonly rules: readonly Rule[];
    readonly failOpen: boolean;
    readonly statusOnError: number;
    readonly seesHeaders: readonly Text[];
    readonly upstreamHeaders?: readonly Text[];
    readonly clientHeaders?: readonly Text[];
    readonly maxBody?: number;
}
export interface JwtFilter {
    readonly kind: "jwt";
    readonly providers: readonly JwtProvider[];
    readonly sanitizesFirst?: true;
    readonly anySaltLength?: true;
}
export interface JwtProvider {
    readonly name: string;
    readonly at: Place;
    readonly issuer: string;
    readonly audiences: readonly string[];
    readonly keys: JwtKeys;
    readonly headers: readonly {
        readonly name: string;
        readonly prefix: string;
    }[];
    readonly params: readonly string[];
    readonly cookies: readonly string[];
    readonly forward: boolean;
    readonly payloadHeader?: string;
    readonly claimHeaders: readonly {
        readonly header: string;
        readonly claim: readonly string[];
    }[];
    readonly spaceDelimited: readonly string[];
}

// dist/model/request.d.ts
export interface Connection {
    readonly transport: "plaintext" | "tls" | "mtls" | "hbone";
    readonly sourceIp?: string;
    readonly destinationIp?: string;
    readonly destinationPort: number;
    readonly alpn?: readonly string[];
    readonly sni?: string;
    readonly certificate?: Certificate;
    readonly silent?: true;
    readonly proxyProtocol?: string;
    readonly carries?: OpenedTls;
    readonly service?: string;
}
export type OpenedTls = Pick<Connection, "transport" | "sni" | "alpn" | "certificate" | "carries">;
export interface Certificate {
    readonly uris: readonly string[];
    readonly dns?: readonly string[];
    readonly subject?: string;
    readonly untrusted?: true;
}
export interface HttpRequest {
    readonly version: "1.0" | "1.1" | "2";
    readonly method?: string;
    readonly target?: string;
    readonly host?: string | null;
    readonly headers: readonly Header[];
    readonly otherHeaders?: "unknown" | readonly string[];
    readonly body?: string;
}
export type Header = readonly [name: string, value: string];

// dist/model/route.d.ts
export interface RouteDestination {
    readonly host: string;
    readonly port?: number;
    readonly subset?: string;
    readonly weight: number;
    readonly headers?: HeaderChanges;
    readonly authority?: string;
    readonly missing?: true;
    readonly passed?: true;
}
export interface Mirror extends Omit<RouteDestination, "weight"> {
    readonly percentage: number;
}
export interface HeaderChanges {
    readonly remove?: readonly string[];
    readonly write?: readonly HeaderWrite[];
}
export interface HeaderWrite {
    readonly name: string;
    readonly value: string;
    readonly append?: true;
}
export interface Rewrite {
    readonly path?: string;
    readonly prefix?: {
        readonly from: string;
        readonly to: string;
        readonly fold?: true;
    };
    readonly pattern?: {
        readonly match: string;
        readonly substitution: string;
    };
    readonly authority?: string;
    readonly endpointHost?: true;
}
export interface Fault {
    readonly status: number;
    readonly grpcStatus?: number;
    readonly percentage: number;
}
export interface CorsPolicy {
    readonly origins: readonly Text[];
    readonly ignoresUnmatched?: true;
    readonly methods?: string;
    readonly headers?: string;
    readonly credentials?: true;
    readonly maxAge?: number;
}
export interface Onward {
    readonly virtualHost?: string;
    readonly index?: number;
    readonly name?: string;
    readonly rule?: ResourceKey;
    readonly ways: readonly Way[];
    readonly copies?: readonly CopiedWay[];
    readonly fault?: Fault;
}
export interface Way extends RouteDestination {
    readonly request?: HttpRequest;
    readonly endpointHost?: true;
}
export interface CopiedWay extends Way {
    readonly of: number;
}

// dist/model/rule.d.ts
export interface Rule {
    readonly name: string;
    readonly policy: ResourceKey;
    readonly index: number;
    readonly groups: readonly Group[];
}
export interface Group {
    readonly of: "from" | "to" | "when" | "rule";
    readonly any: readonly Alternative[];
}
export interface Alternative {
    readonly index: number;
    readonly all: readonly Clause[];
}
export interface Clause {
    readonly attribute: Attribute;
    readonly field: string;
    readonly any?: readonly Matcher[];
    readonly none?: readonly Matcher[];
}
export type Attribute = {
    readonly kind: "peer" | "peer.namespace" | "peer.account";
} | {
    readonly kind: "source.ip" | "remote.ip" | "destination.ip" | "destination.port" | "sni";
} | {
    readonly kind: "host" | "method" | "path" | "request.principal";
} | {
    readonly kind: "header";
    readonly name: string;
} | {
    readonly kind: "claim";
    readonly path: readonly string[];
} | {
    readonly kind: "metadata";
    readonly filter: string;
    readonly key: string;
};
export type Matcher = Pattern & {
    readonly of: number;
};
export type Pattern = Text | {
    readonly kind: "cidr";
    readonly family: 4 | 6;
    readonly low: string;
    readonly high: string;
} | {
    readonly kind: "port";
    readonly port: number;
} | {
    readonly kind: "principal";
    readonly issuer: Text;
    readonly subject: Text;
} | {
    readonly kind: "list";
    readonly element: Text;
};
export type Text = {
    readonly kind: "exact" | "prefix" | "suffix";
    readonly text: string;
    readonly fold?: true;
} | {
    readonly kind: "present";
} | {
    readonly kind: "sequence";
    readonly pieces: readonly Piece[];
    readonly latin1?: true;
} | {
    readonly kind: "re2";
    readonly source: string;
};
export type Piece = string | {
    readonly run: "any" | "segment" | "template" | "template-or-slash";
    readonly min: 0 | 1;
};

// dist/model/verdict.d.ts
export interface Verdict {
    readonly decision: Decision;
    readonly outcome?: Outcome;
    readonly layer?: Layer;
    readonly by: readonly RuleRef[];
    readonly branches: readonly [Branch, ...Branch[]];
    readonly facts: readonly Fact[];
}
export interface Branch {
    readonly when: readonly Fact[];
    readonly decision: Decision;
    readonly outcome: Outcome;
    readonly hops: readonly Hop[];
}
export interface Hop {
    readonly point: Proxy["kind"] | "none";
    readonly proxy: string;
    readonly enforced: boolean;
    readonly why?: string;
    readonly chain?: string;
    readonly saw?: Seen;
    readonly steps: readonly Step[];
    readonly outcome: Outcome;
    readonly notes: readonly Note[];
    readonly onward?: Onward;
    readonly side?: "outbound";
    readonly leaves?: Leaving;
    readonly told?: Told;
}
export interface Leaving {
    readonly cluster?: string;
    readonly to?: string;
    readonly at?: string;
    readonly port?: number;
    readonly transport?: Connection["transport"];
    readonly sni?: string;
    readonly failed?: string;
}
export interface Told {
    readonly program: Program;
    readonly connection: Connection;
    readonly http?: HttpRequest;
}
export interface Seen {
    readonly identities: readonly string[];
    readonly sourceIp?: string;
    readonly remoteIp?: string;
    readonly destinationIp?: string;
    readonly destinationPort: number;
    readonly sni?: string;
    readonly method?: string;
    readonly host?: string;
    readonly path?: string;
}
export interface Outcome {
    readonly kind: "forwarded" | "reply" | "closed" | "tls-failed" | "protocol-error" | "no-chain" | "silent" | "not-served" | "unknown";
    readonly status?: number;
    readonly body?: string;
    readonly grpcStatus?: number;
    readonly details?: string;
    readonly responseHeaders?: readonly Header[];
    readonly received?: Received;
    readonly opaque?: true;
}
export interface Received {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly Header[];
}
export type Layer = "capture" | "config" | "mtls" | "http" | "custom" | "jwt" | "audit" | "deny" | "allow" | "route";
export interface RuleRef {
    readonly policy: ResourceKey;
    readonly rule: number;
    readonly at: Place;
}
export interface Step {
    readonly layer: Layer;
    readonly result: "pass" | "refuse" | "skip";
    readonly by: readonly RuleRef[];
    readonly rules?: number;
    readonly policies?: number;
    readonly dryRun?: {
        readonly action: "ALLOW" | "DENY";
        readonly by: readonly RuleRef[];
        readonly wouldDeny: boolean;
    };
    readonly text?: string;
    readonly trace?: readonly ClauseTrace[];
}
export interface ClauseTrace {
    readonly at: Place;
    readonly rule: RuleRef;
    readonly clause: Clause;
    readonly actual: readonly string[];
    readonly holds: boolean;
}

// dist/parse/check.d.ts
export interface SchemaError {
    readonly keyword: string;
    readonly instancePath: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly message?: string;
    readonly parentSchema?: unknown;
}
export declare function check(errors: readonly SchemaError[], document: ParsedDocument, prefix?: Path): readonly Finding[];

// dist/parse/document.d.ts
export interface SourceFile {
    readonly path: string;
    readonly text: string;
}
export interface ParsedDocument {
    readonly file: string;
    readonly value: unknown;
    readonly locate: (path: Path) => Span;
    readonly locateKey: (path: Path) => Span;
}
export interface Parsed<Document = ParsedDocument> {
    readonly documents: readonly Document[];
    readonly findings: readonly Finding[];
}
export declare function parseDocuments(file: SourceFile): Parsed;

// dist/parse/mesh-config-form.d.ts
export interface Misfit {
    readonly code: "schema/wrong-type" | "schema/wrong-value" | "schema/unknown-field";
    readonly path: Path;
    readonly message: string;
    readonly hint?: string | undefined;
}
export declare function meshConfigMisfits(fields: Fields): readonly Misfit[];

// dist/parse/native-json.d.ts
export declare function nativeJson(text: string): unknown;

// dist/parse/objects.d.ts
export type Fields = Readonly<Record<string, unknown>>;

// dist/parse/suggest.d.ts
export declare function closest(written: string, candidates: Iterable<string>): string | undefined;
export declare function didYouMean(written: string, candidates: Iterable<string>): string | undefined;

// dist/release.d.ts
export declare function behaves(release: Release, name: BehaviourName): boolean;
export declare const knownReleases: readonly string[];
export interface UnknownRelease {
    readonly unknown: string;
    readonly known: readonly string[];
}
export declare function resolveRelease(text?: string, envoy?: string): Release | UnknownRelease;
export declare function releaseRanges(versions: readonly string[]): string;

// dist/release/behaviour.d.ts
export type Branches = Readonly<Record<string, number>>;
export interface Behaviour {
    readonly component: "istiod" | "envoy";
    readonly what: string;
    readonly since: Branches;
    readonly until?: Branches;
    readonly source: string;
    readonly evidence: string;
}

// dist/release/behaviours.d.ts
export type BehaviourName = "literal-service-accounts" | "literal-namespaces" | "provider-in-rule-name" | "provider-name-syntax" | "several-custom-providers" | "dry-run-custom-denies" | "trust-domains" | "trust-domain-key" | "trust-domain-fields" | "connection-settings" | "strict-gateway-merging" | "dynamic-dns-outbound-rbac" | "ambient-dry-run" | "subset-tls-fallback" | "presence-field" | "header-lines-each" | "dot-segment-parameters" | "unknown-methods-are-http" | "m-search-unknown" | "query-method" | "http-authorizer-error-403" | "service-entry-visibility" | "canary-waypoints" | "entry-blocks-in-ambient" | RouteBehaviourName | TokenBehaviourName | SchemaBehaviourName;
export declare const behaviours: Readonly<Record<BehaviourName, Behaviour>>;

// dist/release/route-behaviours.d.ts
export type RouteBehaviourName = "http-and-grpc-routes-together" | "tls-routes" | "tcp-routes" | "listener-conflicts" | "backend-tls-policies" | "destination-rules-over-backend-policies" | "no-backends-404" | "reference-grants-add-up" | "frontend-validation" | "terminate-mode-over-validation" | "insecure-fallback" | "waypoint-routes-of-several" | "best-service-namespace" | "latin1-expressions";

// dist/release/schema-behaviours.d.ts
export type SchemaBehaviourName = "networking-fields-1.28" | "networking-fields-1.29" | "networking-fields-1.31" | "networking-fields-1.32" | "dynamic-dns-tls" | "dynamic-dns-inside" | "excluded-egress-hosts" | "small-aggression";

// dist/release/token-behaviours.d.ts
export type TokenBehaviourName = "space-delimited-claims" | "private-jwks-fallback" | "blocked-key-addresses" | "fetched-keys-looked-at" | "private-key-warning" | "output-headers-removed-first" | "pss-salt-length";

// dist/release/variables.d.ts
export declare const istiodVariables: readonly string[];
