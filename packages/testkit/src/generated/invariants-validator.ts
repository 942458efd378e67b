// @ts-nocheck
// Made by scripts/schemas.mjs from packages/testkit/src/invariants.schema.json. Do not edit.
export interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: unknown;
  readonly propertyName?: string;
}
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}
function fail(errors, instancePath, keyword, params, message, parentSchema, propertyName) {
  const error = { instancePath, keyword, params, message, parentSchema };
  if (propertyName !== undefined) error.propertyName = propertyName;
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
export const validateInvariants: Validator = validate21 as unknown as Validator;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://meshproof.dev/schemas/v1alpha1/invariants.json","title":"What must hold of every request to an Istio mesh","type":"object","additionalProperties":false,"required":["apiVersion","kind","spec"],"properties":{"apiVersion":{"type":"string","const":"meshproof.dev/v1alpha1"},"kind":{"type":"string","const":"Invariants"},"metadata":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"}}},"spec":{"$ref":"#/definitions/spec"}},"definitions":{"texts":{"type":"object","additionalProperties":{"type":"string"}},"text-or-list":{"type":["string","array"],"items":{"type":"string"}},"data-plane":{"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]},"protocol":{"type":"string","enum":["http","tcp","auto"]},"environment":{"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared1"}},"dataPlane":{"$ref":"#/definitions/data-plane"},"assume":{"description":"filters: EnvoyFilters and WasmPlugins decide nothing.","type":"string","const":"filters"}}},"workload":{"type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared2"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"type":"array","items":{"type":"string"}},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}},"spec":{"type":"object","additionalProperties":false,"required":["invariants"],"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, the mesh that the command line names, or what else stands in this file.","$ref":"#/definitions/text-or-list"},"namespace":{"$ref":"#/definitions/shared2"},"environment":{"$ref":"#/definitions/environment"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"invariants":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invariant"}}}},"invariant":{"type":"object","additionalProperties":false,"required":["name","expect"],"properties":{"name":{"$ref":"#/definitions/shared2"},"target":{"description":"Whom it speaks of. Without it: every workload.","type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared2"},"workload":{"$ref":"#/definitions/shared2"},"labels":{"$ref":"#/definitions/texts"},"through":{"$ref":"#/definitions/shared3"},"calls":{"$ref":"#/definitions/shared4"}}},"requests":{"description":"The requests it is about, in the grammar of an AuthorizationPolicy's rule. Without it: all.","$ref":"#/definitions/requests"},"expect":{"$ref":"#/definitions/expect"},"vacuous":{"description":"ok: it may hold because no such request can be.","type":"string","const":"ok"}}},"requests":{"type":"object","additionalProperties":false,"properties":{"token":{"description":"none: no token where the mesh looks for one; accepted: none, or one that is taken.","type":"string","enum":["none","accepted"]},"protocol":{"type":"string","enum":["http","tcp"]},"from":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["source"],"properties":{"source":{"$ref":"#/definitions/source"}}}},"to":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["operation"],"properties":{"operation":{"$ref":"#/definitions/operation"}}}},"when":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/condition"}},"not":{"$ref":"#/definitions/requests"},"anyOf":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/requests"}}}},"source":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"principals":{"$ref":"#/definitions/shared5"},"notPrincipals":{"$ref":"#/definitions/shared5"},"requestPrincipals":{"$ref":"#/definitions/shared5"},"notRequestPrincipals":{"$ref":"#/definitions/shared5"},"namespaces":{"$ref":"#/definitions/shared5"},"notNamespaces":{"$ref":"#/definitions/shared5"},"serviceAccounts":{"$ref":"#/definitions/shared5"},"notServiceAccounts":{"$ref":"#/definitions/shared5"},"ipBlocks":{"$ref":"#/definitions/shared5"},"notIpBlocks":{"$ref":"#/definitions/shared5"},"remoteIpBlocks":{"$ref":"#/definitions/shared5"},"notRemoteIpBlocks":{"$ref":"#/definitions/shared5"}}},"operation":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"hosts":{"$ref":"#/definitions/shared5"},"notHosts":{"$ref":"#/definitions/shared5"},"ports":{"$ref":"#/definitions/shared5"},"notPorts":{"$ref":"#/definitions/shared5"},"methods":{"$ref":"#/definitions/shared5"},"notMethods":{"$ref":"#/definitions/shared5"},"paths":{"$ref":"#/definitions/shared5"},"notPaths":{"$ref":"#/definitions/shared5"}}},"condition":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"type":"string"},"values":{"$ref":"#/definitions/shared5"},"notValues":{"$ref":"#/definitions/shared5"}}},"other":{"type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"mesh":{"$ref":"#/definitions/text-or-list"},"revision":{"description":"The same files as they were at a git revision.","type":"string","pattern":"."}}},"expect":{"type":["string","object"],"if":{"type":"string"},"then":{"enum":["never-allowed","always-allowed"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allowed-only-if":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/requests"}},"no-wider-than":{"$ref":"#/definitions/other"},"same-as":{"$ref":"#/definitions/other"},"only-with-provider":{"$ref":"#/definitions/shared2"}}},"shared1":{"type":["string","boolean","number"]},"shared2":{"type":"string","pattern":"."},"shared3":{"description":"The gateway or waypoint that requests come to first, gateway/NAMESPACE/NAME: the invariant is about their whole way from there, which is refused where any proxy on it refuses. With calls: the workload that calls, deploy/NAMESPACE/NAME.","type":"string","pattern":"."},"shared4":{"description":"The URL of a host that the workload of through calls, http://api.example.com: the way begins at its sidecar.","type":"string","pattern":"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"},"shared5":{"type":"array","minItems":1,"items":{"type":"string"}}}};
const schema7 = {"type":"object","additionalProperties":{"type":"string"}};

function validate22(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"}, "must be string", schema7.additionalProperties); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema7); errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","additionalProperties":false,"required":["invariants"],"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, the mesh that the command line names, or what else stands in this file.","$ref":"#/definitions/text-or-list"},"namespace":{"$ref":"#/definitions/shared2"},"environment":{"$ref":"#/definitions/environment"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"invariants":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invariant"}}}};
const schema9 = {"type":["string","array"],"items":{"type":"string"}};

function validate26(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema9.type}, "must be string,array", schema9); errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema9.items); errors++;
}
}
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"string","pattern":"."};
const pattern0 = new RegExp(".", "u");

