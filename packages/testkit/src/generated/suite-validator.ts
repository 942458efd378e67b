// @ts-nocheck
// Made by scripts/schemas.mjs from packages/testkit/src/suite.schema.json. Do not edit.
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
export const validateSuite: Validator = validate21 as unknown as Validator;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://meshproof.dev/schemas/v1alpha1/suite.json","title":"A suite of access assertions for an Istio mesh","type":"object","additionalProperties":false,"required":["apiVersion","kind","spec"],"properties":{"apiVersion":{"type":"string","const":"meshproof.dev/v1alpha1"},"kind":{"type":"string","const":"Suite"},"metadata":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"}}},"spec":{"$ref":"#/definitions/spec"}},"definitions":{"texts":{"type":"object","additionalProperties":{"type":"string"}},"text-or-list":{"type":["string","array"],"items":{"type":"string"}},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"},"data-plane":{"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]},"protocol":{"type":"string","enum":["http","tcp","auto"]},"spec":{"type":"object","additionalProperties":false,"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, what else stands in this file.","$ref":"#/definitions/text-or-list"},"meshes":{"description":"Several meshes by their names; the suite runs under each of them.","type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/text-or-list"}},"include":{"$ref":"#/definitions/text-or-list"},"namespace":{"$ref":"#/definitions/shared1"},"environment":{"$ref":"#/definitions/environment"},"keys":{"description":"By issuer: trusted (the test keys that sign the tokens of this suite), unavailable, or a file with a JWKS.","$ref":"#/definitions/texts"},"now":{"$ref":"#/definitions/time"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"actors":{"$ref":"#/definitions/texts"},"groups":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared2"}},"tokens":{"type":"object","additionalProperties":{"$ref":"#/definitions/token"}},"given":{"$ref":"#/definitions/request"},"tests":{"type":"array","items":{"$ref":"#/definitions/test"}}}},"environment":{"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared3"}},"dataPlane":{"$ref":"#/definitions/data-plane"},"assume":{"description":"filters: EnvoyFilters and WasmPlugins decide nothing.","type":"string","const":"filters"}}},"workload":{"type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared1"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"$ref":"#/definitions/shared4"},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}},"token":{"type":"object","additionalProperties":false,"properties":{"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}},"algorithm":{"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","HS256","HS384","HS512"]},"fault":{"type":"string","enum":["bad-signature","expired","not-yet-valid","unknown-issuer","unknown-kid","wrong-audience","malformed","alg-none"]},"token-use":{"description":"A named token and how it is sent, or a token described in place.","type":["string","object"],"additionalProperties":false,"properties":{"use":{"type":"string"},"raw":{"type":"string"},"header":{"type":"string"},"prefix":{"type":"string"},"param":{"type":"string"},"cookie":{"type":"string"},"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}},"token-uses":{"type":["string","object","array"],"if":{"type":"array"},"then":{"items":{"$ref":"#/definitions/token-use"}},"else":{"$ref":"#/definitions/token-use"}},"request":{"type":"object","additionalProperties":false,"properties":{"from":{"description":"An actor, a workload, a group; sa/NS/NAME, deploy/NS/NAME, spiffe://..., gateway/NS/NAME, external/IP, node, none. Several: each of them.","$ref":"#/definitions/text-or-list"},"to":{"$ref":"#/definitions/destination"},"http":{"$ref":"#/definitions/http"},"grpc":{"type":"string"},"token":{"$ref":"#/definitions/token-uses"},"transport":{"type":"string","enum":["mtls","hbone","tls","plaintext"]},"source":{"type":"object","additionalProperties":false,"properties":{"ip":{"type":"string"},"proxyProtocol":{"type":"string"}}},"sni":{"type":"string"},"providers":{"type":"object","additionalProperties":{"$ref":"#/definitions/answer"}},"now":{"$ref":"#/definitions/time"},"connection":{"$ref":"#/definitions/connection"},"raw":{"$ref":"#/definitions/raw"}}},"destination":{"type":["string","object"],"additionalProperties":false,"required":["namespace","port"],"properties":{"namespace":{"$ref":"#/definitions/shared1"},"labels":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"port":{"$ref":"#/definitions/shared5"},"protocol":{"$ref":"#/definitions/protocol"},"dataPlane":{"$ref":"#/definitions/data-plane"},"name":{"type":"string"}}},"http":{"type":["string","object"],"additionalProperties":false,"properties":{"method":{"$ref":"#/definitions/shared1"},"host":{"type":"string"},"path":{"type":"string"},"headers":{"type":"object","additionalProperties":{"$ref":"#/definitions/text-or-list"}},"version":{"$ref":"#/definitions/shared6"},"body":{"type":"string"}}},"answer":{"description":"What an external authorizer says: allow, deny, error, {allow: {set, append, remove}}, {deny: {status, body, headers}}.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","error"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allow":{"type":"object","additionalProperties":false,"properties":{"set":{"$ref":"#/definitions/texts"},"append":{"$ref":"#/definitions/texts"},"remove":{"$ref":"#/definitions/shared4"}}},"deny":{"type":"object","additionalProperties":false,"properties":{"status":{"$ref":"#/definitions/shared7"},"body":{"type":"string"},"headers":{"$ref":"#/definitions/texts"}}}}},"connection":{"type":"object","additionalProperties":false,"required":["transport","destinationPort"],"properties":{"transport":{"type":"string","enum":["plaintext","tls","mtls","hbone"]},"sourceIp":{"type":"string"},"destinationIp":{"type":"string"},"destinationPort":{"$ref":"#/definitions/shared5"},"alpn":{"$ref":"#/definitions/shared4"},"sni":{"type":"string"},"certificate":{"type":"object","additionalProperties":false,"required":["uris"],"properties":{"uris":{"$ref":"#/definitions/shared4"},"dns":{"$ref":"#/definitions/shared4"},"subject":{"type":"string"},"untrusted":{"type":"boolean","const":true}}},"silent":{"type":"boolean","const":true},"proxyProtocol":{"type":"string"}}},"raw":{"type":"object","additionalProperties":false,"required":["version","headers"],"properties":{"version":{"$ref":"#/definitions/shared6"},"method":{"type":"string"},"target":{"type":"string"},"host":{"type":["string","null"]},"headers":{"type":"array","items":{"$ref":"#/definitions/shared8"}},"otherHeaders":{"type":"string","const":"unknown"},"body":{"type":"string"}}},"test":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"$ref":"#/definitions/shared1"},"given":{"$ref":"#/definitions/request"},"request":{"$ref":"#/definitions/request"},"cases":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/case"}},"matrix":{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/shared9"}},"allow":{"type":"array","items":{"$ref":"#/definitions/shared10"}},"table":{"type":"object","additionalProperties":false,"required":["columns","rows"],"properties":{"columns":{"$ref":"#/definitions/shared11"},"rows":{"$ref":"#/definitions/shared12"}}},"whoCan":{"$ref":"#/definitions/request"},"exactly":{"$ref":"#/definitions/text-or-list"},"snapshot":{"const":true},"variants":{"$ref":"#/definitions/shared11"},"expect":{"$ref":"#/definitions/expect"},"skip":{"$ref":"#/definitions/shared1"},"only":{"type":"boolean"}}},"case":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"request":{"$ref":"#/definitions/request"},"variants":{"$ref":"#/definitions/shared11"},"expect":{"$ref":"#/definitions/expect"},"skip":{"$ref":"#/definitions/shared1"}}},"decision":{"type":"string","enum":["allow","deny","undetermined","invalid"]},"expect":{"description":"A word, or an object of which everything must hold. `deny` alone holds for the layers mtls, custom, jwt, deny, allow.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","undetermined","invalid"]},"additionalProperties":false,"minProperties":1,"properties":{"decision":{"$ref":"#/definitions/decision"},"status":{"type":"integer","minimum":100,"maximum":599},"by":{"$ref":"#/definitions/text-or-list"},"layer":{"type":"string","enum":["capture","config","mtls","http","custom","jwt","deny","allow","route"]},"hop":{"type":"string"},"identity":{"type":["string","null"],"pattern":"."},"reason":{"$ref":"#/definitions/shared1"},"reaches":{"$ref":"#/definitions/shared1"},"dryRun":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"deny":{"$ref":"#/definitions/text-or-list"},"allow":{"$ref":"#/definitions/text-or-list"}}},"audit":{"$ref":"#/definitions/text-or-list"},"headers":{"type":"object","additionalProperties":{"type":["string","null"]}},"path":{"type":"string"},"enforced":{"type":"boolean"}}},"shared1":{"type":"string","pattern":"."},"shared2":{"type":"array","items":{"type":"string"},"minItems":1},"shared3":{"type":["string","boolean","number"]},"shared4":{"type":"array","items":{"type":"string"}},"shared5":{"type":"integer","minimum":1,"maximum":65535},"shared6":{"type":"string","enum":["1.0","1.1","2"]},"shared7":{"type":"integer","minimum":200,"maximum":599},"shared8":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"string"}},"shared9":{"type":"array","minItems":1},"shared10":{"type":"object","minProperties":1},"shared11":{"type":"array","minItems":1,"items":{"type":"string"}},"shared12":{"type":"array","minItems":1,"items":{"type":"array"}}}};
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

