export type { Admission } from "./admit/admit.ts";
export type { AdmissionCode } from "./diagnostic/admission-codes.ts";
export type { SuiteCode } from "./diagnostic/suite-codes.ts";
export { type Code, codes, diagnose, type Finding, type Severity } from "./diagnostic.ts";
export { type VerifyOptions, verifySignature } from "./envoy/jwt-authn/verify.ts";
export { clauseHolds, type Trace } from "./envoy/rbac.ts";
export type { Answer } from "./evaluate/answer.ts";
export { type Decider, type DeciderCounts, decider } from "./evaluate/decider.ts";
export type { Alike } from "./evaluate/find-lane.ts";
export type { Lane } from "./evaluate/lane.ts";
export type { AskedInBytes } from "./evaluate/plain-target.ts";
export { evaluate, evaluateAsync, waysOf } from "./evaluate.ts";
export { changeValue } from "./explain/change-value.ts";
export { configDump } from "./explain/config-dump.ts";
export {
  type DescribedPort,
  type DescribeOptions,
  type Description,
  describe,
} from "./explain/describe.ts";
export type { DescribedPlane, DescribedWaypoint } from "./explain/described.ts";
export type { DescribedPolicy, DescribedStatus } from "./explain/described-policies.ts";
export type {
  ChainReason,
  Edit,
  ExplainedAlternative,
  ExplainedBranch,
  ExplainedCondition,
  ExplainedHop,
  ExplainedJwt,
  ExplainedLayer,
  ExplainedPart,
  ExplainedPolicy,
  ExplainedRule,
  Explanation,
  FoundToken,
  NearMiss,
  NewPolicy,
  NewSetting,
  PolicyChange,
  PolicyEdit,
  PortMode,
  RequestChange,
  RequestEdit,
  Trap,
} from "./explain/explanation.ts";
export { type Depth, type Explicable, explain } from "./explain.ts";
export { rootNamespace, type TargetService } from "./istiod/attach-rules.ts";
export { isDryRun } from "./istiod/authorization/dry-run.ts";
export { programFor } from "./istiod/program.ts";
export type { WaypointCondition } from "./istiod/waypoint-status.ts";
export { tellZtunnel, type ZtunnelProgram, type ZtunnelTold } from "./istiod/ztunnel.ts";
export { type ZtunnelCondition, ztunnelStatus } from "./istiod/ztunnel-status.ts";
export type { WaypointIdentity } from "./istiod/ztunnel-waypoint.ts";
export {
  type Assumption,
  type AssumptionId,
  assumptions,
  unknowns,
} from "./journey/assumptions.ts";
export { splitHttp } from "./journey/http.ts";
export type { Course as Way } from "./journey/merge.ts";
export { isProblem } from "./journey/problem.ts";
export { checkRequest } from "./journey/request.ts";
export { type ServeOptions, serve } from "./journey/serve.ts";
export { gatewayNameLabel } from "./kubernetes/gateway-class.ts";
export { trustDomain } from "./kubernetes/identity.ts";
export { backendsOf, selects } from "./kubernetes/service.ts";
export type { Waypoint } from "./kubernetes/waypoint.ts";
export type { LoadOptions } from "./load/options.ts";
export { type Counts, isSuiteDocument, type Loaded, loadMesh } from "./load.ts";
export type {
  AccessRequest,
  Destination,
  EvaluateOptions,
  HeaderChange,
  HttpParts,
  Keys,
  Problem,
  ProviderAnswer,
  Token,
  TokenUse,
} from "./model/access-request.ts";
export type { Ask, Decision, Fact, Facts, Question, SignatureQuestion } from "./model/fact.ts";
export type { Fetched, JwtKeys } from "./model/jwt-keys.ts";
export type {
  Container,
  ContainerPort,
  DataPlane,
  Inventory,
  Namespace,
  Other,
  Service,
  ServicePort,
  Workload,
} from "./model/kubernetes.ts";
export type { Mesh, Release } from "./model/mesh.ts";
export type {
  Authorizer,
  ExtensionProvider,
  GrpcAuthorizer,
  HttpAuthorizer,
  MeshConfig,
  PathNormalization,
  ProxyConfig,
} from "./model/mesh-config.ts";
export { type Note, type NoteCode, noteTexts } from "./model/note.ts";
export { keyText, type Path, type Place, type ResourceKey, type Span } from "./model/place.ts";
export type {
  Action,
  Attachment,
  AuthorizationPolicy,
  AuthorizationPolicySpec,
  Condition,
  JwtRule,
  MutualTlsMode,
  Operation,
  OperationField,
  PeerAuthentication,
  PeerAuthenticationSpec,
  PolicyRule,
  RequestAuthentication,
  RequestAuthenticationSpec,
  Resource,
  Selector,
  Source,
  SourceField,
  StatusCondition,
  TargetRef,
} from "./model/policy.ts";
export type {
  CertificateField,
  ClientCertHeader,
  ExtAuthzFilter,
  Filter,
  FilterChain,
  HttpSettings,
  JwtFilter,
  JwtProvider,
  Listener,
  PeerSource,
  Program,
  Proxy,
  ProxyPort,
  QueryMatch,
  RbacFilter,
  Redirect,
  Refusal,
  Route,
  RouteAction,
  ServerTls,
  VirtualHost,
} from "./model/program.ts";
export type { Certificate, Connection, Header, HttpRequest, OpenedTls } from "./model/request.ts";
export type {
  CopiedWay,
  CorsPolicy,
  Fault,
  HeaderChanges,
  HeaderWrite,
  Mirror,
  Onward,
  Rewrite,
  RouteDestination,
  Way as OnwardWay,
} from "./model/route.ts";
export type {
  Alternative,
  Attribute,
  Clause,
  Group,
  Matcher,
  Pattern,
  Piece,
  Rule,
  Text,
} from "./model/rule.ts";
export type {
  Branch,
  ClauseTrace,
  Hop,
  Layer,
  Leaving,
  Outcome,
  Received,
  RuleRef,
  Seen,
  Step,
  Told,
  Verdict,
} from "./model/verdict.ts";
export { check, type SchemaError } from "./parse/check.ts";
export {
  type Parsed,
  type ParsedDocument,
  parseDocuments,
  type SourceFile,
} from "./parse/document.ts";
export { type Misfit, meshConfigMisfits } from "./parse/mesh-config-form.ts";
export { nativeJson } from "./parse/native-json.ts";
export { closest, didYouMean } from "./parse/suggest.ts";
export type { Behaviour, Branches } from "./release/behaviour.ts";
export { type BehaviourName, behaviours } from "./release/behaviours.ts";
export type { RouteBehaviourName } from "./release/route-behaviours.ts";
export type { SchemaBehaviourName } from "./release/schema-behaviours.ts";
export type { TokenBehaviourName } from "./release/token-behaviours.ts";
export { istiodVariables } from "./release/variables.ts";
export {
  behaves,
  knownReleases,
  releaseRanges,
  resolveRelease,
  type UnknownRelease,
} from "./release.ts";