function validate28(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "."}, "must match pattern \""+"."+"\"", schema10); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema10); errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared1"}},"dataPlane":{"$ref":"#/definitions/data-plane"},"assume":{"description":"filters: EnvoyFilters and WasmPlugins decide nothing.","type":"string","const":"filters"}}};
const schema12 = {"type":["string","boolean","number"]};

function validate31(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (typeof data !== "boolean")) && (!(typeof data == "number"))){
vErrors = fail(vErrors, instancePath, "type", {type: schema12.type}, "must be string,boolean,number", schema12); errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]};

function validate33(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema13); errors++;
}
if(!((((((data === "sidecar") || (data === "ambient")) || (data === "gateway")) || (data === "waypoint")) || (data === "proxyless")) || (data === "none"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema13.enum}, "must be equal to one of the allowed values", schema13); errors++;
}
validate33.errors = vErrors;
return errors === 0;
}


function validate30(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "istio") || (key0 === "envoy")) || (key0 === "meshConfig")) || (key0 === "features")) || (key0 === "dataPlane")) || (key0 === "assume"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema11); errors++;
}
}
if(data.istio !== undefined){
let data0 = data.istio;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/istio", "type", {type: "string"}, "must be string", schema11.properties.istio); errors++;
}
}
if(data.envoy !== undefined){
let data1 = data.envoy;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/envoy", "type", {type: "string"}, "must be string", schema11.properties.envoy); errors++;
}
}
if(data.meshConfig !== undefined){
let data2 = data.meshConfig;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
vErrors = fail(vErrors, instancePath+"/meshConfig", "type", {type: "object"}, "must be object", schema11.properties.meshConfig); errors++;
}
}
if(data.features !== undefined){
let data3 = data.features;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(validate31(data3[key1], {instancePath:instancePath+"/features/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/features", "type", {type: "object"}, "must be object", schema11.properties.features); errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate33(data.dataPlane, {instancePath:instancePath+"/dataPlane"}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.assume !== undefined){
let data6 = data.assume;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/assume", "type", {type: "string"}, "must be string", schema11.properties.assume); errors++;
}
if("filters" !== data6){
vErrors = fail(vErrors, instancePath+"/assume", "const", {allowedValue: "filters"}, "must be equal to constant", schema11.properties.assume); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema11); errors++;
}
validate30.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared2"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"type":"array","items":{"type":"string"}},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}};
const schema15 = {"type":"string","enum":["http","tcp","auto"]};

function validate40(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema15); errors++;
}
if(!(((data === "http") || (data === "tcp")) || (data === "auto"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema15.enum}, "must be equal to one of the allowed values", schema15); errors++;
}
validate40.errors = vErrors;
return errors === 0;
}