const schema8 = {"type":"object","additionalProperties":false,"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, what else stands in this file.","$ref":"#/definitions/text-or-list"},"meshes":{"description":"Several meshes by their names; the suite runs under each of them.","type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/text-or-list"}},"include":{"$ref":"#/definitions/text-or-list"},"namespace":{"$ref":"#/definitions/shared1"},"environment":{"$ref":"#/definitions/environment"},"keys":{"description":"By issuer: trusted (the test keys that sign the tokens of this suite), unavailable, or a file with a JWKS.","$ref":"#/definitions/texts"},"now":{"$ref":"#/definitions/time"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"actors":{"$ref":"#/definitions/texts"},"groups":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared2"}},"tokens":{"type":"object","additionalProperties":{"$ref":"#/definitions/token"}},"given":{"$ref":"#/definitions/request"},"tests":{"type":"array","items":{"$ref":"#/definitions/test"}}}};
const func2 = Object.prototype.hasOwnProperty;
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

function validate30(data, {instancePath=""}={}){
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
validate30.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"$ref":"#/definitions/shared3"}},"dataPlane":{"$ref":"#/definitions/data-plane"},"assume":{"description":"filters: EnvoyFilters and WasmPlugins decide nothing.","type":"string","const":"filters"}}};
const schema12 = {"type":["string","boolean","number"]};

function validate33(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (typeof data !== "boolean")) && (!(typeof data == "number"))){
vErrors = fail(vErrors, instancePath, "type", {type: schema12.type}, "must be string,boolean,number", schema12); errors++;
}
validate33.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]};

function validate35(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema13); errors++;
}
if(!((((((data === "sidecar") || (data === "ambient")) || (data === "gateway")) || (data === "waypoint")) || (data === "proxyless")) || (data === "none"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema13.enum}, "must be equal to one of the allowed values", schema13); errors++;
}
validate35.errors = vErrors;
return errors === 0;
}


function validate32(data, {instancePath=""}={}){
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
if(!(validate33(data3[key1], {instancePath:instancePath+"/features/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/features", "type", {type: "object"}, "must be object", schema11.properties.features); errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate35(data.dataPlane, {instancePath:instancePath+"/dataPlane"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
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
validate32.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"};
const pattern1 = new RegExp("^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$", "u");

function validate39(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"}, "must match pattern \""+"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"+"\"", schema14); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema14); errors++;
}
validate39.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"object","additionalProperties":false,"properties":{"namespace":{"$ref":"#/definitions/shared1"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"$ref":"#/definitions/shared4"},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}};
const schema16 = {"type":"array","items":{"type":"string"}};

function validate45(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema16.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema16); errors++;
}
validate45.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"string","enum":["http","tcp","auto"]};

function validate47(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema17); errors++;
}
if(!(((data === "http") || (data === "tcp")) || (data === "auto"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema17.enum}, "must be equal to one of the allowed values", schema17); errors++;
}
validate47.errors = vErrors;
return errors === 0;
}

const pattern2 = new RegExp("^[0-9]{1,5}$", "u");

