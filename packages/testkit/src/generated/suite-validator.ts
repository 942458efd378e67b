// @ts-nocheck
// Made by scripts/schemas.mjs from packages/testkit/src/suite.schema.json. Do not edit.
export interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly schema?: unknown;
  readonly parentSchema?: unknown;
  readonly data?: unknown;
}
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}
export const validateSuite: Validator = validate21 as unknown as Validator;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://meshproof.dev/schemas/v1alpha1/suite.json","title":"A suite of access assertions for an Istio mesh","type":"object","additionalProperties":false,"required":["apiVersion","kind","spec"],"properties":{"apiVersion":{"type":"string","const":"meshproof.dev/v1alpha1"},"kind":{"type":"string","const":"Suite"},"metadata":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"}}},"spec":{"$ref":"#/definitions/spec"}},"definitions":{"texts":{"type":"object","additionalProperties":{"type":"string"}},"text-or-list":{"type":["string","array"],"items":{"type":"string"}},"time":{"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"},"data-plane":{"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]},"protocol":{"type":"string","enum":["http","tcp","auto"]},"spec":{"type":"object","additionalProperties":false,"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, what else stands in this file.","$ref":"#/definitions/text-or-list"},"meshes":{"type":"object"},"include":{"$ref":"#/definitions/text-or-list"},"namespace":{"type":"string","pattern":"."},"environment":{"$ref":"#/definitions/environment"},"keys":{"description":"By issuer: trusted (the test keys that sign the tokens of this suite), unavailable, or a file with a JWKS.","$ref":"#/definitions/texts"},"now":{"$ref":"#/definitions/time"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"actors":{"$ref":"#/definitions/texts"},"groups":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"},"minItems":1}},"tokens":{"type":"object","additionalProperties":{"$ref":"#/definitions/token"}},"given":{"$ref":"#/definitions/request"},"tests":{"type":"array","items":{"$ref":"#/definitions/test"}}}},"environment":{"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"type":["string","boolean","number"]}},"dataPlane":{"$ref":"#/definitions/data-plane"}}},"workload":{"type":"object","additionalProperties":false,"properties":{"namespace":{"type":"string","pattern":"."},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"type":"array","items":{"type":"string"}},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}},"token":{"type":"object","additionalProperties":false,"properties":{"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}},"algorithm":{"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","HS256","HS384","HS512"]},"fault":{"type":"string","enum":["bad-signature","expired","not-yet-valid","unknown-issuer","unknown-kid","wrong-audience","malformed","alg-none"]},"token-use":{"description":"A named token and how it is sent, or a token described in place.","type":["string","object"],"additionalProperties":false,"properties":{"use":{"type":"string"},"raw":{"type":"string"},"header":{"type":"string"},"prefix":{"type":"string"},"param":{"type":"string"},"cookie":{"type":"string"},"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}},"token-uses":{"type":["string","object","array"],"if":{"type":"array"},"then":{"items":{"$ref":"#/definitions/token-use"}},"else":{"$ref":"#/definitions/token-use"}},"request":{"type":"object","additionalProperties":false,"properties":{"from":{"description":"An actor, a workload, a group; sa/NS/NAME, deploy/NS/NAME, spiffe://..., gateway/NS/NAME, external/IP, node, none. Several: each of them.","$ref":"#/definitions/text-or-list"},"to":{"$ref":"#/definitions/destination"},"http":{"$ref":"#/definitions/http"},"grpc":{"type":"string"},"token":{"$ref":"#/definitions/token-uses"},"transport":{"type":"string","enum":["mtls","hbone","tls","plaintext"]},"source":{"type":"object","additionalProperties":false,"properties":{"ip":{"type":"string"},"proxyProtocol":{"type":"string"}}},"sni":{"type":"string"},"providers":{"type":"object","additionalProperties":{"$ref":"#/definitions/answer"}},"now":{"$ref":"#/definitions/time"},"connection":{"$ref":"#/definitions/connection"},"raw":{"$ref":"#/definitions/raw"}}},"destination":{"type":["string","object"],"additionalProperties":false,"required":["namespace","port"],"properties":{"namespace":{"type":"string","pattern":"."},"labels":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"port":{"type":"integer","minimum":1,"maximum":65535},"protocol":{"$ref":"#/definitions/protocol"},"dataPlane":{"$ref":"#/definitions/data-plane"},"name":{"type":"string"}}},"http":{"type":["string","object"],"additionalProperties":false,"properties":{"method":{"type":"string","pattern":"."},"host":{"type":"string"},"path":{"type":"string"},"headers":{"type":"object","additionalProperties":{"$ref":"#/definitions/text-or-list"}},"version":{"type":"string","enum":["1.0","1.1","2"]},"body":{"type":"string"}}},"answer":{"description":"What an external authorizer says: allow, deny, error, {allow: {set, append, remove}}, {deny: {status, body, headers}}.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","error"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allow":{"type":"object","additionalProperties":false,"properties":{"set":{"$ref":"#/definitions/texts"},"append":{"$ref":"#/definitions/texts"},"remove":{"type":"array","items":{"type":"string"}}}},"deny":{"type":"object","additionalProperties":false,"properties":{"status":{"type":"integer","minimum":200,"maximum":599},"body":{"type":"string"},"headers":{"$ref":"#/definitions/texts"}}}}},"connection":{"type":"object","additionalProperties":false,"required":["transport","destinationPort"],"properties":{"transport":{"type":"string","enum":["plaintext","tls","mtls","hbone"]},"sourceIp":{"type":"string"},"destinationIp":{"type":"string"},"destinationPort":{"type":"integer","minimum":1,"maximum":65535},"alpn":{"type":"array","items":{"type":"string"}},"sni":{"type":"string"},"certificate":{"type":"object","additionalProperties":false,"required":["uris"],"properties":{"uris":{"type":"array","items":{"type":"string"}},"dns":{"type":"array","items":{"type":"string"}},"subject":{"type":"string"},"untrusted":{"type":"boolean","const":true}}},"silent":{"type":"boolean","const":true},"proxyProtocol":{"type":"string"}}},"raw":{"type":"object","additionalProperties":false,"required":["version","headers"],"properties":{"version":{"type":"string","enum":["1.0","1.1","2"]},"method":{"type":"string"},"target":{"type":"string"},"host":{"type":["string","null"]},"headers":{"type":"array","items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"string"}}},"otherHeaders":{"type":"string","const":"unknown"},"body":{"type":"string"}}},"test":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","pattern":"."},"given":{"$ref":"#/definitions/request"},"request":{"$ref":"#/definitions/request"},"cases":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/case"}},"matrix":{"type":"object","minProperties":1,"additionalProperties":{"type":"array","minItems":1}},"allow":{"type":"array","items":{"type":"object","minProperties":1}},"table":{"type":"object","additionalProperties":false,"required":["columns","rows"],"properties":{"columns":{"type":"array","minItems":1,"items":{"type":"string"}},"rows":{"type":"array","minItems":1,"items":{"type":"array"}}}},"whoCan":{"type":"object"},"snapshot":{"type":"string"},"variants":{"type":"array","minItems":1,"items":{"type":"string"}},"expect":{"$ref":"#/definitions/expect"},"skip":{"type":"string","pattern":"."},"only":{"type":"boolean"}}},"case":{"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"request":{"$ref":"#/definitions/request"},"variants":{"type":"array","minItems":1,"items":{"type":"string"}},"expect":{"$ref":"#/definitions/expect"},"skip":{"type":"string","pattern":"."}}},"decision":{"type":"string","enum":["allow","deny","undetermined","invalid"]},"expect":{"description":"A word, or an object of which everything must hold. `deny` alone holds for the layers mtls, custom, jwt, deny, allow.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","undetermined","invalid"]},"additionalProperties":false,"minProperties":1,"properties":{"decision":{"$ref":"#/definitions/decision"},"status":{"type":"integer","minimum":100,"maximum":599},"by":{"$ref":"#/definitions/text-or-list"},"layer":{"type":"string","enum":["capture","config","mtls","http","custom","jwt","deny","allow","route"]},"hop":{"type":"string"},"reason":{"type":"string","pattern":"."},"reaches":{"type":"string"},"dryRun":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"deny":{"$ref":"#/definitions/text-or-list"},"allow":{"$ref":"#/definitions/text-or-list"}}},"audit":{"$ref":"#/definitions/text-or-list"},"headers":{"type":"object","additionalProperties":{"type":["string","null"]}},"path":{"type":"string"},"enforced":{"type":"boolean"}}}}};
const schema7 = {"type":"object","additionalProperties":{"type":"string"}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.additionalProperties.type,parentSchema:schema7.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.type,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","additionalProperties":false,"properties":{"mesh":{"description":"The files of the mesh, relative to this one: files, folders, globs. Without it, what else stands in this file.","$ref":"#/definitions/text-or-list"},"meshes":{"type":"object"},"include":{"$ref":"#/definitions/text-or-list"},"namespace":{"type":"string","pattern":"."},"environment":{"$ref":"#/definitions/environment"},"keys":{"description":"By issuer: trusted (the test keys that sign the tokens of this suite), unavailable, or a file with a JWKS.","$ref":"#/definitions/texts"},"now":{"$ref":"#/definitions/time"},"workloads":{"type":"object","additionalProperties":{"$ref":"#/definitions/workload"}},"actors":{"$ref":"#/definitions/texts"},"groups":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"},"minItems":1}},"tokens":{"type":"object","additionalProperties":{"$ref":"#/definitions/token"}},"given":{"$ref":"#/definitions/request"},"tests":{"type":"array","items":{"$ref":"#/definitions/test"}}}};
const func2 = Object.prototype.hasOwnProperty;
const schema9 = {"type":["string","array"],"items":{"type":"string"}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema9.type},message:"must be string,array",schema:schema9.type,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.items.type,parentSchema:schema9.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"object","additionalProperties":false,"properties":{"istio":{"type":"string"},"envoy":{"type":"string"},"meshConfig":{"type":"object"},"features":{"type":"object","additionalProperties":{"type":["string","boolean","number"]}},"dataPlane":{"$ref":"#/definitions/data-plane"}}};
const schema11 = {"type":"string","enum":["sidecar","ambient","gateway","waypoint","proxyless","none"]};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((((((data === "sidecar") || (data === "ambient")) || (data === "gateway")) || (data === "waypoint")) || (data === "proxyless")) || (data === "none"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema11.enum},message:"must be equal to one of the allowed values",schema:schema11.enum,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "istio") || (key0 === "envoy")) || (key0 === "meshConfig")) || (key0 === "features")) || (key0 === "dataPlane"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.istio !== undefined){
let data0 = data.istio;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/istio",schemaPath:"#/properties/istio/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema10.properties.istio.type,parentSchema:schema10.properties.istio,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.envoy !== undefined){
let data1 = data.envoy;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/envoy",schemaPath:"#/properties/envoy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema10.properties.envoy.type,parentSchema:schema10.properties.envoy,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.meshConfig !== undefined){
let data2 = data.meshConfig;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err3 = {instancePath:instancePath+"/meshConfig",schemaPath:"#/properties/meshConfig/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema10.properties.meshConfig.type,parentSchema:schema10.properties.meshConfig,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.features !== undefined){
let data3 = data.features;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if(((typeof data4 !== "string") && (typeof data4 !== "boolean")) && (!(typeof data4 == "number"))){
const err4 = {instancePath:instancePath+"/features/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/features/additionalProperties/type",keyword:"type",params:{type: schema10.properties.features.additionalProperties.type},message:"must be string,boolean,number",schema:schema10.properties.features.additionalProperties.type,parentSchema:schema10.properties.features.additionalProperties,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/features",schemaPath:"#/properties/features/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema10.properties.features.type,parentSchema:schema10.properties.features,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate30(data.dataPlane, {instancePath:instancePath+"/dataPlane",parentData:data,parentDataProperty:"dataPlane",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema10.type,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"};
const pattern1 = new RegExp("^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$", "u");

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern1.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$"+"\"",schema:"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$",parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","additionalProperties":false,"properties":{"namespace":{"type":"string","pattern":"."},"labels":{"$ref":"#/definitions/texts"},"annotations":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"addresses":{"type":"array","items":{"type":"string"}},"ports":{"type":"object","propertyNames":{"pattern":"^[0-9]{1,5}$"},"additionalProperties":{"$ref":"#/definitions/protocol"}},"dataPlane":{"$ref":"#/definitions/data-plane"}}};
const pattern0 = new RegExp(".", "u");
const pattern3 = new RegExp("^[0-9]{1,5}$", "u");
const schema14 = {"type":"string","enum":["http","tcp","auto"]};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(((data === "http") || (data === "tcp")) || (data === "auto"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema14.enum},message:"must be equal to one of the allowed values",schema:schema14.enum,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}


function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "namespace") || (key0 === "labels")) || (key0 === "annotations")) || (key0 === "serviceAccount")) || (key0 === "addresses")) || (key0 === "ports")) || (key0 === "dataPlane"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.namespace !== undefined){
let data0 = data.namespace;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err1 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema13.properties.namespace,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.namespace.type,parentSchema:schema13.properties.namespace,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.labels !== undefined){
if(!(validate22(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.annotations !== undefined){
if(!(validate22(data.annotations, {instancePath:instancePath+"/annotations",parentData:data,parentDataProperty:"annotations",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
let data3 = data.serviceAccount;
if(typeof data3 !== "string"){
const err3 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.serviceAccount.type,parentSchema:schema13.properties.serviceAccount,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.addresses !== undefined){
let data4 = data.addresses;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err4 = {instancePath:instancePath+"/addresses/" + i0,schemaPath:"#/properties/addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema13.properties.addresses.items.type,parentSchema:schema13.properties.addresses.items,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/addresses",schemaPath:"#/properties/addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema13.properties.addresses.type,parentSchema:schema13.properties.addresses,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.ports !== undefined){
let data6 = data.ports;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
const _errs14 = errors;
if(typeof key1 === "string"){
if(!pattern3.test(key1)){
const err6 = {instancePath:instancePath+"/ports",schemaPath:"#/properties/ports/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,5}$"},message:"must match pattern \""+"^[0-9]{1,5}$"+"\"",schema:"^[0-9]{1,5}$",parentSchema:schema13.properties.ports.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var valid3 = _errs14 === errors;
if(!valid3){
const err7 = {instancePath:instancePath+"/ports",schemaPath:"#/properties/ports/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema13.properties.ports.propertyNames,parentSchema:schema13.properties.ports,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key2 in data6){
if(!(validate39(data6[key2], {instancePath:instancePath+"/ports/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data6,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/ports",schemaPath:"#/properties/ports/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.properties.ports.type,parentSchema:schema13.properties.ports,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.dataPlane !== undefined){
if(!(validate30(data.dataPlane, {instancePath:instancePath+"/dataPlane",parentData:data,parentDataProperty:"dataPlane",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"object","additionalProperties":false,"properties":{"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}};
const schema16 = {"type":"string","enum":["RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","EdDSA","HS256","HS384","HS512"]};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.type,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(((((((((((((data === "RS256") || (data === "RS384")) || (data === "RS512")) || (data === "PS256")) || (data === "PS384")) || (data === "PS512")) || (data === "ES256")) || (data === "ES384")) || (data === "ES512")) || (data === "EdDSA")) || (data === "HS256")) || (data === "HS384")) || (data === "HS512"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema16.enum},message:"must be equal to one of the allowed values",schema:schema16.enum,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate46.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"string","enum":["bad-signature","expired","not-yet-valid","unknown-issuer","unknown-kid","wrong-audience","malformed","alg-none"]};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.type,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((((((((data === "bad-signature") || (data === "expired")) || (data === "not-yet-valid")) || (data === "unknown-issuer")) || (data === "unknown-kid")) || (data === "wrong-audience")) || (data === "malformed")) || (data === "alg-none"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema17.enum},message:"must be equal to one of the allowed values",schema:schema17.enum,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate48.errors = vErrors;
return errors === 0;
}


function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema15.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.extends !== undefined){
let data0 = data.extends;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.extends.type,parentSchema:schema15.properties.extends,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.issuer !== undefined){
let data1 = data.issuer;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/issuer",schemaPath:"#/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.issuer.type,parentSchema:schema15.properties.issuer,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.claims !== undefined){
let data2 = data.claims;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err3 = {instancePath:instancePath+"/claims",schemaPath:"#/properties/claims/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.properties.claims.type,parentSchema:schema15.properties.claims,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.audience !== undefined){
if(!(validate26(data.audience, {instancePath:instancePath+"/audience",parentData:data,parentDataProperty:"audience",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.expiresIn !== undefined){
let data4 = data.expiresIn;
if(typeof data4 !== "string"){
const err4 = {instancePath:instancePath+"/expiresIn",schemaPath:"#/properties/expiresIn/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.expiresIn.type,parentSchema:schema15.properties.expiresIn,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.notBefore !== undefined){
let data5 = data.notBefore;
if(typeof data5 !== "string"){
const err5 = {instancePath:instancePath+"/notBefore",schemaPath:"#/properties/notBefore/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.notBefore.type,parentSchema:schema15.properties.notBefore,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kid !== undefined){
let data6 = data.kid;
if(typeof data6 !== "string"){
const err6 = {instancePath:instancePath+"/kid",schemaPath:"#/properties/kid/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.kid.type,parentSchema:schema15.properties.kid,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.alg !== undefined){
if(!(validate46(data.alg, {instancePath:instancePath+"/alg",parentData:data,parentDataProperty:"alg",rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
if(data.invalid !== undefined){
if(!(validate48(data.invalid, {instancePath:instancePath+"/invalid",parentData:data,parentDataProperty:"invalid",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.type,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate44.errors = vErrors;
return errors === 0;
}

const schema18 = {"type":"object","additionalProperties":false,"properties":{"from":{"description":"An actor, a workload, a group; sa/NS/NAME, deploy/NS/NAME, spiffe://..., gateway/NS/NAME, external/IP, node, none. Several: each of them.","$ref":"#/definitions/text-or-list"},"to":{"$ref":"#/definitions/destination"},"http":{"$ref":"#/definitions/http"},"grpc":{"type":"string"},"token":{"$ref":"#/definitions/token-uses"},"transport":{"type":"string","enum":["mtls","hbone","tls","plaintext"]},"source":{"type":"object","additionalProperties":false,"properties":{"ip":{"type":"string"},"proxyProtocol":{"type":"string"}}},"sni":{"type":"string"},"providers":{"type":"object","additionalProperties":{"$ref":"#/definitions/answer"}},"now":{"$ref":"#/definitions/time"},"connection":{"$ref":"#/definitions/connection"},"raw":{"$ref":"#/definitions/raw"}}};
const schema19 = {"type":["string","object"],"additionalProperties":false,"required":["namespace","port"],"properties":{"namespace":{"type":"string","pattern":"."},"labels":{"$ref":"#/definitions/texts"},"serviceAccount":{"type":"string"},"port":{"type":"integer","minimum":1,"maximum":65535},"protocol":{"$ref":"#/definitions/protocol"},"dataPlane":{"$ref":"#/definitions/data-plane"},"name":{"type":"string"}}};

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema19.type},message:"must be string,object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.namespace === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "namespace"},message:"must have required property '"+"namespace"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.port === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "namespace") || (key0 === "labels")) || (key0 === "serviceAccount")) || (key0 === "port")) || (key0 === "protocol")) || (key0 === "dataPlane")) || (key0 === "name"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.namespace !== undefined){
let data0 = data.namespace;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err4 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema19.properties.namespace,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.namespace.type,parentSchema:schema19.properties.namespace,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.labels !== undefined){
if(!(validate22(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
let data2 = data.serviceAccount;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/serviceAccount",schemaPath:"#/properties/serviceAccount/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.serviceAccount.type,parentSchema:schema19.properties.serviceAccount,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.port !== undefined){
let data3 = data.port;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
const err7 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.port.type,parentSchema:schema19.properties.port,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data3 == "number"){
if(data3 > 65535 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema19.properties.port,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema19.properties.port,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.protocol !== undefined){
if(!(validate39(data.protocol, {instancePath:instancePath+"/protocol",parentData:data,parentDataProperty:"protocol",rootData}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
if(data.dataPlane !== undefined){
if(!(validate30(data.dataPlane, {instancePath:instancePath+"/dataPlane",parentData:data,parentDataProperty:"dataPlane",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data6 = data.name;
if(typeof data6 !== "string"){
const err10 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.name.type,parentSchema:schema19.properties.name,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
validate53.errors = vErrors;
return errors === 0;
}

const schema20 = {"type":["string","object"],"additionalProperties":false,"properties":{"method":{"type":"string","pattern":"."},"host":{"type":"string"},"path":{"type":"string"},"headers":{"type":"object","additionalProperties":{"$ref":"#/definitions/text-or-list"}},"version":{"type":"string","enum":["1.0","1.1","2"]},"body":{"type":"string"}}};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema20.type},message:"must be string,object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "method") || (key0 === "host")) || (key0 === "path")) || (key0 === "headers")) || (key0 === "version")) || (key0 === "body"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.method !== undefined){
let data0 = data.method;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err2 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema20.properties.method,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.method.type,parentSchema:schema20.properties.method,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.host !== undefined){
let data1 = data.host;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.host.type,parentSchema:schema20.properties.host,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.path !== undefined){
let data2 = data.path;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.path.type,parentSchema:schema20.properties.path,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.headers !== undefined){
let data3 = data.headers;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(validate26(data3[key1], {instancePath:instancePath+"/headers/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data3,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.properties.headers.type,parentSchema:schema20.properties.headers,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.version !== undefined){
let data5 = data.version;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.version.type,parentSchema:schema20.properties.version,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!(((data5 === "1.0") || (data5 === "1.1")) || (data5 === "2"))){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/enum",keyword:"enum",params:{allowedValues: schema20.properties.version.enum},message:"must be equal to one of the allowed values",schema:schema20.properties.version.enum,parentSchema:schema20.properties.version,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.body !== undefined){
let data6 = data.body;
if(typeof data6 !== "string"){
const err9 = {instancePath:instancePath+"/body",schemaPath:"#/properties/body/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.body.type,parentSchema:schema20.properties.body,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
validate58.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":["string","object","array"],"if":{"type":"array"},"then":{"items":{"$ref":"#/definitions/token-use"}},"else":{"$ref":"#/definitions/token-use"}};
const schema22 = {"description":"A named token and how it is sent, or a token described in place.","type":["string","object"],"additionalProperties":false,"properties":{"use":{"type":"string"},"raw":{"type":"string"},"header":{"type":"string"},"prefix":{"type":"string"},"param":{"type":"string"},"cookie":{"type":"string"},"extends":{"type":"string"},"issuer":{"type":"string"},"claims":{"type":"object"},"audience":{"$ref":"#/definitions/text-or-list"},"expiresIn":{"type":"string"},"notBefore":{"type":"string"},"kid":{"type":"string"},"alg":{"$ref":"#/definitions/algorithm"},"invalid":{"$ref":"#/definitions/fault"}}};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema22.type},message:"must be string,object",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema22.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.use !== undefined){
let data0 = data.use;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/use",schemaPath:"#/properties/use/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.use.type,parentSchema:schema22.properties.use,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.raw !== undefined){
let data1 = data.raw;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/raw",schemaPath:"#/properties/raw/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.raw.type,parentSchema:schema22.properties.raw,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.header !== undefined){
let data2 = data.header;
if(typeof data2 !== "string"){
const err4 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.header.type,parentSchema:schema22.properties.header,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.prefix !== undefined){
let data3 = data.prefix;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/prefix",schemaPath:"#/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.prefix.type,parentSchema:schema22.properties.prefix,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.param !== undefined){
let data4 = data.param;
if(typeof data4 !== "string"){
const err6 = {instancePath:instancePath+"/param",schemaPath:"#/properties/param/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.param.type,parentSchema:schema22.properties.param,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cookie !== undefined){
let data5 = data.cookie;
if(typeof data5 !== "string"){
const err7 = {instancePath:instancePath+"/cookie",schemaPath:"#/properties/cookie/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.cookie.type,parentSchema:schema22.properties.cookie,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.extends !== undefined){
let data6 = data.extends;
if(typeof data6 !== "string"){
const err8 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.extends.type,parentSchema:schema22.properties.extends,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.issuer !== undefined){
let data7 = data.issuer;
if(typeof data7 !== "string"){
const err9 = {instancePath:instancePath+"/issuer",schemaPath:"#/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.issuer.type,parentSchema:schema22.properties.issuer,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.claims !== undefined){
let data8 = data.claims;
if(!(data8 && typeof data8 == "object" && !Array.isArray(data8))){
const err10 = {instancePath:instancePath+"/claims",schemaPath:"#/properties/claims/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema22.properties.claims.type,parentSchema:schema22.properties.claims,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.audience !== undefined){
if(!(validate26(data.audience, {instancePath:instancePath+"/audience",parentData:data,parentDataProperty:"audience",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.expiresIn !== undefined){
let data10 = data.expiresIn;
if(typeof data10 !== "string"){
const err11 = {instancePath:instancePath+"/expiresIn",schemaPath:"#/properties/expiresIn/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.expiresIn.type,parentSchema:schema22.properties.expiresIn,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.notBefore !== undefined){
let data11 = data.notBefore;
if(typeof data11 !== "string"){
const err12 = {instancePath:instancePath+"/notBefore",schemaPath:"#/properties/notBefore/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.notBefore.type,parentSchema:schema22.properties.notBefore,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.kid !== undefined){
let data12 = data.kid;
if(typeof data12 !== "string"){
const err13 = {instancePath:instancePath+"/kid",schemaPath:"#/properties/kid/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.properties.kid.type,parentSchema:schema22.properties.kid,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.alg !== undefined){
if(!(validate46(data.alg, {instancePath:instancePath+"/alg",parentData:data,parentDataProperty:"alg",rootData}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
}
if(data.invalid !== undefined){
if(!(validate48(data.invalid, {instancePath:instancePath+"/invalid",parentData:data,parentDataProperty:"invalid",rootData}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
}
validate62.errors = vErrors;
return errors === 0;
}


function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!data || typeof data != "object") && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema21.type},message:"must be string,object,array",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
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
if(!(validate62(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
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
if(!(validate62(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema21.if,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}

const schema23 = {"description":"What an external authorizer says: allow, deny, error, {allow: {set, append, remove}}, {deny: {status, body, headers}}.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","error"]},"additionalProperties":false,"minProperties":1,"maxProperties":1,"properties":{"allow":{"type":"object","additionalProperties":false,"properties":{"set":{"$ref":"#/definitions/texts"},"append":{"$ref":"#/definitions/texts"},"remove":{"type":"array","items":{"type":"string"}}}},"deny":{"type":"object","additionalProperties":false,"properties":{"status":{"type":"integer","minimum":200,"maximum":599},"body":{"type":"string"},"headers":{"$ref":"#/definitions/texts"}}}}};

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema23.type},message:"must be string,object",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
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
const err2 = {instancePath,schemaPath:"#/then/enum",keyword:"enum",params:{allowedValues: schema23.then.enum},message:"must be equal to one of the allowed values",schema:schema23.then.enum,parentSchema:schema23.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema23.if,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err4 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Object.keys(data).length < 1){
const err5 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "allow") || (key0 === "deny"))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.allow !== undefined){
let data0 = data.allow;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(((key1 === "set") || (key1 === "append")) || (key1 === "remove"))){
const err7 = {instancePath:instancePath+"/allow",schemaPath:"#/properties/allow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema23.properties.allow,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data0.set !== undefined){
if(!(validate22(data0.set, {instancePath:instancePath+"/allow/set",parentData:data0,parentDataProperty:"set",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data0.append !== undefined){
if(!(validate22(data0.append, {instancePath:instancePath+"/allow/append",parentData:data0,parentDataProperty:"append",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data0.remove !== undefined){
let data3 = data0.remove;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/allow/remove/" + i0,schemaPath:"#/properties/allow/properties/remove/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.allow.properties.remove.items.type,parentSchema:schema23.properties.allow.properties.remove.items,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/allow/remove",schemaPath:"#/properties/allow/properties/remove/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema23.properties.allow.properties.remove.type,parentSchema:schema23.properties.allow.properties.remove,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/allow",schemaPath:"#/properties/allow/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.properties.allow.type,parentSchema:schema23.properties.allow,data:data0};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.deny !== undefined){
let data5 = data.deny;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
if(!(((key2 === "status") || (key2 === "body")) || (key2 === "headers"))){
const err11 = {instancePath:instancePath+"/deny",schemaPath:"#/properties/deny/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema23.properties.deny,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data5.status !== undefined){
let data6 = data5.status;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
const err12 = {instancePath:instancePath+"/deny/status",schemaPath:"#/properties/deny/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.deny.properties.status.type,parentSchema:schema23.properties.deny.properties.status,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data6 == "number"){
if(data6 > 599 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/deny/status",schemaPath:"#/properties/deny/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599",schema:599,parentSchema:schema23.properties.deny.properties.status,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data6 < 200 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/deny/status",schemaPath:"#/properties/deny/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 200},message:"must be >= 200",schema:200,parentSchema:schema23.properties.deny.properties.status,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data5.body !== undefined){
let data7 = data5.body;
if(typeof data7 !== "string"){
const err15 = {instancePath:instancePath+"/deny/body",schemaPath:"#/properties/deny/properties/body/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.deny.properties.body.type,parentSchema:schema23.properties.deny.properties.body,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data5.headers !== undefined){
if(!(validate22(data5.headers, {instancePath:instancePath+"/deny/headers",parentData:data5,parentDataProperty:"headers",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/deny",schemaPath:"#/properties/deny/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.properties.deny.type,parentSchema:schema23.properties.deny,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
validate69.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","additionalProperties":false,"required":["transport","destinationPort"],"properties":{"transport":{"type":"string","enum":["plaintext","tls","mtls","hbone"]},"sourceIp":{"type":"string"},"destinationIp":{"type":"string"},"destinationPort":{"type":"integer","minimum":1,"maximum":65535},"alpn":{"type":"array","items":{"type":"string"}},"sni":{"type":"string"},"certificate":{"type":"object","additionalProperties":false,"required":["uris"],"properties":{"uris":{"type":"array","items":{"type":"string"}},"dns":{"type":"array","items":{"type":"string"}},"subject":{"type":"string"},"untrusted":{"type":"boolean","const":true}}},"silent":{"type":"boolean","const":true},"proxyProtocol":{"type":"string"}}};

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.transport === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "transport"},message:"must have required property '"+"transport"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.destinationPort === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "destinationPort"},message:"must have required property '"+"destinationPort"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema24.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.transport !== undefined){
let data0 = data.transport;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.transport.type,parentSchema:schema24.properties.transport,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!((((data0 === "plaintext") || (data0 === "tls")) || (data0 === "mtls")) || (data0 === "hbone"))){
const err4 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/enum",keyword:"enum",params:{allowedValues: schema24.properties.transport.enum},message:"must be equal to one of the allowed values",schema:schema24.properties.transport.enum,parentSchema:schema24.properties.transport,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.sourceIp !== undefined){
let data1 = data.sourceIp;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/sourceIp",schemaPath:"#/properties/sourceIp/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.sourceIp.type,parentSchema:schema24.properties.sourceIp,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.destinationIp !== undefined){
let data2 = data.destinationIp;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/destinationIp",schemaPath:"#/properties/destinationIp/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.destinationIp.type,parentSchema:schema24.properties.destinationIp,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.destinationPort !== undefined){
let data3 = data.destinationPort;
if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
const err7 = {instancePath:instancePath+"/destinationPort",schemaPath:"#/properties/destinationPort/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.destinationPort.type,parentSchema:schema24.properties.destinationPort,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data3 == "number"){
if(data3 > 65535 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/destinationPort",schemaPath:"#/properties/destinationPort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema24.properties.destinationPort,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/destinationPort",schemaPath:"#/properties/destinationPort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.destinationPort,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.alpn !== undefined){
let data4 = data.alpn;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err10 = {instancePath:instancePath+"/alpn/" + i0,schemaPath:"#/properties/alpn/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.alpn.items.type,parentSchema:schema24.properties.alpn.items,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/alpn",schemaPath:"#/properties/alpn/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.alpn.type,parentSchema:schema24.properties.alpn,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.sni !== undefined){
let data6 = data.sni;
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/sni",schemaPath:"#/properties/sni/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.sni.type,parentSchema:schema24.properties.sni,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.certificate !== undefined){
let data7 = data.certificate;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.uris === undefined){
const err13 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/required",keyword:"required",params:{missingProperty: "uris"},message:"must have required property '"+"uris"+"'",schema:schema24.properties.certificate.required,parentSchema:schema24.properties.certificate,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key1 in data7){
if(!((((key1 === "uris") || (key1 === "dns")) || (key1 === "subject")) || (key1 === "untrusted"))){
const err14 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema24.properties.certificate,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data7.uris !== undefined){
let data8 = data7.uris;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 !== "string"){
const err15 = {instancePath:instancePath+"/certificate/uris/" + i1,schemaPath:"#/properties/certificate/properties/uris/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.certificate.properties.uris.items.type,parentSchema:schema24.properties.certificate.properties.uris.items,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/certificate/uris",schemaPath:"#/properties/certificate/properties/uris/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.certificate.properties.uris.type,parentSchema:schema24.properties.certificate.properties.uris,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.dns !== undefined){
let data10 = data7.dns;
if(Array.isArray(data10)){
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
if(typeof data11 !== "string"){
const err17 = {instancePath:instancePath+"/certificate/dns/" + i2,schemaPath:"#/properties/certificate/properties/dns/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.certificate.properties.dns.items.type,parentSchema:schema24.properties.certificate.properties.dns.items,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/certificate/dns",schemaPath:"#/properties/certificate/properties/dns/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.certificate.properties.dns.type,parentSchema:schema24.properties.certificate.properties.dns,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.subject !== undefined){
let data12 = data7.subject;
if(typeof data12 !== "string"){
const err19 = {instancePath:instancePath+"/certificate/subject",schemaPath:"#/properties/certificate/properties/subject/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.certificate.properties.subject.type,parentSchema:schema24.properties.certificate.properties.subject,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data7.untrusted !== undefined){
let data13 = data7.untrusted;
if(typeof data13 !== "boolean"){
const err20 = {instancePath:instancePath+"/certificate/untrusted",schemaPath:"#/properties/certificate/properties/untrusted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.properties.certificate.properties.untrusted.type,parentSchema:schema24.properties.certificate.properties.untrusted,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(true !== data13){
const err21 = {instancePath:instancePath+"/certificate/untrusted",schemaPath:"#/properties/certificate/properties/untrusted/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.certificate.properties.untrusted,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/certificate",schemaPath:"#/properties/certificate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.properties.certificate.type,parentSchema:schema24.properties.certificate,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.silent !== undefined){
let data14 = data.silent;
if(typeof data14 !== "boolean"){
const err23 = {instancePath:instancePath+"/silent",schemaPath:"#/properties/silent/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema24.properties.silent.type,parentSchema:schema24.properties.silent,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(true !== data14){
const err24 = {instancePath:instancePath+"/silent",schemaPath:"#/properties/silent/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant",schema:true,parentSchema:schema24.properties.silent,data:data14};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.proxyProtocol !== undefined){
let data15 = data.proxyProtocol;
if(typeof data15 !== "string"){
const err25 = {instancePath:instancePath+"/proxyProtocol",schemaPath:"#/properties/proxyProtocol/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.properties.proxyProtocol.type,parentSchema:schema24.properties.proxyProtocol,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate75.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"object","additionalProperties":false,"required":["version","headers"],"properties":{"version":{"type":"string","enum":["1.0","1.1","2"]},"method":{"type":"string"},"target":{"type":"string"},"host":{"type":["string","null"]},"headers":{"type":"array","items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"string"}}},"otherHeaders":{"type":"string","const":"unknown"},"body":{"type":"string"}}};

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.headers === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "headers"},message:"must have required property '"+"headers"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "version") || (key0 === "method")) || (key0 === "target")) || (key0 === "host")) || (key0 === "headers")) || (key0 === "otherHeaders")) || (key0 === "body"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.version !== undefined){
let data0 = data.version;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.version.type,parentSchema:schema25.properties.version,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(((data0 === "1.0") || (data0 === "1.1")) || (data0 === "2"))){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/enum",keyword:"enum",params:{allowedValues: schema25.properties.version.enum},message:"must be equal to one of the allowed values",schema:schema25.properties.version.enum,parentSchema:schema25.properties.version,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.method !== undefined){
let data1 = data.method;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.method.type,parentSchema:schema25.properties.method,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.target !== undefined){
let data2 = data.target;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/target",schemaPath:"#/properties/target/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.target.type,parentSchema:schema25.properties.target,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.host !== undefined){
let data3 = data.host;
if((typeof data3 !== "string") && (data3 !== null)){
const err7 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: schema25.properties.host.type},message:"must be string,null",schema:schema25.properties.host.type,parentSchema:schema25.properties.host,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.headers !== undefined){
let data4 = data.headers;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(Array.isArray(data5)){
if(data5.length > 2){
const err8 = {instancePath:instancePath+"/headers/" + i0,schemaPath:"#/properties/headers/items/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema25.properties.headers.items,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data5.length < 2){
const err9 = {instancePath:instancePath+"/headers/" + i0,schemaPath:"#/properties/headers/items/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema25.properties.headers.items,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(typeof data6 !== "string"){
const err10 = {instancePath:instancePath+"/headers/" + i0+"/" + i1,schemaPath:"#/properties/headers/items/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.headers.items.items.type,parentSchema:schema25.properties.headers.items.items,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/headers/" + i0,schemaPath:"#/properties/headers/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.headers.items.type,parentSchema:schema25.properties.headers.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema25.properties.headers.type,parentSchema:schema25.properties.headers,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.otherHeaders !== undefined){
let data7 = data.otherHeaders;
if(typeof data7 !== "string"){
const err13 = {instancePath:instancePath+"/otherHeaders",schemaPath:"#/properties/otherHeaders/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.otherHeaders.type,parentSchema:schema25.properties.otherHeaders,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if("unknown" !== data7){
const err14 = {instancePath:instancePath+"/otherHeaders",schemaPath:"#/properties/otherHeaders/const",keyword:"const",params:{allowedValue: "unknown"},message:"must be equal to constant",schema:"unknown",parentSchema:schema25.properties.otherHeaders,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.body !== undefined){
let data8 = data.body;
if(typeof data8 !== "string"){
const err15 = {instancePath:instancePath+"/body",schemaPath:"#/properties/body/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.properties.body.type,parentSchema:schema25.properties.body,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema18.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.from !== undefined){
if(!(validate26(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate53(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.http !== undefined){
if(!(validate58(data.http, {instancePath:instancePath+"/http",parentData:data,parentDataProperty:"http",rootData}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.grpc !== undefined){
let data3 = data.grpc;
if(typeof data3 !== "string"){
const err1 = {instancePath:instancePath+"/grpc",schemaPath:"#/properties/grpc/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.grpc.type,parentSchema:schema18.properties.grpc,data:data3};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.token !== undefined){
if(!(validate61(data.token, {instancePath:instancePath+"/token",parentData:data,parentDataProperty:"token",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.transport !== undefined){
let data5 = data.transport;
if(typeof data5 !== "string"){
const err2 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.transport.type,parentSchema:schema18.properties.transport,data:data5};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((data5 === "mtls") || (data5 === "hbone")) || (data5 === "tls")) || (data5 === "plaintext"))){
const err3 = {instancePath:instancePath+"/transport",schemaPath:"#/properties/transport/enum",keyword:"enum",params:{allowedValues: schema18.properties.transport.enum},message:"must be equal to one of the allowed values",schema:schema18.properties.transport.enum,parentSchema:schema18.properties.transport,data:data5};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.source !== undefined){
let data6 = data.source;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
if(!((key1 === "ip") || (key1 === "proxyProtocol"))){
const err4 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema18.properties.source,data:data6};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data6.ip !== undefined){
let data7 = data6.ip;
if(typeof data7 !== "string"){
const err5 = {instancePath:instancePath+"/source/ip",schemaPath:"#/properties/source/properties/ip/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.source.properties.ip.type,parentSchema:schema18.properties.source.properties.ip,data:data7};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data6.proxyProtocol !== undefined){
let data8 = data6.proxyProtocol;
if(typeof data8 !== "string"){
const err6 = {instancePath:instancePath+"/source/proxyProtocol",schemaPath:"#/properties/source/properties/proxyProtocol/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.source.properties.proxyProtocol.type,parentSchema:schema18.properties.source.properties.proxyProtocol,data:data8};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.source.type,parentSchema:schema18.properties.source,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.sni !== undefined){
let data9 = data.sni;
if(typeof data9 !== "string"){
const err8 = {instancePath:instancePath+"/sni",schemaPath:"#/properties/sni/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.sni.type,parentSchema:schema18.properties.sni,data:data9};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.providers !== undefined){
let data10 = data.providers;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(validate69(data10[key2], {instancePath:instancePath+"/providers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data10,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.properties.providers.type,parentSchema:schema18.properties.providers,data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.now !== undefined){
if(!(validate34(data.now, {instancePath:instancePath+"/now",parentData:data,parentDataProperty:"now",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.connection !== undefined){
if(!(validate75(data.connection, {instancePath:instancePath+"/connection",parentData:data,parentDataProperty:"connection",rootData}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.raw !== undefined){
if(!(validate77(data.raw, {instancePath:instancePath+"/raw",parentData:data,parentDataProperty:"raw",rootData}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.type,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","pattern":"."},"given":{"$ref":"#/definitions/request"},"request":{"$ref":"#/definitions/request"},"cases":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/case"}},"matrix":{"type":"object","minProperties":1,"additionalProperties":{"type":"array","minItems":1}},"allow":{"type":"array","items":{"type":"object","minProperties":1}},"table":{"type":"object","additionalProperties":false,"required":["columns","rows"],"properties":{"columns":{"type":"array","minItems":1,"items":{"type":"string"}},"rows":{"type":"array","minItems":1,"items":{"type":"array"}}}},"whoCan":{"type":"object"},"snapshot":{"type":"string"},"variants":{"type":"array","minItems":1,"items":{"type":"string"}},"expect":{"$ref":"#/definitions/expect"},"skip":{"type":"string","pattern":"."},"only":{"type":"boolean"}}};
const schema27 = {"type":"object","additionalProperties":false,"properties":{"name":{"type":"string"},"request":{"$ref":"#/definitions/request"},"variants":{"type":"array","minItems":1,"items":{"type":"string"}},"expect":{"$ref":"#/definitions/expect"},"skip":{"type":"string","pattern":"."}}};
const schema28 = {"description":"A word, or an object of which everything must hold. `deny` alone holds for the layers mtls, custom, jwt, deny, allow.","type":["string","object"],"if":{"type":"string"},"then":{"enum":["allow","deny","undetermined","invalid"]},"additionalProperties":false,"minProperties":1,"properties":{"decision":{"$ref":"#/definitions/decision"},"status":{"type":"integer","minimum":100,"maximum":599},"by":{"$ref":"#/definitions/text-or-list"},"layer":{"type":"string","enum":["capture","config","mtls","http","custom","jwt","deny","allow","route"]},"hop":{"type":"string"},"reason":{"type":"string","pattern":"."},"reaches":{"type":"string"},"dryRun":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"deny":{"$ref":"#/definitions/text-or-list"},"allow":{"$ref":"#/definitions/text-or-list"}}},"audit":{"$ref":"#/definitions/text-or-list"},"headers":{"type":"object","additionalProperties":{"type":["string","null"]}},"path":{"type":"string"},"enforced":{"type":"boolean"}}};
const schema29 = {"type":"string","enum":["allow","deny","undetermined","invalid"]};

function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((((data === "allow") || (data === "deny")) || (data === "undetermined")) || (data === "invalid"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema29.enum},message:"must be equal to one of the allowed values",schema:schema29.enum,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate86.errors = vErrors;
return errors === 0;
}


function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema28.type},message:"must be string,object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
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
const err2 = {instancePath,schemaPath:"#/then/enum",keyword:"enum",params:{allowedValues: schema28.then.enum},message:"must be equal to one of the allowed values",schema:schema28.then.enum,parentSchema:schema28.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema28.if,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err4 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema28.properties, key0))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.decision !== undefined){
if(!(validate86(data.decision, {instancePath:instancePath+"/decision",parentData:data,parentDataProperty:"decision",rootData}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.status !== undefined){
let data1 = data.status;
if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
const err6 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema28.properties.status.type,parentSchema:schema28.properties.status,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data1 == "number"){
if(data1 > 599 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599",schema:599,parentSchema:schema28.properties.status,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1 < 100 || isNaN(data1)){
const err8 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100",schema:100,parentSchema:schema28.properties.status,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.by !== undefined){
if(!(validate26(data.by, {instancePath:instancePath+"/by",parentData:data,parentDataProperty:"by",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.layer !== undefined){
let data3 = data.layer;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/layer",schemaPath:"#/properties/layer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.layer.type,parentSchema:schema28.properties.layer,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!(((((((((data3 === "capture") || (data3 === "config")) || (data3 === "mtls")) || (data3 === "http")) || (data3 === "custom")) || (data3 === "jwt")) || (data3 === "deny")) || (data3 === "allow")) || (data3 === "route"))){
const err10 = {instancePath:instancePath+"/layer",schemaPath:"#/properties/layer/enum",keyword:"enum",params:{allowedValues: schema28.properties.layer.enum},message:"must be equal to one of the allowed values",schema:schema28.properties.layer.enum,parentSchema:schema28.properties.layer,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.hop !== undefined){
let data4 = data.hop;
if(typeof data4 !== "string"){
const err11 = {instancePath:instancePath+"/hop",schemaPath:"#/properties/hop/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.hop.type,parentSchema:schema28.properties.hop,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.reason !== undefined){
let data5 = data.reason;
if(typeof data5 === "string"){
if(!pattern0.test(data5)){
const err12 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema28.properties.reason,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.reason.type,parentSchema:schema28.properties.reason,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.reaches !== undefined){
let data6 = data.reaches;
if(typeof data6 !== "string"){
const err14 = {instancePath:instancePath+"/reaches",schemaPath:"#/properties/reaches/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.reaches.type,parentSchema:schema28.properties.reaches,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.dryRun !== undefined){
let data7 = data.dryRun;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err15 = {instancePath:instancePath+"/dryRun",schemaPath:"#/properties/dryRun/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema28.properties.dryRun,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key1 in data7){
if(!((key1 === "deny") || (key1 === "allow"))){
const err16 = {instancePath:instancePath+"/dryRun",schemaPath:"#/properties/dryRun/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema28.properties.dryRun,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.deny !== undefined){
if(!(validate26(data7.deny, {instancePath:instancePath+"/dryRun/deny",parentData:data7,parentDataProperty:"deny",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data7.allow !== undefined){
if(!(validate26(data7.allow, {instancePath:instancePath+"/dryRun/allow",parentData:data7,parentDataProperty:"allow",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath:instancePath+"/dryRun",schemaPath:"#/properties/dryRun/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.properties.dryRun.type,parentSchema:schema28.properties.dryRun,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.audit !== undefined){
if(!(validate26(data.audit, {instancePath:instancePath+"/audit",parentData:data,parentDataProperty:"audit",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined){
let data11 = data.headers;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key2 in data11){
let data12 = data11[key2];
if((typeof data12 !== "string") && (data12 !== null)){
const err18 = {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/headers/additionalProperties/type",keyword:"type",params:{type: schema28.properties.headers.additionalProperties.type},message:"must be string,null",schema:schema28.properties.headers.additionalProperties.type,parentSchema:schema28.properties.headers.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.properties.headers.type,parentSchema:schema28.properties.headers,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.path !== undefined){
let data13 = data.path;
if(typeof data13 !== "string"){
const err20 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.path.type,parentSchema:schema28.properties.path,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.enforced !== undefined){
let data14 = data.enforced;
if(typeof data14 !== "boolean"){
const err21 = {instancePath:instancePath+"/enforced",schemaPath:"#/properties/enforced/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema28.properties.enforced.type,parentSchema:schema28.properties.enforced,data:data14};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
validate85.errors = vErrors;
return errors === 0;
}


function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "request")) || (key0 === "variants")) || (key0 === "expect")) || (key0 === "skip"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.name.type,parentSchema:schema27.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.request !== undefined){
if(!(validate51(data.request, {instancePath:instancePath+"/request",parentData:data,parentDataProperty:"request",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.variants !== undefined){
let data2 = data.variants;
if(Array.isArray(data2)){
if(data2.length < 1){
const err2 = {instancePath:instancePath+"/variants",schemaPath:"#/properties/variants/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema27.properties.variants,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err3 = {instancePath:instancePath+"/variants/" + i0,schemaPath:"#/properties/variants/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.variants.items.type,parentSchema:schema27.properties.variants.items,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/variants",schemaPath:"#/properties/variants/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema27.properties.variants.type,parentSchema:schema27.properties.variants,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.expect !== undefined){
if(!(validate85(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.skip !== undefined){
let data5 = data.skip;
if(typeof data5 === "string"){
if(!pattern0.test(data5)){
const err5 = {instancePath:instancePath+"/skip",schemaPath:"#/properties/skip/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema27.properties.skip,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/skip",schemaPath:"#/properties/skip/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.skip.type,parentSchema:schema27.properties.skip,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}


function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema26.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.name.type,parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.given !== undefined){
if(!(validate51(data.given, {instancePath:instancePath+"/given",parentData:data,parentDataProperty:"given",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.request !== undefined){
if(!(validate51(data.request, {instancePath:instancePath+"/request",parentData:data,parentDataProperty:"request",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.cases !== undefined){
let data3 = data.cases;
if(Array.isArray(data3)){
if(data3.length < 1){
const err4 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.cases,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate83(data3[i0], {instancePath:instancePath+"/cases/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.cases.type,parentSchema:schema26.properties.cases,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.matrix !== undefined){
let data5 = data.matrix;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length < 1){
const err6 = {instancePath:instancePath+"/matrix",schemaPath:"#/properties/matrix/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema26.properties.matrix,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data5){
let data6 = data5[key1];
if(Array.isArray(data6)){
if(data6.length < 1){
const err7 = {instancePath:instancePath+"/matrix/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.matrix.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/matrix/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.matrix.additionalProperties.type,parentSchema:schema26.properties.matrix.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/matrix",schemaPath:"#/properties/matrix/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.matrix.type,parentSchema:schema26.properties.matrix,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.allow !== undefined){
let data7 = data.allow;
if(Array.isArray(data7)){
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
let data8 = data7[i1];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err10 = {instancePath:instancePath+"/allow/" + i1,schemaPath:"#/properties/allow/items/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema26.properties.allow.items,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/allow/" + i1,schemaPath:"#/properties/allow/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.allow.items.type,parentSchema:schema26.properties.allow.items,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/allow",schemaPath:"#/properties/allow/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.allow.type,parentSchema:schema26.properties.allow,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.table !== undefined){
let data9 = data.table;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.columns === undefined){
const err13 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/required",keyword:"required",params:{missingProperty: "columns"},message:"must have required property '"+"columns"+"'",schema:schema26.properties.table.required,parentSchema:schema26.properties.table,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data9.rows === undefined){
const err14 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/required",keyword:"required",params:{missingProperty: "rows"},message:"must have required property '"+"rows"+"'",schema:schema26.properties.table.required,parentSchema:schema26.properties.table,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key2 in data9){
if(!((key2 === "columns") || (key2 === "rows"))){
const err15 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema26.properties.table,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data9.columns !== undefined){
let data10 = data9.columns;
if(Array.isArray(data10)){
if(data10.length < 1){
const err16 = {instancePath:instancePath+"/table/columns",schemaPath:"#/properties/table/properties/columns/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.table.properties.columns,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
if(typeof data11 !== "string"){
const err17 = {instancePath:instancePath+"/table/columns/" + i2,schemaPath:"#/properties/table/properties/columns/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.table.properties.columns.items.type,parentSchema:schema26.properties.table.properties.columns.items,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/table/columns",schemaPath:"#/properties/table/properties/columns/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.table.properties.columns.type,parentSchema:schema26.properties.table.properties.columns,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data9.rows !== undefined){
let data12 = data9.rows;
if(Array.isArray(data12)){
if(data12.length < 1){
const err19 = {instancePath:instancePath+"/table/rows",schemaPath:"#/properties/table/properties/rows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.table.properties.rows,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len3 = data12.length;
for(let i3=0; i3<len3; i3++){
let data13 = data12[i3];
if(!(Array.isArray(data13))){
const err20 = {instancePath:instancePath+"/table/rows/" + i3,schemaPath:"#/properties/table/properties/rows/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.table.properties.rows.items.type,parentSchema:schema26.properties.table.properties.rows.items,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/table/rows",schemaPath:"#/properties/table/properties/rows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.table.properties.rows.type,parentSchema:schema26.properties.table.properties.rows,data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.table.type,parentSchema:schema26.properties.table,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.whoCan !== undefined){
let data14 = data.whoCan;
if(!(data14 && typeof data14 == "object" && !Array.isArray(data14))){
const err23 = {instancePath:instancePath+"/whoCan",schemaPath:"#/properties/whoCan/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.properties.whoCan.type,parentSchema:schema26.properties.whoCan,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.snapshot !== undefined){
let data15 = data.snapshot;
if(typeof data15 !== "string"){
const err24 = {instancePath:instancePath+"/snapshot",schemaPath:"#/properties/snapshot/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.snapshot.type,parentSchema:schema26.properties.snapshot,data:data15};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.variants !== undefined){
let data16 = data.variants;
if(Array.isArray(data16)){
if(data16.length < 1){
const err25 = {instancePath:instancePath+"/variants",schemaPath:"#/properties/variants/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.properties.variants,data:data16};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len4 = data16.length;
for(let i4=0; i4<len4; i4++){
let data17 = data16[i4];
if(typeof data17 !== "string"){
const err26 = {instancePath:instancePath+"/variants/" + i4,schemaPath:"#/properties/variants/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.variants.items.type,parentSchema:schema26.properties.variants.items,data:data17};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/variants",schemaPath:"#/properties/variants/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema26.properties.variants.type,parentSchema:schema26.properties.variants,data:data16};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.expect !== undefined){
if(!(validate85(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.skip !== undefined){
let data19 = data.skip;
if(typeof data19 === "string"){
if(!pattern0.test(data19)){
const err28 = {instancePath:instancePath+"/skip",schemaPath:"#/properties/skip/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema26.properties.skip,data:data19};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/skip",schemaPath:"#/properties/skip/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.properties.skip.type,parentSchema:schema26.properties.skip,data:data19};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.only !== undefined){
let data20 = data.only;
if(typeof data20 !== "boolean"){
const err30 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema26.properties.only.type,parentSchema:schema26.properties.only,data:data20};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema8.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.mesh !== undefined){
if(!(validate26(data.mesh, {instancePath:instancePath+"/mesh",parentData:data,parentDataProperty:"mesh",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.meshes !== undefined){
let data1 = data.meshes;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err1 = {instancePath:instancePath+"/meshes",schemaPath:"#/properties/meshes/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.meshes.type,parentSchema:schema8.properties.meshes,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.include !== undefined){
if(!(validate26(data.include, {instancePath:instancePath+"/include",parentData:data,parentDataProperty:"include",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
let data3 = data.namespace;
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err2 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\"",schema:".",parentSchema:schema8.properties.namespace,data:data3};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/namespace",schemaPath:"#/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.namespace.type,parentSchema:schema8.properties.namespace,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.environment !== undefined){
if(!(validate29(data.environment, {instancePath:instancePath+"/environment",parentData:data,parentDataProperty:"environment",rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
if(data.keys !== undefined){
if(!(validate22(data.keys, {instancePath:instancePath+"/keys",parentData:data,parentDataProperty:"keys",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.now !== undefined){
if(!(validate34(data.now, {instancePath:instancePath+"/now",parentData:data,parentDataProperty:"now",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.workloads !== undefined){
let data7 = data.workloads;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
if(!(validate36(data7[key1], {instancePath:instancePath+"/workloads/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/workloads",schemaPath:"#/properties/workloads/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.workloads.type,parentSchema:schema8.properties.workloads,data:data7};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.actors !== undefined){
if(!(validate22(data.actors, {instancePath:instancePath+"/actors",parentData:data,parentDataProperty:"actors",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.groups !== undefined){
let data10 = data.groups;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
let data11 = data10[key2];
if(Array.isArray(data11)){
if(data11.length < 1){
const err5 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/groups/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema8.properties.groups.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
if(typeof data12 !== "string"){
const err6 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/groups/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.groups.additionalProperties.items.type,parentSchema:schema8.properties.groups.additionalProperties.items,data:data12};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/groups/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.properties.groups.additionalProperties.type,parentSchema:schema8.properties.groups.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.groups.type,parentSchema:schema8.properties.groups,data:data10};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.tokens !== undefined){
let data13 = data.tokens;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key3 in data13){
if(!(validate44(data13[key3], {instancePath:instancePath+"/tokens/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key3,rootData}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.tokens.type,parentSchema:schema8.properties.tokens,data:data13};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.given !== undefined){
if(!(validate51(data.given, {instancePath:instancePath+"/given",parentData:data,parentDataProperty:"given",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.tests !== undefined){
let data16 = data.tests;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
if(!(validate80(data16[i1], {instancePath:instancePath+"/tests/" + i1,parentData:data16,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema8.properties.tests.type,parentSchema:schema8.properties.tests,data:data16};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.type,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://meshproof.dev/schemas/v1alpha1/suite.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.spec === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.apiVersion.type,parentSchema:schema6.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if("meshproof.dev/v1alpha1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "meshproof.dev/v1alpha1"},message:"must be equal to constant",schema:"meshproof.dev/v1alpha1",parentSchema:schema6.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.kind.type,parentSchema:schema6.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if("Suite" !== data1){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Suite"},message:"must be equal to constant",schema:"Suite",parentSchema:schema6.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "labels")) || (key1 === "annotations"))){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 !== "string"){
const err9 = {instancePath:instancePath+"/metadata/name",schemaPath:"#/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.metadata.properties.name.type,parentSchema:schema6.properties.metadata.properties.name,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.labels !== undefined){
if(!(validate22(data2.labels, {instancePath:instancePath+"/metadata/labels",parentData:data2,parentDataProperty:"labels",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data2.annotations !== undefined){
if(!(validate22(data2.annotations, {instancePath:instancePath+"/metadata/annotations",parentData:data2,parentDataProperty:"annotations",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.metadata.type,parentSchema:schema6.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.spec !== undefined){
if(!(validate25(data.spec, {instancePath:instancePath+"/spec",parentData:data,parentDataProperty:"spec",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.type,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