const pattern1 = new RegExp("^[0-9]{1,5}$", "u");

function validate36(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "namespace") || (key0 === "labels")) || (key0 === "annotations")) || (key0 === "serviceAccount")) || (key0 === "addresses")) || (key0 === "ports")) || (key0 === "dataPlane"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema14); errors++;
}
}
if(data.namespace !== undefined){
if(!(validate28(data.namespace, {instancePath:instancePath+"/namespace"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined){
if(!(validate22(data.labels, {instancePath:instancePath+"/labels"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.annotations !== undefined){
if(!(validate22(data.annotations, {instancePath:instancePath+"/annotations"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
let data3 = data.serviceAccount;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/serviceAccount", "type", {type: "string"}, "must be string", schema14.properties.serviceAccount); errors++;
}
}
if(data.addresses !== undefined){
let data4 = data.addresses;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
vErrors = fail(vErrors, instancePath+"/addresses/" + i0, "type", {type: "string"}, "must be string", schema14.properties.addresses.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/addresses", "type", {type: "array"}, "must be array", schema14.properties.addresses); errors++;
}
}
if(data.ports !== undefined){
let data6 = data.ports;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
const _errs13 = errors;
if(typeof key1 === "string"){
if(!pattern1.test(key1)){
vErrors = fail(vErrors, instancePath+"/ports", "pattern", {pattern: "^[0-9]{1,5}$"}, "must match pattern \""+"^[0-9]{1,5}$"+"\"", schema14.properties.ports.propertyNames, key1); errors++;
}
}
var valid3 = _errs13 === errors;
if(!valid3){
vErrors = fail(vErrors, instancePath+"/ports", "propertyNames", {propertyName: key1}, "property name must be valid", schema14.properties.ports); errors++;
}
}
for(const key2 in data6){
if(!(validate40(data6[key2], {instancePath:instancePath+"/ports/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/ports", "type", {type: "object"}, "must be object", schema14.properties.ports); errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate33(data.dataPlane, {instancePath:instancePath+"/dataPlane"}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema14); errors++;
}
validate36.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"object","additionalProperties":false,"required":["name","expect"],"properties":{"name":{"$ref":"#/definitions/shared2"},"target":{"description":"Whom it speaks of. Without it: every workload.","type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared2"},"workload":{"$ref":"#/definitions/shared2"},"labels":{"$ref":"#/definitions/texts"},"through":{"$ref":"#/definitions/shared3"},"calls":{"$ref":"#/definitions/shared4"}}},"requests":{"description":"The requests it is about, in the grammar of an AuthorizationPolicy's rule. Without it: all.","$ref":"#/definitions/requests"},"expect":{"$ref":"#/definitions/expect"},"vacuous":{"description":"ok: it may hold because no such request can be.","type":"string","const":"ok"}}};
const schema17 = {"description":"The gateway or waypoint that requests come to first, gateway/NAMESPACE/NAME: the invariant is about their whole way from there, which is refused where any proxy on it refuses. With calls: the workload that calls, deploy/NAMESPACE/NAME.","type":"string","pattern":"."};

function validate49(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "."}, "must match pattern \""+"."+"\"", schema17); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema17); errors++;
}
validate49.errors = vErrors;
return errors === 0;
}

const schema18 = {"description":"The URL of a host that the workload of through calls, http://api.example.com: the way begins at its sidecar.","type":"string","pattern":"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"};
const pattern3 = new RegExp("^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$", "u");

function validate51(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"}, "must match pattern \""+"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"+"\"", schema18); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema18); errors++;
}
validate51.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","additionalProperties":false,"properties":{"token":{"description":"none: no token where the mesh looks for one; accepted: none, or one that is taken.","type":"string","enum":["none","accepted"]},"protocol":{"type":"string","enum":["http","tcp"]},"from":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["source"],"properties":{"source":{"$ref":"#/definitions/source"}}}},"to":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["operation"],"properties":{"operation":{"$ref":"#/definitions/operation"}}}},"when":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/condition"}},"not":{"$ref":"#/definitions/requests"},"anyOf":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/requests"}}}};
const schema20 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"principals":{"$ref":"#/definitions/shared5"},"notPrincipals":{"$ref":"#/definitions/shared5"},"requestPrincipals":{"$ref":"#/definitions/shared5"},"notRequestPrincipals":{"$ref":"#/definitions/shared5"},"namespaces":{"$ref":"#/definitions/shared5"},"notNamespaces":{"$ref":"#/definitions/shared5"},"serviceAccounts":{"$ref":"#/definitions/shared5"},"notServiceAccounts":{"$ref":"#/definitions/shared5"},"ipBlocks":{"$ref":"#/definitions/shared5"},"notIpBlocks":{"$ref":"#/definitions/shared5"},"remoteIpBlocks":{"$ref":"#/definitions/shared5"},"notRemoteIpBlocks":{"$ref":"#/definitions/shared5"}}};
const func2 = Object.prototype.hasOwnProperty;
const schema21 = {"type":"array","minItems":1,"items":{"type":"string"}};

function validate55(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema21); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema21.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema21); errors++;
}
validate55.errors = vErrors;
return errors === 0;
}