function validate41(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "namespace") || (key0 === "labels")) || (key0 === "annotations")) || (key0 === "serviceAccount")) || (key0 === "addresses")) || (key0 === "ports")) || (key0 === "dataPlane"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema15); errors++;
}
}
if(data.namespace !== undefined){
if(!(validate30(data.namespace, {instancePath:instancePath+"/namespace"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
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
vErrors = fail(vErrors, instancePath+"/serviceAccount", "type", {type: "string"}, "must be string", schema15.properties.serviceAccount); errors++;
}
}
if(data.addresses !== undefined){
if(!(validate45(data.addresses, {instancePath:instancePath+"/addresses"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.ports !== undefined){
let data5 = data.ports;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
const _errs10 = errors;
if(typeof key1 === "string"){
if(!pattern2.test(key1)){
vErrors = fail(vErrors, instancePath+"/ports", "pattern", {pattern: "^[0-9]{1,5}$"}, "must match pattern \""+"^[0-9]{1,5}$"+"\"", schema15.properties.ports.propertyNames, key1); errors++;
}
}
var valid1 = _errs10 === errors;
if(!valid1){
vErrors = fail(vErrors, instancePath+"/ports", "propertyNames", {propertyName: key1}, "property name must be valid", schema15.properties.ports); errors++;
}
}
for(const key2 in data5){
if(!(validate47(data5[key2], {instancePath:instancePath+"/ports/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/ports", "type", {type: "object"}, "must be object", schema15.properties.ports); errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate35(data.dataPlane, {instancePath:instancePath+"/dataPlane"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema15); errors++;
}
validate41.errors = vErrors;
return errors === 0;
}

const schema18 = {"type":"array","items":{"type":"string"},"minItems":1};

function validate52(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema18); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema18.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema18); errors++;
}
validate52.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","additionalProperties":false,"properties":{"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}};
const schema20 = {"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","HS256","HS384","HS512"]};

function validate56(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema20); errors++;
}
if(!(((((((((((((data === "RS256") || (data === "RS384")) || (data === "RS512")) || (data === "PS256")) || (data === "PS384")) || (data === "PS512")) || (data === "ES256")) || (data === "ES384")) || (data === "ES512")) || (data === "EdDSA")) || (data === "HS256")) || (data === "HS384")) || (data === "HS512"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema20.enum}, "must be equal to one of the allowed values", schema20); errors++;
}
validate56.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":"string","enum":["bad-signature","expired","not-yet-valid","unknown-issuer","unknown-kid","wrong-audience","malformed","alg-none"]};

function validate58(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema21); errors++;
}
if(!((((((((data === "bad-signature") || (data === "expired")) || (data === "not-yet-valid")) || (data === "unknown-issuer")) || (data === "unknown-kid")) || (data === "wrong-audience")) || (data === "malformed")) || (data === "alg-none"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema21.enum}, "must be equal to one of the allowed values", schema21); errors++;
}
validate58.errors = vErrors;
return errors === 0;
}


function validate54(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema19.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema19); errors++;
}
}
if(data.extends !== undefined){
let data0 = data.extends;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/extends", "type", {type: "string"}, "must be string", schema19.properties.extends); errors++;
}
}
if(data.issuer !== undefined){
let data1 = data.issuer;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/issuer", "type", {type: "string"}, "must be string", schema19.properties.issuer); errors++;
}
}
if(data.claims !== undefined){
let data2 = data.claims;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
vErrors = fail(vErrors, instancePath+"/claims", "type", {type: "object"}, "must be object", schema19.properties.claims); errors++;
}
}
if(data.audience !== undefined){
if(!(validate26(data.audience, {instancePath:instancePath+"/audience"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.expiresIn !== undefined){
let data4 = data.expiresIn;
if(typeof data4 !== "string"){
vErrors = fail(vErrors, instancePath+"/expiresIn", "type", {type: "string"}, "must be string", schema19.properties.expiresIn); errors++;
}
}
if(data.notBefore !== undefined){
let data5 = data.notBefore;
if(typeof data5 !== "string"){
vErrors = fail(vErrors, instancePath+"/notBefore", "type", {type: "string"}, "must be string", schema19.properties.notBefore); errors++;
}
}
if(data.kid !== undefined){
let data6 = data.kid;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/kid", "type", {type: "string"}, "must be string", schema19.properties.kid); errors++;
}
}
if(data.alg !== undefined){
if(!(validate56(data.alg, {instancePath:instancePath+"/alg"}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.invalid !== undefined){
if(!(validate58(data.invalid, {instancePath:instancePath+"/invalid"}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema19); errors++;
}
validate54.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","additionalProperties":false,"properties":{"from":{"description":"An actor, a workload, a group; sa/NS/NAME, deploy/NS/NAME, spiffe://..., gateway/NS/NAME, external/IP, node, none. Several: each of them.","$ref":"#/definitions/text-or-list"},"to":{"$ref":"#/definitions/destination"},"http":{"$ref":"#/definitions/http"},"grpc":{"type":"string"},"token":{"$ref":"#/definitions/token-uses"},"transport":{"type":"string","enum":["mtls","hbone","tls","plaintext"]},"source":{"type":"object","additionalProperties":false,"properties":{"ip":{"type":"string"},"proxyProtocol":{"type":"string"}}},"sni":{"type":"string"},"providers":{"type":"object","additionalProperties":{"$ref":"#/definitions/answer"}},"now":{"$ref":"#/definitions/time"},"connection":{"$ref":"#/definitions/connection"},"raw":{"$ref":"#/definitions/raw"}}};
const schema23 = {"type":["string","object"],"additionalProperties":false,"required":["namespace","port"],"properties":{"namespace":{"$ref":"#/definitions/shared1"},"labels":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"port":{"$ref":"#/definitions/shared5"},"protocol":{"$ref":"#/definitions/protocol"},"dataPlane":{"$ref":"#/definitions/data-plane"},"name":{"type":"string"}}};
const schema24 = {"type":"integer","minimum":1,"maximum":65535};

function validate66(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(!((typeof data == "number") && (!(data % 1) && !isNaN(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: "integer"}, "must be integer", schema24); errors++;
}
if(typeof data == "number"){
if(data > 65535 || isNaN(data)){
vErrors = fail(vErrors, instancePath, "maximum", {comparison: "<=", limit: 65535}, "must be <= 65535", schema24); errors++;
}
if(data < 1 || isNaN(data)){
vErrors = fail(vErrors, instancePath, "minimum", {comparison: ">=", limit: 1}, "must be >= 1", schema24); errors++;
}
}
validate66.errors = vErrors;
return errors === 0;
}


function validate63(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema23.type}, "must be string,object", schema23); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.namespace === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "namespace"}, "must have required property '"+"namespace"+"'", schema23); errors++;
}
if(data.port === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "port"}, "must have required property '"+"port"+"'", schema23); errors++;
}
for(const key0 in data){
if(!(((((((key0 === "namespace") || (key0 === "labels")) || (key0 === "serviceAccount")) || (key0 === "port")) || (key0 === "protocol")) || (key0 === "dataPlane")) || (key0 === "name"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema23); errors++;
}
}
if(data.namespace !== undefined){
if(!(validate30(data.namespace, {instancePath:instancePath+"/namespace"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined){
if(!(validate22(data.labels, {instancePath:instancePath+"/labels"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
let data2 = data.serviceAccount;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/serviceAccount", "type", {type: "string"}, "must be string", schema23.properties.serviceAccount); errors++;
}
}
if(data.port !== undefined){
if(!(validate66(data.port, {instancePath:instancePath+"/port"}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data.protocol !== undefined){
if(!(validate47(data.protocol, {instancePath:instancePath+"/protocol"}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
if(data.dataPlane !== undefined){
if(!(validate35(data.dataPlane, {instancePath:instancePath+"/dataPlane"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data6 = data.name;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/name", "type", {type: "string"}, "must be string", schema23.properties.name); errors++;
}
}
}
validate63.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":["string","object"],"additionalProperties":false,"properties":{"method":{"$ref":"#/definitions/shared1"},"host":{"type":"string"},"path":{"type":"string"},"headers":{"type":"object","additionalProperties":{"$ref":"#/definitions/text-or-list"}},"version":{"$ref":"#/definitions/shared6"},"body":{"type":"string"}}};
const schema26 = {"type":"string","enum":["1.0","1.1","2"]};

function validate74(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema26); errors++;
}
if(!(((data === "1.0") || (data === "1.1")) || (data === "2"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema26.enum}, "must be equal to one of the allowed values", schema26); errors++;
}
validate74.errors = vErrors;
return errors === 0;
}


function validate71(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema25.type}, "must be string,object", schema25); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "method") || (key0 === "host")) || (key0 === "path")) || (key0 === "headers")) || (key0 === "version")) || (key0 === "body"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema25); errors++;
}
}
if(data.method !== undefined){
if(!(validate30(data.method, {instancePath:instancePath+"/method"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/host", "type", {type: "string"}, "must be string", schema25.properties.host); errors++;
}
}
if(data.path !== undefined){
let data2 = data.path;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/path", "type", {type: "string"}, "must be string", schema25.properties.path); errors++;
}
}
if(data.headers !== undefined){
let data3 = data.headers;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(validate26(data3[key1], {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/headers", "type", {type: "object"}, "must be object", schema25.properties.headers); errors++;
}
}
if(data.version !== undefined){
if(!(validate74(data.version, {instancePath:instancePath+"/version"}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data.body !== undefined){
let data6 = data.body;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/body", "type", {type: "string"}, "must be string", schema25.properties.body); errors++;
}
}
}
validate71.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":["string","object","array"],"if":{"type":"array"},"then":{"items":{"$ref":"#/definitions/token-use"}},"else":{"$ref":"#/definitions/token-use"}};
const schema28 = {"description":"A named token and how it is sent, or a token described in place.","type":["string","object"],"additionalProperties":false,"properties":{"use":{"type":"string"},"raw":{"type":"string"},"header":{"type":"string"},"prefix":{"type":"string"},"param":{"type":"string"},"cookie":{"type":"string"},"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}};

function validate78(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema28.type}, "must be string,object", schema28); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema28.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema28); errors++;
}
}
if(data.use !== undefined){
let data0 = data.use;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/use", "type", {type: "string"}, "must be string", schema28.properties.use); errors++;
}
}
if(data.raw !== undefined){
let data1 = data.raw;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/raw", "type", {type: "string"}, "must be string", schema28.properties.raw); errors++;
}
}
if(data.header !== undefined){
let data2 = data.header;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/header", "type", {type: "string"}, "must be string", schema28.properties.header); errors++;
}
}
if(data.prefix !== undefined){
let data3 = data.prefix;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/prefix", "type", {type: "string"}, "must be string", schema28.properties.prefix); errors++;
}
}
if(data.param !== undefined){
let data4 = data.param;
if(typeof data4 !== "string"){
vErrors = fail(vErrors, instancePath+"/param", "type", {type: "string"}, "must be string", schema28.properties.param); errors++;
}
}
if(data.cookie !== undefined){
let data5 = data.cookie;
if(typeof data5 !== "string"){
vErrors = fail(vErrors, instancePath+"/cookie", "type", {type: "string"}, "must be string", schema28.properties.cookie); errors++;
}
}
if(data.extends !== undefined){
let data6 = data.extends;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/extends", "type", {type: "string"}, "must be string", schema28.properties.extends); errors++;
}
}
if(data.issuer !== undefined){
let data7 = data.issuer;
if(typeof data7 !== "string"){
vErrors = fail(vErrors, instancePath+"/issuer", "type", {type: "string"}, "must be string", schema28.properties.issuer); errors++;
}
}
if(data.claims !== undefined){
let data8 = data.claims;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
vErrors = fail(vErrors, instancePath+"/claims", "type", {type: "object"}, "must be object", schema28.properties.claims); errors++;
}
}
if(data.audience !== undefined){
if(!(validate26(data.audience, {instancePath:instancePath+"/audience"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.expiresIn !== undefined){
let data10 = data.expiresIn;
if(typeof data10 !== "string"){
vErrors = fail(vErrors, instancePath+"/expiresIn", "type", {type: "string"}, "must be string", schema28.properties.expiresIn); errors++;
}
}
if(data.notBefore !== undefined){
let data11 = data.notBefore;
if(typeof data11 !== "string"){
vErrors = fail(vErrors, instancePath+"/notBefore", "type", {type: "string"}, "must be string", schema28.properties.notBefore); errors++;
}
}
if(data.kid !== undefined){
let data12 = data.kid;
if(typeof data12 !== "string"){
vErrors = fail(vErrors, instancePath+"/kid", "type", {type: "string"}, "must be string", schema28.properties.kid); errors++;
}
}
if(data.alg !== undefined){
if(!(validate56(data.alg, {instancePath:instancePath+"/alg"}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
if(data.invalid !== undefined){
if(!(validate58(data.invalid, {instancePath:instancePath+"/invalid"}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
}
validate78.errors = vErrors;
return errors === 0;
}


function validate77(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((!data || typeof data != "object") && (typeof data !== "string")){
vErrors = fail(vErrors, instancePath, "type", {type: schema27.type}, "must be string,object,array", schema27); errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(!(Array.isArray(data))){
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
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate78(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs6 = errors;
if(!(validate78(data, {instancePath}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
vErrors = fail(vErrors, instancePath, "if", {failingKeyword: ifClause0}, "must match \""+ifClause0+"\" schema", schema27); errors++;
}
validate77.errors = vErrors;
return errors === 0;
}

const schema29 = {"description":"What an external authorizer says: allow, deny, error, {allow: {set, append, remove}}, {deny: {status, body, headers}}.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","error"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allow":{"type":"object","additionalProperties":false,"properties":{"set":{"$ref":"#/definitions/texts"},"append":{"$ref":"#/definitions/texts"},"remove":{"$ref":"#/definitions/shared4"}}},"deny":{"type":"object","additionalProperties":false,"properties":{"status":{"$ref":"#/definitions/shared7"},"body":{"type":"string"},"headers":{"$ref":"#/definitions/texts"}}}}};
const schema30 = {"type":"integer","minimum":200,"maximum":599};

function validate89(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(!((typeof data == "number") && (!(data % 1) && !isNaN(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: "integer"}, "must be integer", schema30); errors++;
}
if(typeof data == "number"){
if(data > 599 || isNaN(data)){
vErrors = fail(vErrors, instancePath, "maximum", {comparison: "<=", limit: 599}, "must be <= 599", schema30); errors++;
}
if(data < 200 || isNaN(data)){
vErrors = fail(vErrors, instancePath, "minimum", {comparison: ">=", limit: 200}, "must be >= 200", schema30); errors++;
}
}
validate89.errors = vErrors;
return errors === 0;
}


function validate85(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema29.type}, "must be string,object", schema29); errors++;
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
if(!(((data === "allow") || (data === "deny")) || (data === "error"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema29.then.enum}, "must be equal to one of the allowed values", schema29.then); errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
vErrors = fail(vErrors, instancePath, "if", {failingKeyword: "then"}, "must match \"then\" schema", schema29); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
vErrors = fail(vErrors, instancePath, "maxProperties", {limit: 1}, "must NOT have more than 1 properties", schema29); errors++;
}
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema29); errors++;
}
for(const key0 in data){
if(!((key0 === "allow") || (key0 === "deny"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema29); errors++;
}
}
if(data.allow !== undefined){
let data0 = data.allow;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(((key1 === "set") || (key1 === "append")) || (key1 === "remove"))){
vErrors = fail(vErrors, instancePath+"/allow", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema29.properties.allow); errors++;
}
}
if(data0.set !== undefined){
if(!(validate22(data0.set, {instancePath:instancePath+"/allow/set"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data0.append !== undefined){
if(!(validate22(data0.append, {instancePath:instancePath+"/allow/append"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data0.remove !== undefined){
if(!(validate45(data0.remove, {instancePath:instancePath+"/allow/remove"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/allow", "type", {type: "object"}, "must be object", schema29.properties.allow); errors++;
}
}
if(data.deny !== undefined){
let data4 = data.deny;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(((key2 === "status") || (key2 === "body")) || (key2 === "headers"))){
vErrors = fail(vErrors, instancePath+"/deny", "additionalProperties", {additionalProperty: key2}, "must NOT have additional properties", schema29.properties.deny); errors++;
}
}
if(data4.status !== undefined){
if(!(validate89(data4.status, {instancePath:instancePath+"/deny/status"}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data4.body !== undefined){
let data6 = data4.body;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/deny/body", "type", {type: "string"}, "must be string", schema29.properties.deny.properties.body); errors++;
}
}
if(data4.headers !== undefined){
if(!(validate22(data4.headers, {instancePath:instancePath+"/deny/headers"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/deny", "type", {type: "object"}, "must be object", schema29.properties.deny); errors++;
}
}
}
validate85.errors = vErrors;
return errors === 0;
}

const schema31 = {"type":"object","additionalProperties":false,"required":["transport","destinationPort"],"properties":{"transport":{"type":"string","enum":["plaintext","tls","mtls","hbone"]},"sourceIp":{"type":"string"},"destinationIp":{"type":"string"},"destinationPort":{"$ref":"#/definitions/shared5"},"alpn":{"$ref":"#/definitions/shared4"},"sni":{"type":"string"},"certificate":{"type":"object","additionalProperties":false,"required":["uris"],"properties":{"uris":{"$ref":"#/definitions/shared4"},"dns":{"$ref":"#/definitions/shared4"},"subject":{"type":"string"},"untrusted":{"type":"boolean","const":true}}},"silent":{"type":"boolean","const":true},"proxyProtocol":{"type":"string"}}};

function validate94(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.transport === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "transport"}, "must have required property '"+"transport"+"'", schema31); errors++;
}
if(data.destinationPort === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "destinationPort"}, "must have required property '"+"destinationPort"+"'", schema31); errors++;
}
for(const key0 in data){
if(!(func2.call(schema31.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema31); errors++;
}
}
if(data.transport !== undefined){
let data0 = data.transport;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/transport", "type", {type: "string"}, "must be string", schema31.properties.transport); errors++;
}
if(!((((data0 === "plaintext") || (data0 === "tls")) || (data0 === "mtls")) || (data0 === "hbone"))){
vErrors = fail(vErrors, instancePath+"/transport", "enum", {allowedValues: schema31.properties.transport.enum}, "must be equal to one of the allowed values", schema31.properties.transport); errors++;
}
}
if(data.sourceIp !== undefined){
let data1 = data.sourceIp;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/sourceIp", "type", {type: "string"}, "must be string", schema31.properties.sourceIp); errors++;
}
}
if(data.destinationIp !== undefined){
let data2 = data.destinationIp;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/destinationIp", "type", {type: "string"}, "must be string", schema31.properties.destinationIp); errors++;
}
}
if(data.destinationPort !== undefined){
if(!(validate66(data.destinationPort, {instancePath:instancePath+"/destinationPort"}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
if(data.alpn !== undefined){
if(!(validate45(data.alpn, {instancePath:instancePath+"/alpn"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.sni !== undefined){
let data5 = data.sni;
if(typeof data5 !== "string"){
vErrors = fail(vErrors, instancePath+"/sni", "type", {type: "string"}, "must be string", schema31.properties.sni); errors++;
}
}
if(data.certificate !== undefined){
let data6 = data.certificate;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.uris === undefined){
vErrors = fail(vErrors, instancePath+"/certificate", "required", {missingProperty: "uris"}, "must have required property '"+"uris"+"'", schema31.properties.certificate); errors++;
}
for(const key1 in data6){
if(!((((key1 === "uris") || (key1 === "dns")) || (key1 === "subject")) || (key1 === "untrusted"))){
vErrors = fail(vErrors, instancePath+"/certificate", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema31.properties.certificate); errors++;
}
}
if(data6.uris !== undefined){
if(!(validate45(data6.uris, {instancePath:instancePath+"/certificate/uris"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data6.dns !== undefined){
if(!(validate45(data6.dns, {instancePath:instancePath+"/certificate/dns"}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data6.subject !== undefined){
let data9 = data6.subject;
if(typeof data9 !== "string"){
vErrors = fail(vErrors, instancePath+"/certificate/subject", "type", {type: "string"}, "must be string", schema31.properties.certificate.properties.subject); errors++;
}
}
if(data6.untrusted !== undefined){
let data10 = data6.untrusted;
if(typeof data10 !== "boolean"){
vErrors = fail(vErrors, instancePath+"/certificate/untrusted", "type", {type: "boolean"}, "must be boolean", schema31.properties.certificate.properties.untrusted); errors++;
}
if(true !== data10){
vErrors = fail(vErrors, instancePath+"/certificate/untrusted", "const", {allowedValue: true}, "must be equal to constant", schema31.properties.certificate.properties.untrusted); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/certificate", "type", {type: "object"}, "must be object", schema31.properties.certificate); errors++;
}
}
if(data.silent !== undefined){
let data11 = data.silent;
if(typeof data11 !== "boolean"){
vErrors = fail(vErrors, instancePath+"/silent", "type", {type: "boolean"}, "must be boolean", schema31.properties.silent); errors++;
}
if(true !== data11){
vErrors = fail(vErrors, instancePath+"/silent", "const", {allowedValue: true}, "must be equal to constant", schema31.properties.silent); errors++;
}
}
if(data.proxyProtocol !== undefined){
let data12 = data.proxyProtocol;
if(typeof data12 !== "string"){
vErrors = fail(vErrors, instancePath+"/proxyProtocol", "type", {type: "string"}, "must be string", schema31.properties.proxyProtocol); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema31); errors++;
}
validate94.errors = vErrors;
return errors === 0;
}

const schema32 = {"type":"object","additionalProperties":false,"required":["version","headers"],"properties":{"version":{"$ref":"#/definitions/shared6"},"method":{"type":"string"},"target":{"type":"string"},"host":{"type":["string","null"]},"headers":{"type":"array","items":{"$ref":"#/definitions/shared8"}},"otherHeaders":{"type":"string","const":"unknown"},"body":{"type":"string"}}};
const schema33 = {"type":"array","minItems":2,"maxItems":2,"items":{"type":"string"}};

function validate102(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 2){
vErrors = fail(vErrors, instancePath, "maxItems", {limit: 2}, "must NOT have more than 2 items", schema33); errors++;
}
if(data.length < 2){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 2}, "must NOT have fewer than 2 items", schema33); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema33.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema33); errors++;
}
validate102.errors = vErrors;
return errors === 0;
}


function validate100(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "version"}, "must have required property '"+"version"+"'", schema32); errors++;
}
if(data.headers === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "headers"}, "must have required property '"+"headers"+"'", schema32); errors++;
}
for(const key0 in data){
if(!(((((((key0 === "version") || (key0 === "method")) || (key0 === "target")) || (key0 === "host")) || (key0 === "headers")) || (key0 === "otherHeaders")) || (key0 === "body"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema32); errors++;
}
}
if(data.version !== undefined){
if(!(validate74(data.version, {instancePath:instancePath+"/version"}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data.method !== undefined){
let data1 = data.method;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/method", "type", {type: "string"}, "must be string", schema32.properties.method); errors++;
}
}
if(data.target !== undefined){
let data2 = data.target;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/target", "type", {type: "string"}, "must be string", schema32.properties.target); errors++;
}
}
if(data.host !== undefined){
let data3 = data.host;
if((typeof data3 !== "string") && (data3 !== null)){
vErrors = fail(vErrors, instancePath+"/host", "type", {type: schema32.properties.host.type}, "must be string,null", schema32.properties.host); errors++;
}
}
if(data.headers !== undefined){
let data4 = data.headers;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate102(data4[i0], {instancePath:instancePath+"/headers/" + i0}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/headers", "type", {type: "array"}, "must be array", schema32.properties.headers); errors++;
}
}
if(data.otherHeaders !== undefined){
let data6 = data.otherHeaders;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/otherHeaders", "type", {type: "string"}, "must be string", schema32.properties.otherHeaders); errors++;
}
if("unknown" !== data6){
vErrors = fail(vErrors, instancePath+"/otherHeaders", "const", {allowedValue: "unknown"}, "must be equal to constant", schema32.properties.otherHeaders); errors++;
}
}
if(data.body !== undefined){
let data7 = data.body;
if(typeof data7 !== "string"){
vErrors = fail(vErrors, instancePath+"/body", "type", {type: "string"}, "must be string", schema32.properties.body); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema32); errors++;
}
validate100.errors = vErrors;
return errors === 0;
}


function validate61(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema22.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema22); errors++;
}
}
if(data.from !== undefined){
if(!(validate26(data.from, {instancePath:instancePath+"/from"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate63(data.to, {instancePath:instancePath+"/to"}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.http !== undefined){
if(!(validate71(data.http, {instancePath:instancePath+"/http"}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.grpc !== undefined){
let data3 = data.grpc;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/grpc", "type", {type: "string"}, "must be string", schema22.properties.grpc); errors++;
}
}
if(data.token !== undefined){
if(!(validate77(data.token, {instancePath:instancePath+"/token"}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data.transport !== undefined){
let data5 = data.transport;
if(typeof data5 !== "string"){
vErrors = fail(vErrors, instancePath+"/transport", "type", {type: "string"}, "must be string", schema22.properties.transport); errors++;
}
if(!((((data5 === "mtls") || (data5 === "hbone")) || (data5 === "tls")) || (data5 === "plaintext"))){
vErrors = fail(vErrors, instancePath+"/transport", "enum", {allowedValues: schema22.properties.transport.enum}, "must be equal to one of the allowed values", schema22.properties.transport); errors++;
}
}
if(data.source !== undefined){
let data6 = data.source;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
if(!((key1 === "ip") || (key1 === "proxyProtocol"))){
vErrors = fail(vErrors, instancePath+"/source", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema22.properties.source); errors++;
}
}
if(data6.ip !== undefined){
let data7 = data6.ip;
if(typeof data7 !== "string"){
vErrors = fail(vErrors, instancePath+"/source/ip", "type", {type: "string"}, "must be string", schema22.properties.source.properties.ip); errors++;
}
}
if(data6.proxyProtocol !== undefined){
let data8 = data6.proxyProtocol;
if(typeof data8 !== "string"){
vErrors = fail(vErrors, instancePath+"/source/proxyProtocol", "type", {type: "string"}, "must be string", schema22.properties.source.properties.proxyProtocol); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/source", "type", {type: "object"}, "must be object", schema22.properties.source); errors++;
}
}
if(data.sni !== undefined){
let data9 = data.sni;
if(typeof data9 !== "string"){
vErrors = fail(vErrors, instancePath+"/sni", "type", {type: "string"}, "must be string", schema22.properties.sni); errors++;
}
}
if(data.providers !== undefined){
let data10 = data.providers;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(validate85(data10[key2], {instancePath:instancePath+"/providers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/providers", "type", {type: "object"}, "must be object", schema22.properties.providers); errors++;
}
}
if(data.now !== undefined){
if(!(validate39(data.now, {instancePath:instancePath+"/now"}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
if(data.connection !== undefined){
if(!(validate94(data.connection, {instancePath:instancePath+"/connection"}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.raw !== undefined){
if(!(validate100(data.raw, {instancePath:instancePath+"/raw"}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema22); errors++;
}
validate61.errors = vErrors;
return errors === 0;
}

const schema34 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"$ref":"#/definitions/shared1"},"given":{"$ref":"#/definitions/request"},"request":{"$ref":"#/definitions/request"},"cases":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/case"}},"matrix":{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/shared9"}},"allow":{"type":"array","items":{"$ref":"#/definitions/shared10"}},"table":{"type":"object","additionalProperties":false,"required":["columns","rows"],"properties":{"columns":{"$ref":"#/definitions/shared11"},"rows":{"$ref":"#/definitions/shared12"}}},"whoCan":{"$ref":"#/definitions/request"},"exactly":{"$ref":"#/definitions/text-or-list"},"snapshot":{"const":true},"variants":{"$ref":"#/definitions/shared11"},"expect":{"$ref":"#/definitions/expect"},"skip":{"$ref":"#/definitions/shared1"},"only":{"type":"boolean"}}};
const schema35 = {"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"request":{"$ref":"#/definitions/request"},"variants":{"$ref":"#/definitions/shared11"},"expect":{"$ref":"#/definitions/expect"},"skip":{"$ref":"#/definitions/shared1"}}};
const schema36 = {"type":"array","minItems":1,"items":{"type":"string"}};

function validate112(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema36); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema36.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema36); errors++;
}
validate112.errors = vErrors;
return errors === 0;
}

const schema37 = {"description":"A word, or an object of which everything must hold. `deny` alone holds for the layers mtls, custom, jwt, deny, allow.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","undetermined","invalid"]},"additionalProperties":false,"minProperties":1,"properties":{"decision":{"$ref":"#/definitions/decision"},"status":{"type":"integer","minimum":100,"maximum":599},"by":{"$ref":"#/definitions/text-or-list"},"layer":{"type":"string","enum":["capture","config","mtls","http","custom","jwt","deny","allow","route"]},"hop":{"type":"string"},"identity":{"type":["string","null"],"pattern":"."},"reason":{"$ref":"#/definitions/shared1"},"reaches":{"$ref":"#/definitions/shared1"},"dryRun":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"deny":{"$ref":"#/definitions/text-or-list"},"allow":{"$ref":"#/definitions/text-or-list"}}},"audit":{"$ref":"#/definitions/text-or-list"},"headers":{"type":"object","additionalProperties":{"type":["string","null"]}},"path":{"type":"string"},"enforced":{"type":"boolean"}}};
const schema38 = {"type":"string","enum":["allow","deny","undetermined","invalid"]};

function validate115(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema38); errors++;
}
if(!((((data === "allow") || (data === "deny")) || (data === "undetermined")) || (data === "invalid"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema38.enum}, "must be equal to one of the allowed values", schema38); errors++;
}
validate115.errors = vErrors;
return errors === 0;
}


function validate114(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
vErrors = fail(vErrors, instancePath, "type", {type: schema37.type}, "must be string,object", schema37); errors++;
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
if(!((((data === "allow") || (data === "deny")) || (data === "undetermined")) || (data === "invalid"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema37.then.enum}, "must be equal to one of the allowed values", schema37.then); errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
vErrors = fail(vErrors, instancePath, "if", {failingKeyword: "then"}, "must match \"then\" schema", schema37); errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema37); errors++;
}
for(const key0 in data){
if(!(func2.call(schema37.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema37); errors++;
}
}
if(data.decision !== undefined){
if(!(validate115(data.decision, {instancePath:instancePath+"/decision"}))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.status !== undefined){
let data1 = data.status;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
vErrors = fail(vErrors, instancePath+"/status", "type", {type: "integer"}, "must be integer", schema37.properties.status); errors++;
}
if(typeof data1 == "number"){
if(data1 > 599 || isNaN(data1)){
vErrors = fail(vErrors, instancePath+"/status", "maximum", {comparison: "<=", limit: 599}, "must be <= 599", schema37.properties.status); errors++;
}
if(data1 < 100 || isNaN(data1)){
vErrors = fail(vErrors, instancePath+"/status", "minimum", {comparison: ">=", limit: 100}, "must be >= 100", schema37.properties.status); errors++;
}
}
}
if(data.by !== undefined){
if(!(validate26(data.by, {instancePath:instancePath+"/by"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.layer !== undefined){
let data3 = data.layer;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/layer", "type", {type: "string"}, "must be string", schema37.properties.layer); errors++;
}
if(!(((((((((data3 === "capture") || (data3 === "config")) || (data3 === "mtls")) || (data3 === "http")) || (data3 === "custom")) || (data3 === "jwt")) || (data3 === "deny")) || (data3 === "allow")) || (data3 === "route"))){
vErrors = fail(vErrors, instancePath+"/layer", "enum", {allowedValues: schema37.properties.layer.enum}, "must be equal to one of the allowed values", schema37.properties.layer); errors++;
}
}
if(data.hop !== undefined){
let data4 = data.hop;
if(typeof data4 !== "string"){
vErrors = fail(vErrors, instancePath+"/hop", "type", {type: "string"}, "must be string", schema37.properties.hop); errors++;
}
}
if(data.identity !== undefined){
let data5 = data.identity;
if((typeof data5 !== "string") && (data5 !== null)){
vErrors = fail(vErrors, instancePath+"/identity", "type", {type: schema37.properties.identity.type}, "must be string,null", schema37.properties.identity); errors++;
}
if(typeof data5 === "string"){
if(!pattern0.test(data5)){
vErrors = fail(vErrors, instancePath+"/identity", "pattern", {pattern: "."}, "must match pattern \""+"."+"\"", schema37.properties.identity); errors++;
}
}
}
if(data.reason !== undefined){
if(!(validate30(data.reason, {instancePath:instancePath+"/reason"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.reaches !== undefined){
if(!(validate30(data.reaches, {instancePath:instancePath+"/reaches"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.dryRun !== undefined){
let data8 = data.dryRun;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
vErrors = fail(vErrors, instancePath+"/dryRun", "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema37.properties.dryRun); errors++;
}
for(const key1 in data8){
if(!((key1 === "deny") || (key1 === "allow"))){
vErrors = fail(vErrors, instancePath+"/dryRun", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema37.properties.dryRun); errors++;
}
}
if(data8.deny !== undefined){
if(!(validate26(data8.deny, {instancePath:instancePath+"/dryRun/deny"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data8.allow !== undefined){
if(!(validate26(data8.allow, {instancePath:instancePath+"/dryRun/allow"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/dryRun", "type", {type: "object"}, "must be object", schema37.properties.dryRun); errors++;
}
}
if(data.audit !== undefined){
if(!(validate26(data.audit, {instancePath:instancePath+"/audit"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined){
let data12 = data.headers;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key2 in data12){
let data13 = data12[key2];
if((typeof data13 !== "string") && (data13 !== null)){
vErrors = fail(vErrors, instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: schema37.properties.headers.additionalProperties.type}, "must be string,null", schema37.properties.headers.additionalProperties); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/headers", "type", {type: "object"}, "must be object", schema37.properties.headers); errors++;
}
}
if(data.path !== undefined){
let data14 = data.path;
if(typeof data14 !== "string"){
vErrors = fail(vErrors, instancePath+"/path", "type", {type: "string"}, "must be string", schema37.properties.path); errors++;
}
}
if(data.enforced !== undefined){
let data15 = data.enforced;
if(typeof data15 !== "boolean"){
vErrors = fail(vErrors, instancePath+"/enforced", "type", {type: "boolean"}, "must be boolean", schema37.properties.enforced); errors++;
}
}
}
validate114.errors = vErrors;
return errors === 0;
}


function validate110(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "request")) || (key0 === "variants")) || (key0 === "expect")) || (key0 === "skip"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema35); errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/name", "type", {type: "string"}, "must be string", schema35.properties.name); errors++;
}
}
if(data.request !== undefined){
if(!(validate61(data.request, {instancePath:instancePath+"/request"}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.variants !== undefined){
if(!(validate112(data.variants, {instancePath:instancePath+"/variants"}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate114(data.expect, {instancePath:instancePath+"/expect"}))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.skip !== undefined){
if(!(validate30(data.skip, {instancePath:instancePath+"/skip"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema35); errors++;
}
validate110.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"array","minItems":1};

function validate126(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema39); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema39); errors++;
}
validate126.errors = vErrors;
return errors === 0;
}

const schema40 = {"type":"object","minProperties":1};

function validate128(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
vErrors = fail(vErrors, instancePath, "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema40); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema40); errors++;
}
validate128.errors = vErrors;
return errors === 0;
}

const schema41 = {"type":"array","minItems":1,"items":{"type":"array"}};

function validate131(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
vErrors = fail(vErrors, instancePath, "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema41); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(!(Array.isArray(data0))){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "array"}, "must be array", schema41.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema41); errors++;
}
validate131.errors = vErrors;
return errors === 0;
}


function validate106(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "name"}, "must have required property '"+"name"+"'", schema34); errors++;
}
for(const key0 in data){
if(!(func2.call(schema34.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema34); errors++;
}
}
if(data.name !== undefined){
if(!(validate30(data.name, {instancePath:instancePath+"/name"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.given !== undefined){
if(!(validate61(data.given, {instancePath:instancePath+"/given"}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.request !== undefined){
if(!(validate61(data.request, {instancePath:instancePath+"/request"}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.cases !== undefined){
let data3 = data.cases;
if(Array.isArray(data3)){
if(data3.length < 1){
vErrors = fail(vErrors, instancePath+"/cases", "minItems", {limit: 1}, "must NOT have fewer than 1 items", schema34.properties.cases); errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate110(data3[i0], {instancePath:instancePath+"/cases/" + i0}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/cases", "type", {type: "array"}, "must be array", schema34.properties.cases); errors++;
}
}
if(data.matrix !== undefined){
let data5 = data.matrix;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length < 1){
vErrors = fail(vErrors, instancePath+"/matrix", "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema34.properties.matrix); errors++;
}
for(const key1 in data5){
if(!(validate126(data5[key1], {instancePath:instancePath+"/matrix/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/matrix", "type", {type: "object"}, "must be object", schema34.properties.matrix); errors++;
}
}
if(data.allow !== undefined){
let data7 = data.allow;
if(Array.isArray(data7)){
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
if(!(validate128(data7[i1], {instancePath:instancePath+"/allow/" + i1}))){
vErrors = vErrors === null ? validate128.errors : vErrors.concat(validate128.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/allow", "type", {type: "array"}, "must be array", schema34.properties.allow); errors++;
}
}
if(data.table !== undefined){
let data9 = data.table;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.columns === undefined){
vErrors = fail(vErrors, instancePath+"/table", "required", {missingProperty: "columns"}, "must have required property '"+"columns"+"'", schema34.properties.table); errors++;
}
if(data9.rows === undefined){
vErrors = fail(vErrors, instancePath+"/table", "required", {missingProperty: "rows"}, "must have required property '"+"rows"+"'", schema34.properties.table); errors++;
}
for(const key2 in data9){
if(!((key2 === "columns") || (key2 === "rows"))){
vErrors = fail(vErrors, instancePath+"/table", "additionalProperties", {additionalProperty: key2}, "must NOT have additional properties", schema34.properties.table); errors++;
}
}
if(data9.columns !== undefined){
if(!(validate112(data9.columns, {instancePath:instancePath+"/table/columns"}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data9.rows !== undefined){
if(!(validate131(data9.rows, {instancePath:instancePath+"/table/rows"}))){
vErrors = vErrors === null ? validate131.errors : vErrors.concat(validate131.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/table", "type", {type: "object"}, "must be object", schema34.properties.table); errors++;
}
}
if(data.whoCan !== undefined){
if(!(validate61(data.whoCan, {instancePath:instancePath+"/whoCan"}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.exactly !== undefined){
if(!(validate26(data.exactly, {instancePath:instancePath+"/exactly"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.snapshot !== undefined){
let data14 = data.snapshot;
if(true !== data14){
vErrors = fail(vErrors, instancePath+"/snapshot", "const", {allowedValue: true}, "must be equal to constant", schema34.properties.snapshot); errors++;
}
}
if(data.variants !== undefined){
if(!(validate112(data.variants, {instancePath:instancePath+"/variants"}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate114(data.expect, {instancePath:instancePath+"/expect"}))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.skip !== undefined){
if(!(validate30(data.skip, {instancePath:instancePath+"/skip"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.only !== undefined){
let data18 = data.only;
if(typeof data18 !== "boolean"){
vErrors = fail(vErrors, instancePath+"/only", "type", {type: "boolean"}, "must be boolean", schema34.properties.only); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema34); errors++;
}
validate106.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema8); errors++;
}
}
if(data.mesh !== undefined){
if(!(validate26(data.mesh, {instancePath:instancePath+"/mesh"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.meshes !== undefined){
let data1 = data.meshes;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length < 1){
vErrors = fail(vErrors, instancePath+"/meshes", "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema8.properties.meshes); errors++;
}
for(const key1 in data1){
if(!(validate26(data1[key1], {instancePath:instancePath+"/meshes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/meshes", "type", {type: "object"}, "must be object", schema8.properties.meshes); errors++;
}
}
if(data.include !== undefined){
if(!(validate26(data.include, {instancePath:instancePath+"/include"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
if(!(validate30(data.namespace, {instancePath:instancePath+"/namespace"}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.environment !== undefined){
if(!(validate32(data.environment, {instancePath:instancePath+"/environment"}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.keys !== undefined){
if(!(validate22(data.keys, {instancePath:instancePath+"/keys"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.now !== undefined){
if(!(validate39(data.now, {instancePath:instancePath+"/now"}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
if(data.workloads !== undefined){
let data8 = data.workloads;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
if(!(validate41(data8[key2], {instancePath:instancePath+"/workloads/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/workloads", "type", {type: "object"}, "must be object", schema8.properties.workloads); errors++;
}
}
if(data.actors !== undefined){
if(!(validate22(data.actors, {instancePath:instancePath+"/actors"}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.groups !== undefined){
let data11 = data.groups;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
if(!(validate52(data11[key3], {instancePath:instancePath+"/groups/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/groups", "type", {type: "object"}, "must be object", schema8.properties.groups); errors++;
}
}
if(data.tokens !== undefined){
let data13 = data.tokens;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
if(!(validate54(data13[key4], {instancePath:instancePath+"/tokens/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/tokens", "type", {type: "object"}, "must be object", schema8.properties.tokens); errors++;
}
}
if(data.given !== undefined){
if(!(validate61(data.given, {instancePath:instancePath+"/given"}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.tests !== undefined){
let data16 = data.tests;
if(Array.isArray(data16)){
const len0 = data16.length;
for(let i0=0; i0<len0; i0++){
if(!(validate106(data16[i0], {instancePath:instancePath+"/tests/" + i0}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/tests", "type", {type: "array"}, "must be array", schema8.properties.tests); errors++;
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
/*# sourceURL="https://meshproof.dev/schemas/v1alpha1/suite.json" */;
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
if("Suite" !== data1){
vErrors = fail(vErrors, instancePath+"/kind", "const", {allowedValue: "Suite"}, "must be equal to constant", schema6.properties.kind); errors++;
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