function validate54(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema20); errors++;
}
for(const key0 in data){
if(!(func2.call(schema20.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema20); errors++;
}
}
if(data.principals !== undefined){
if(!(validate55(data.principals, {instancePath:instancePath+"/principals"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notPrincipals !== undefined){
if(!(validate55(data.notPrincipals, {instancePath:instancePath+"/notPrincipals"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.requestPrincipals !== undefined){
if(!(validate55(data.requestPrincipals, {instancePath:instancePath+"/requestPrincipals"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notRequestPrincipals !== undefined){
if(!(validate55(data.notRequestPrincipals, {instancePath:instancePath+"/notRequestPrincipals"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.namespaces !== undefined){
if(!(validate55(data.namespaces, {instancePath:instancePath+"/namespaces"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notNamespaces !== undefined){
if(!(validate55(data.notNamespaces, {instancePath:instancePath+"/notNamespaces"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.serviceAccounts !== undefined){
if(!(validate55(data.serviceAccounts, {instancePath:instancePath+"/serviceAccounts"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notServiceAccounts !== undefined){
if(!(validate55(data.notServiceAccounts, {instancePath:instancePath+"/notServiceAccounts"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.ipBlocks !== undefined){
if(!(validate55(data.ipBlocks, {instancePath:instancePath+"/ipBlocks"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notIpBlocks !== undefined){
if(!(validate55(data.notIpBlocks, {instancePath:instancePath+"/notIpBlocks"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.remoteIpBlocks !== undefined){
if(!(validate55(data.remoteIpBlocks, {instancePath:instancePath+"/remoteIpBlocks"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notRemoteIpBlocks !== undefined){
if(!(validate55(data.notRemoteIpBlocks, {instancePath:instancePath+"/notRemoteIpBlocks"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema20); errors++;
}
validate54.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"hosts":{"$ref":"#/definitions/shared5"},"notHosts":{"$ref":"#/definitions/shared5"},"ports":{"$ref":"#/definitions/shared5"},"notPorts":{"$ref":"#/definitions/shared5"},"methods":{"$ref":"#/definitions/shared5"},"notMethods":{"$ref":"#/definitions/shared5"},"paths":{"$ref":"#/definitions/shared5"},"notPaths":{"$ref":"#/definitions/shared5"}}};

function validate69(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema22); errors++;
}
for(const key0 in data){
if(!((((((((key0 === "hosts") || (key0 === "notHosts")) || (key0 === "ports")) || (key0 === "notPorts")) || (key0 === "methods")) || (key0 === "notMethods")) || (key0 === "paths")) || (key0 === "notPaths"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema22); errors++;
}
}
if(data.hosts !== undefined){
if(!(validate55(data.hosts, {instancePath:instancePath+"/hosts"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notHosts !== undefined){
if(!(validate55(data.notHosts, {instancePath:instancePath+"/notHosts"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.ports !== undefined){
if(!(validate55(data.ports, {instancePath:instancePath+"/ports"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notPorts !== undefined){
if(!(validate55(data.notPorts, {instancePath:instancePath+"/notPorts"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate55(data.methods, {instancePath:instancePath+"/methods"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notMethods !== undefined){
if(!(validate55(data.notMethods, {instancePath:instancePath+"/notMethods"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
if(!(validate55(data.paths, {instancePath:instancePath+"/paths"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notPaths !== undefined){
if(!(validate55(data.notPaths, {instancePath:instancePath+"/notPaths"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema22); errors++;
}
validate69.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"type":"string"},"values":{"$ref":"#/definitions/shared5"},"notValues":{"$ref":"#/definitions/shared5"}}};

function validate79(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.key === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "key"}, "must have required property '"+"key"+"'", schema23); errors++;
}
for(const key0 in data){
if(!(((key0 === "key") || (key0 === "values")) || (key0 === "notValues"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema23); errors++;
}
}
if(data.key !== undefined){
let data0 = data.key;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/key", "type", {type: "string"}, "must be string", schema23.properties.key); errors++;
}
}
if(data.values !== undefined){
if(!(validate55(data.values, {instancePath:instancePath+"/values"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.notValues !== undefined){
if(!(validate55(data.notValues, {instancePath:instancePath+"/notValues"}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema23); errors++;
}
validate79.errors = vErrors;
return errors === 0;
}

const wrapper0 = {validate: validate53};

function validate53(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "token") || (key0 === "protocol")) || (key0 === "from")) || (key0 === "to")) || (key0 === "when")) || (key0 === "not")) || (key0 === "anyOf"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema19); errors++;
}
}
if(data.token !== undefined){
let data0 = data.token;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/token", "type", {type: "string"}, "must be string", schema19.properties.token); errors++;
}
if(!((data0 === "none") || (data0 === "accepted"))){
vErrors = fail(vErrors, instancePath+"/token", "enum", {allowedValues: schema19.properties.token.enum}, "must be equal to one of the allowed values", schema19.properties.token); errors++;
}
}
if(data.protocol !== undefined){
let data1 = data.protocol;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/protocol", "type", {type: "string"}, "must be string", schema19.properties.protocol); errors++;
}
if(!((data1 === "http") || (data1 === "tcp"))){
vErrors = fail(vErrors, instancePath+"/protocol", "enum", {allowedValues: schema19.properties.protocol.enum}, "must be equal to one of the allowed values", schema19.properties.protocol); errors++;
}
}
if(data.from !== undefined){
let data2 = data.from;
if(Array.isArray(data2)){
if(data2.length < 1){
vErrors = fail(vErrors, instancePath+"/from", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema19.properties.from); errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.source === undefined){
vErrors = fail(vErrors, instancePath+"/from/" + i0, "required", {missingProperty: "source"}, "must have required property '"+"source"+"'", schema19.properties.from.items); errors++;
}
for(const key1 in data3){
if(!(key1 === "source")){
vErrors = fail(vErrors, instancePath+"/from/" + i0, "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema19.properties.from.items); errors++;
}
}
if(data3.source !== undefined){
if(!(validate54(data3.source, {instancePath:instancePath+"/from/" + i0+"/source"}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/from/" + i0, "type", {type: "object"}, "must be object", schema19.properties.from.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/from", "type", {type: "array"}, "must be array", schema19.properties.from); errors++;
}
}
if(data.to !== undefined){
let data5 = data.to;
if(Array.isArray(data5)){
if(data5.length < 1){
vErrors = fail(vErrors, instancePath+"/to", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema19.properties.to); errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.operation === undefined){
vErrors = fail(vErrors, instancePath+"/to/" + i1, "required", {missingProperty: "operation"}, "must have required property '"+"operation"+"'", schema19.properties.to.items); errors++;
}
for(const key2 in data6){
if(!(key2 === "operation")){
vErrors = fail(vErrors, instancePath+"/to/" + i1, "additionalProperties", {additionalProperty: key2}, "must NOT have additional properties", schema19.properties.to.items); errors++;
}
}
if(data6.operation !== undefined){
if(!(validate69(data6.operation, {instancePath:instancePath+"/to/" + i1+"/operation"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/to/" + i1, "type", {type: "object"}, "must be object", schema19.properties.to.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/to", "type", {type: "array"}, "must be array", schema19.properties.to); errors++;
}
}
if(data.when !== undefined){
let data8 = data.when;
if(Array.isArray(data8)){
if(data8.length < 1){
vErrors = fail(vErrors, instancePath+"/when", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema19.properties.when); errors++;
}
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(!(validate79(data8[i2], {instancePath:instancePath+"/when/" + i2}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/when", "type", {type: "array"}, "must be array", schema19.properties.when); errors++;
}
}
if(data.not !== undefined){
if(!(wrapper0.validate(data.not, {instancePath:instancePath+"/not"}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.anyOf !== undefined){
let data11 = data.anyOf;
if(Array.isArray(data11)){
if(data11.length < 1){
vErrors = fail(vErrors, instancePath+"/anyOf", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema19.properties.anyOf); errors++;
}
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
if(!(wrapper0.validate(data11[i3], {instancePath:instancePath+"/anyOf/" + i3}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/anyOf", "type", {type: "array"}, "must be array", schema19.properties.anyOf); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema19); errors++;
}
validate53.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":["string","object"],"if":{"type":"string"},"then":{"enum":["never-allowed","always-allowed"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allowed-only-if":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/requests"}},"no-wider-than":{"$ref":"#/definitions/other"},"same-as":{"$ref":"#/definitions/other"},"only-with-provider":{"$ref":"#/definitions/shared2"}}};
const schema25 = {"type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"mesh":{"$ref":"#/definitions/text-or-list"},"revision":{"description":"The same files as they were at a git revision.","type":"string","pattern":"."}}};

function validate86(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = fail(vErrors, instancePath, "maxProperties", {limit: 1}, "must NOT have more than 1 properties", schema25); errors++;
}
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema25); errors++;
}
for(const key0 in data){
if(!((key0 === "mesh") || (key0 === "revision"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema25); errors++;
}
}
if(data.mesh !== undefined){
if(!(validate26(data.mesh, {instancePath:instancePath+"/mesh"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.revision !== undefined){
let data1 = data.revision;
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
vErrors = fail(vErrors, instancePath+"/revision", "pattern", {pattern: "."}, "must match pattern \""+"."+"\"", schema25.properties.revision); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath+"/revision", "type", {type: "string"}, "must be string", schema25.properties.revision); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema25); errors++;
}
validate86.errors = vErrors;
return errors === 0;
}


function validate84(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema24.type}, "must be string,object", schema24); errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs4 = errors;
if(!((data === "never-allowed") || (data === "always-allowed"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema24.then.enum}, "must be equal to one of the allowed values", schema24.then); errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
vErrors = fail(vErrors, instancePath, "if", {failingKeyword: "then"}, "must match \"then\" schema", schema24); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = fail(vErrors, instancePath, "maxProperties", {limit: 1}, "must NOT have more than 1 properties", schema24); errors++;
}
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema24); errors++;
}
for(const key0 in data){
if(!((((key0 === "allowed-only-if") || (key0 === "no-wider-than")) || (key0 === "same-as")) || (key0 === "only-with-provider"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema24); errors++;
}
}
if(data["allowed-only-if"] !== undefined){
let data0 = data["allowed-only-if"];
if(Array.isArray(data0)){
if(data0.length < 1){
vErrors = fail(vErrors, instancePath+"/allowed-only-if", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema24.properties["allowed-only-if"]); errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data0[i0], {instancePath:instancePath+"/allowed-only-if/" + i0}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/allowed-only-if", "type", {type: "array"}, "must be array", schema24.properties["allowed-only-if"]); errors++;
}
}
if(data["no-wider-than"] !== undefined){
if(!(validate86(data["no-wider-than"], {instancePath:instancePath+"/no-wider-than"}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["same-as"] !== undefined){
if(!(validate86(data["same-as"], {instancePath:instancePath+"/same-as"}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data["only-with-provider"] !== undefined){
if(!(validate28(data["only-with-provider"], {instancePath:instancePath+"/only-with-provider"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
validate84.errors = vErrors;
return errors === 0;
}


function validate44(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "name"}, "must have required property '"+"name"+"'", schema16); errors++;
}
if(data.expect === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "expect"}, "must have required property '"+"expect"+"'", schema16); errors++;
}
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "target")) || (key0 === "requests")) || (key0 === "expect")) || (key0 === "vacuous"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema16); errors++;
}
}
if(data.name !== undefined){
if(!(validate28(data.name, {instancePath:instancePath+"/name"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.target !== undefined){
let data1 = data.target;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(((((key1 === "namespace") || (key1 === "workload")) || (key1 === "labels")) || (key1 === "through")) || (key1 === "calls"))){
vErrors = fail(vErrors, instancePath+"/target", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema16.properties.target); errors++;
}
}
if(data1.namespace !== undefined){
if(!(validate28(data1.namespace, {instancePath:instancePath+"/target/namespace"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data1.workload !== undefined){
if(!(validate28(data1.workload, {instancePath:instancePath+"/target/workload"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data1.labels !== undefined){
if(!(validate22(data1.labels, {instancePath:instancePath+"/target/labels"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data1.through !== undefined){
if(!(validate49(data1.through, {instancePath:instancePath+"/target/through"}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data1.calls !== undefined){
if(!(validate51(data1.calls, {instancePath:instancePath+"/target/calls"}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/target", "type", {type: "object"}, "must be object", schema16.properties.target); errors++;
}
}
if(data.requests !== undefined){
if(!(validate53(data.requests, {instancePath:instancePath+"/requests"}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate84(data.expect, {instancePath:instancePath+"/expect"}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
if(data.vacuous !== undefined){
let data9 = data.vacuous;
if(typeof data9 !== "string"){
vErrors = fail(vErrors, instancePath+"/vacuous", "type", {type: "string"}, "must be string", schema16.properties.vacuous); errors++;
}
if("ok" !== data9){
vErrors = fail(vErrors, instancePath+"/vacuous", "const", {allowedValue: "ok"}, "must be equal to constant", schema16.properties.vacuous); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema16); errors++;
}
validate44.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.invariants === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "invariants"}, "must have required property '"+"invariants"+"'", schema8); errors++;
}
for(const key0 in data){
if(!(((((key0 === "mesh") || (key0 === "namespace")) || (key0 === "environment")) || (key0 === "workloads")) || (key0 === "invariants"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema8); errors++;
}
}
if(data.mesh !== undefined){
if(!(validate26(data.mesh, {instancePath:instancePath+"/mesh"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
if(!(validate28(data.namespace, {instancePath:instancePath+"/namespace"}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.environment !== undefined){
if(!(validate30(data.environment, {instancePath:instancePath+"/environment"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.workloads !== undefined){
let data3 = data.workloads;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(validate36(data3[key1], {instancePath:instancePath+"/workloads/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/workloads", "type", {type: "object"}, "must be object", schema8.properties.workloads); errors++;
}
}
if(data.invariants !== undefined){
let data5 = data.invariants;
if(Array.isArray(data5)){
if(data5.length < 1){
vErrors = fail(vErrors, instancePath+"/invariants", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema8.properties.invariants); errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate44(data5[i0], {instancePath:instancePath+"/invariants/" + i0}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/invariants", "type", {type: "array"}, "must be array", schema8.properties.invariants); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema8); errors++;
}
validate25.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath=""}={}){
/*# sourceURL="https://meshproof.dev/schemas/v1alpha1/invariants.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "apiVersion"}, "must have required property '"+"apiVersion"+"'", schema6); errors++;
}
if(data.kind === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "kind"}, "must have required property '"+"kind"+"'", schema6); errors++;
}
if(data.spec === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "spec"}, "must have required property '"+"spec"+"'", schema6); errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema6); errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/apiVersion", "type", {type: "string"}, "must be string", schema6.properties.apiVersion); errors++;
}
if("meshproof.dev/v1alpha1" !== data0){
vErrors = fail(vErrors, instancePath+"/apiVersion", "const", {allowedValue: "meshproof.dev/v1alpha1"}, "must be equal to constant", schema6.properties.apiVersion); errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/kind", "type", {type: "string"}, "must be string", schema6.properties.kind); errors++;
}
if("Invariants" !== data1){
vErrors = fail(vErrors, instancePath+"/kind", "const", {allowedValue: "Invariants"}, "must be equal to constant", schema6.properties.kind); errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "labels")) || (key1 === "annotations"))){
vErrors = fail(vErrors, instancePath+"/metadata", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema6.properties.metadata); errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/metadata/name", "type", {type: "string"}, "must be string", schema6.properties.metadata.properties.name); errors++;
}
}
if(data2.labels !== undefined){
if(!(validate22(data2.labels, {instancePath:instancePath+"/metadata/labels"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data2.annotations !== undefined){
if(!(validate22(data2.annotations, {instancePath:instancePath+"/metadata/annotations"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/metadata", "type", {type: "object"}, "must be object", schema6.properties.metadata); errors++;
}
}
if(data.spec !== undefined){
if(!(validate25(data.spec, {instancePath:instancePath+"/spec"}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema6); errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

