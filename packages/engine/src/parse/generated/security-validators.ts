// @ts-nocheck
// Made by scripts/schemas.mjs from packages/engine/src/parse/schemas/security.json. Do not edit.
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
export const validateAuthorizationPolicy: Validator = validate22 as unknown as Validator;
const schema7 = {"properties":{"action":{"enum":["ALLOW","DENY","AUDIT","CUSTOM"],"type":"string"},"provider":{"properties":{"name":{"type":"string"}},"type":"object","additionalProperties":false},"rules":{"items":{"$ref":"#/definitions/shared1"},"maxItems":512,"type":"array"},"selector":{"$ref":"#/definitions/shared13"},"targetRef":{"$ref":"#/definitions/shared16"},"targetRefs":{"$ref":"#/definitions/shared20"}},"type":"object","additionalProperties":false};
const schema8 = {"properties":{"from":{"$ref":"#/definitions/shared2"},"to":{"$ref":"#/definitions/shared8"},"when":{"$ref":"#/definitions/shared11"}},"type":"object","additionalProperties":false};
const schema9 = {"items":{"$ref":"#/definitions/shared3"},"maxItems":512,"type":"array"};
const schema10 = {"properties":{"source":{"$ref":"#/definitions/shared4"}},"type":"object","additionalProperties":false};
const schema11 = {"properties":{"ipBlocks":{"$ref":"#/definitions/shared5"},"namespaces":{"$ref":"#/definitions/shared5"},"notIpBlocks":{"$ref":"#/definitions/shared5"},"notNamespaces":{"$ref":"#/definitions/shared5"},"notPrincipals":{"$ref":"#/definitions/shared5"},"notRemoteIpBlocks":{"$ref":"#/definitions/shared5"},"notRequestPrincipals":{"$ref":"#/definitions/shared5"},"notServiceAccounts":{"$ref":"#/definitions/shared6"},"notTrustDomains":{"$ref":"#/definitions/shared5"},"principals":{"$ref":"#/definitions/shared5"},"remoteIpBlocks":{"$ref":"#/definitions/shared5"},"requestPrincipals":{"$ref":"#/definitions/shared5"},"serviceAccounts":{"$ref":"#/definitions/shared6"},"trustDomains":{"$ref":"#/definitions/shared5"}},"type":"object","additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;
const schema12 = {"items":{"type":"string"},"type":"array"};

function validate27(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/" + i0, "type", {type: "string"}, "must be string", schema12.items); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema12); errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

const schema13 = {"items":{"$ref":"#/definitions/shared7"},"maxItems":16,"type":"array"};
const schema14 = {"maxLength":320,"type":"string"};
const func3 = ((text) => Array.from(text).length);

function validate36(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 320){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 320}, "must NOT have more than 320 characters", schema14); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema14); errors++;
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 16){
vErrors = fail(vErrors, instancePath, "maxItems", {limit: 16}, "must NOT have more than 16 items", schema13); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate36(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema13); errors++;
}
validate35.errors = vErrors;
return errors === 0;
}


function validate26(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema11); errors++;
}
}
if(data.ipBlocks !== undefined){
if(!(validate27(data.ipBlocks, {instancePath:instancePath+"/ipBlocks"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.namespaces !== undefined){
if(!(validate27(data.namespaces, {instancePath:instancePath+"/namespaces"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notIpBlocks !== undefined){
if(!(validate27(data.notIpBlocks, {instancePath:instancePath+"/notIpBlocks"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notNamespaces !== undefined){
if(!(validate27(data.notNamespaces, {instancePath:instancePath+"/notNamespaces"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notPrincipals !== undefined){
if(!(validate27(data.notPrincipals, {instancePath:instancePath+"/notPrincipals"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notRemoteIpBlocks !== undefined){
if(!(validate27(data.notRemoteIpBlocks, {instancePath:instancePath+"/notRemoteIpBlocks"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notRequestPrincipals !== undefined){
if(!(validate27(data.notRequestPrincipals, {instancePath:instancePath+"/notRequestPrincipals"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notServiceAccounts !== undefined){
if(!(validate35(data.notServiceAccounts, {instancePath:instancePath+"/notServiceAccounts"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
if(data.notTrustDomains !== undefined){
if(!(validate27(data.notTrustDomains, {instancePath:instancePath+"/notTrustDomains"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.principals !== undefined){
if(!(validate27(data.principals, {instancePath:instancePath+"/principals"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.remoteIpBlocks !== undefined){
if(!(validate27(data.remoteIpBlocks, {instancePath:instancePath+"/remoteIpBlocks"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.requestPrincipals !== undefined){
if(!(validate27(data.requestPrincipals, {instancePath:instancePath+"/requestPrincipals"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.serviceAccounts !== undefined){
if(!(validate35(data.serviceAccounts, {instancePath:instancePath+"/serviceAccounts"}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
if(data.trustDomains !== undefined){
if(!(validate27(data.trustDomains, {instancePath:instancePath+"/trustDomains"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema11); errors++;
}
validate26.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "source")){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema10); errors++;
}
}
if(data.source !== undefined){
if(!(validate26(data.source, {instancePath:instancePath+"/source"}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema10); errors++;
}
validate25.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 512){
vErrors = fail(vErrors, instancePath, "maxItems", {limit: 512}, "must NOT have more than 512 items", schema9); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate25(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema9); errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema15 = {"items":{"$ref":"#/definitions/shared9"},"type":"array"};
const schema16 = {"properties":{"operation":{"$ref":"#/definitions/shared10"}},"type":"object","additionalProperties":false};
const schema17 = {"properties":{"hosts":{"$ref":"#/definitions/shared5"},"methods":{"$ref":"#/definitions/shared5"},"notHosts":{"$ref":"#/definitions/shared5"},"notMethods":{"$ref":"#/definitions/shared5"},"notPaths":{"$ref":"#/definitions/shared5"},"notPorts":{"$ref":"#/definitions/shared5"},"paths":{"$ref":"#/definitions/shared5"},"ports":{"$ref":"#/definitions/shared5"}},"type":"object","additionalProperties":false};

function validate50(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "hosts") || (key0 === "methods")) || (key0 === "notHosts")) || (key0 === "notMethods")) || (key0 === "notPaths")) || (key0 === "notPorts")) || (key0 === "paths")) || (key0 === "ports"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema17); errors++;
}
}
if(data.hosts !== undefined){
if(!(validate27(data.hosts, {instancePath:instancePath+"/hosts"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate27(data.methods, {instancePath:instancePath+"/methods"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notHosts !== undefined){
if(!(validate27(data.notHosts, {instancePath:instancePath+"/notHosts"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notMethods !== undefined){
if(!(validate27(data.notMethods, {instancePath:instancePath+"/notMethods"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notPaths !== undefined){
if(!(validate27(data.notPaths, {instancePath:instancePath+"/notPaths"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.notPorts !== undefined){
if(!(validate27(data.notPorts, {instancePath:instancePath+"/notPorts"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
if(!(validate27(data.paths, {instancePath:instancePath+"/paths"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.ports !== undefined){
if(!(validate27(data.ports, {instancePath:instancePath+"/ports"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema17); errors++;
}
validate50.errors = vErrors;
return errors === 0;
}


function validate49(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "operation")){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema16); errors++;
}
}
if(data.operation !== undefined){
if(!(validate50(data.operation, {instancePath:instancePath+"/operation"}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema16); errors++;
}
validate49.errors = vErrors;
return errors === 0;
}


function validate48(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate49(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema15); errors++;
}
validate48.errors = vErrors;
return errors === 0;
}

const schema18 = {"items":{"$ref":"#/definitions/shared12"},"type":"array"};
const schema19 = {"properties":{"key":{"type":"string"},"notValues":{"$ref":"#/definitions/shared5"},"values":{"$ref":"#/definitions/shared5"}},"required":["key"],"type":"object","additionalProperties":false};

function validate63(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.key === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "key"}, "must have required property '"+"key"+"'", schema19); errors++;
}
for(const key0 in data){
if(!(((key0 === "key") || (key0 === "notValues")) || (key0 === "values"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema19); errors++;
}
}
if(data.key !== undefined){
let data0 = data.key;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/key", "type", {type: "string"}, "must be string", schema19.properties.key); errors++;
}
}
if(data.notValues !== undefined){
if(!(validate27(data.notValues, {instancePath:instancePath+"/notValues"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
if(data.values !== undefined){
if(!(validate27(data.values, {instancePath:instancePath+"/values"}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema19); errors++;
}
validate63.errors = vErrors;
return errors === 0;
}


function validate62(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate63(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema18); errors++;
}
validate62.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "from") || (key0 === "to")) || (key0 === "when"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema8); errors++;
}
}
if(data.from !== undefined){
if(!(validate24(data.from, {instancePath:instancePath+"/from"}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate48(data.to, {instancePath:instancePath+"/to"}))){
vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
errors = vErrors.length;
}
}
if(data.when !== undefined){
if(!(validate62(data.when, {instancePath:instancePath+"/when"}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema8); errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

const schema20 = {"properties":{"matchLabels":{"$ref":"#/definitions/shared14"}},"type":"object","additionalProperties":false};
const schema21 = {"additionalProperties":{"$ref":"#/definitions/shared15"},"maxProperties":4096,"type":"object"};
const schema22 = {"maxLength":63,"type":"string"};

function validate71(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 63){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 63}, "must NOT have more than 63 characters", schema22); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema22); errors++;
}
validate71.errors = vErrors;
return errors === 0;
}


function validate70(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 4096){
vErrors = fail(vErrors, instancePath, "maxProperties", {limit: 4096}, "must NOT have more than 4096 properties", schema21); errors++;
}
for(const key0 in data){
if(!(validate71(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema21); errors++;
}
validate70.errors = vErrors;
return errors === 0;
}


function validate69(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "matchLabels")){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema20); errors++;
}
}
if(data.matchLabels !== undefined){
if(!(validate70(data.matchLabels, {instancePath:instancePath+"/matchLabels"}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema20); errors++;
}
validate69.errors = vErrors;
return errors === 0;
}

const schema23 = {"properties":{"group":{"$ref":"#/definitions/shared17"},"kind":{"$ref":"#/definitions/shared18"},"name":{"$ref":"#/definitions/shared19"},"namespace":{"type":"string"}},"required":["kind","name"],"type":"object","additionalProperties":false};
const schema24 = {"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"};
const pattern0 = new RegExp("^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");

function validate76(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 253){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 253}, "must NOT have more than 253 characters", schema24); errors++;
}
if(!pattern0.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}, "must match pattern \""+"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"+"\"", schema24); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema24); errors++;
}
validate76.errors = vErrors;
return errors === 0;
}

const schema25 = {"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"};
const pattern1 = new RegExp("^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$", "u");

function validate78(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 63){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 63}, "must NOT have more than 63 characters", schema25); errors++;
}
if(func3(data) < 1){
vErrors = fail(vErrors, instancePath, "minLength", {limit: 1}, "must NOT have fewer than 1 characters", schema25); errors++;
}
if(!pattern1.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}, "must match pattern \""+"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"+"\"", schema25); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema25); errors++;
}
validate78.errors = vErrors;
return errors === 0;
}

const schema26 = {"maxLength":253,"minLength":1,"type":"string"};

function validate80(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 253){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 253}, "must NOT have more than 253 characters", schema26); errors++;
}
if(func3(data) < 1){
vErrors = fail(vErrors, instancePath, "minLength", {limit: 1}, "must NOT have fewer than 1 characters", schema26); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema26); errors++;
}
validate80.errors = vErrors;
return errors === 0;
}


function validate75(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kind === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "kind"}, "must have required property '"+"kind"+"'", schema23); errors++;
}
if(data.name === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "name"}, "must have required property '"+"name"+"'", schema23); errors++;
}
for(const key0 in data){
if(!((((key0 === "group") || (key0 === "kind")) || (key0 === "name")) || (key0 === "namespace"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema23); errors++;
}
}
if(data.group !== undefined){
if(!(validate76(data.group, {instancePath:instancePath+"/group"}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.kind !== undefined){
if(!(validate78(data.kind, {instancePath:instancePath+"/kind"}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
if(!(validate80(data.name, {instancePath:instancePath+"/name"}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
let data3 = data.namespace;
if(typeof data3 !== "string"){
vErrors = fail(vErrors, instancePath+"/namespace", "type", {type: "string"}, "must be string", schema23.properties.namespace); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema23); errors++;
}
validate75.errors = vErrors;
return errors === 0;
}

const schema27 = {"items":{"$ref":"#/definitions/shared16"},"maxItems":16,"type":"array"};

function validate83(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 16){
vErrors = fail(vErrors, instancePath, "maxItems", {limit: 16}, "must NOT have more than 16 items", schema27); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate75(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema27); errors++;
}
validate83.errors = vErrors;
return errors === 0;
}


function validate22(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "action") || (key0 === "provider")) || (key0 === "rules")) || (key0 === "selector")) || (key0 === "targetRef")) || (key0 === "targetRefs"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema7); errors++;
}
}
if(data.action !== undefined){
let data0 = data.action;
if(typeof data0 !== "string"){
vErrors = fail(vErrors, instancePath+"/action", "type", {type: "string"}, "must be string", schema7.properties.action); errors++;
}
if(!((((data0 === "ALLOW") || (data0 === "DENY")) || (data0 === "AUDIT")) || (data0 === "CUSTOM"))){
vErrors = fail(vErrors, instancePath+"/action", "enum", {allowedValues: schema7.properties.action.enum}, "must be equal to one of the allowed values", schema7.properties.action); errors++;
}
}
if(data.provider !== undefined){
let data1 = data.provider;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(key1 === "name")){
vErrors = fail(vErrors, instancePath+"/provider", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema7.properties.provider); errors++;
}
}
if(data1.name !== undefined){
let data2 = data1.name;
if(typeof data2 !== "string"){
vErrors = fail(vErrors, instancePath+"/provider/name", "type", {type: "string"}, "must be string", schema7.properties.provider.properties.name); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/provider", "type", {type: "object"}, "must be object", schema7.properties.provider); errors++;
}
}
if(data.rules !== undefined){
let data3 = data.rules;
if(Array.isArray(data3)){
if(data3.length > 512){
vErrors = fail(vErrors, instancePath+"/rules", "maxItems", {limit: 512}, "must NOT have more than 512 items", schema7.properties.rules); errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate23(data3[i0], {instancePath:instancePath+"/rules/" + i0}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/rules", "type", {type: "array"}, "must be array", schema7.properties.rules); errors++;
}
}
if(data.selector !== undefined){
if(!(validate69(data.selector, {instancePath:instancePath+"/selector"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.targetRef !== undefined){
if(!(validate75(data.targetRef, {instancePath:instancePath+"/targetRef"}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.targetRefs !== undefined){
if(!(validate83(data.targetRefs, {instancePath:instancePath+"/targetRefs"}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema7); errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

export const validatePeerAuthentication: Validator = validate86 as unknown as Validator;
const schema28 = {"properties":{"mtls":{"properties":{"mode":{"$ref":"#/definitions/shared21"}},"type":"object","additionalProperties":false},"portLevelMtls":{"additionalProperties":{"properties":{"mode":{"$ref":"#/definitions/shared21"}},"type":"object","additionalProperties":false},"minProperties":1,"type":"object"},"selector":{"$ref":"#/definitions/shared13"}},"type":"object","additionalProperties":false};
const schema29 = {"enum":["UNSET","DISABLE","PERMISSIVE","STRICT"],"type":"string"};

function validate87(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema29); errors++;
}
if(!((((data === "UNSET") || (data === "DISABLE")) || (data === "PERMISSIVE")) || (data === "STRICT"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema29.enum}, "must be equal to one of the allowed values", schema29); errors++;
}
validate87.errors = vErrors;
return errors === 0;
}


function validate86(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "mtls") || (key0 === "portLevelMtls")) || (key0 === "selector"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema28); errors++;
}
}
if(data.mtls !== undefined){
let data0 = data.mtls;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(key1 === "mode")){
vErrors = fail(vErrors, instancePath+"/mtls", "additionalProperties", {additionalProperty: key1}, "must NOT have additional properties", schema28.properties.mtls); errors++;
}
}
if(data0.mode !== undefined){
if(!(validate87(data0.mode, {instancePath:instancePath+"/mtls/mode"}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/mtls", "type", {type: "object"}, "must be object", schema28.properties.mtls); errors++;
}
}
if(data.portLevelMtls !== undefined){
let data2 = data.portLevelMtls;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length < 1){
vErrors = fail(vErrors, instancePath+"/portLevelMtls", "minProperties", {limit: 1}, "must NOT have fewer than 1 properties", schema28.properties.portLevelMtls); errors++;
}
for(const key2 in data2){
let data3 = data2[key2];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key3 in data3){
if(!(key3 === "mode")){
vErrors = fail(vErrors, instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "additionalProperties", {additionalProperty: key3}, "must NOT have additional properties", schema28.properties.portLevelMtls.additionalProperties); errors++;
}
}
if(data3.mode !== undefined){
if(!(validate87(data3.mode, {instancePath:instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/mode"}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "object"}, "must be object", schema28.properties.portLevelMtls.additionalProperties); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/portLevelMtls", "type", {type: "object"}, "must be object", schema28.properties.portLevelMtls); errors++;
}
}
if(data.selector !== undefined){
if(!(validate69(data.selector, {instancePath:instancePath+"/selector"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema28); errors++;
}
validate86.errors = vErrors;
return errors === 0;
}

export const validateRequestAuthentication: Validator = validate91 as unknown as Validator;
const schema30 = {"properties":{"jwtRules":{"items":{"$ref":"#/definitions/shared22"},"maxItems":4096,"type":"array"},"selector":{"$ref":"#/definitions/shared13"},"targetRef":{"$ref":"#/definitions/shared16"},"targetRefs":{"$ref":"#/definitions/shared20"}},"type":"object","additionalProperties":false};
const schema31 = {"properties":{"audiences":{"$ref":"#/definitions/shared23"},"forwardOriginalToken":{"type":"boolean"},"fromCookies":{"$ref":"#/definitions/shared23"},"fromHeaders":{"$ref":"#/definitions/shared25"},"fromParams":{"$ref":"#/definitions/shared23"},"issuer":{"$ref":"#/definitions/shared24"},"jwks":{"type":"string"},"jwks_uri":{"$ref":"#/definitions/shared27"},"jwksUri":{"$ref":"#/definitions/shared27"},"outputClaimToHeaders":{"$ref":"#/definitions/shared28"},"outputPayloadToHeader":{"type":"string"},"presence":{"$ref":"#/definitions/shared31"},"spaceDelimitedClaims":{"$ref":"#/definitions/shared32"},"timeout":{"type":"string"}},"type":"object","additionalProperties":false};
const schema32 = {"items":{"$ref":"#/definitions/shared24"},"type":"array"};
const schema33 = {"minLength":1,"type":"string"};

function validate94(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) < 1){
vErrors = fail(vErrors, instancePath, "minLength", {limit: 1}, "must NOT have fewer than 1 characters", schema33); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema33); errors++;
}
validate94.errors = vErrors;
return errors === 0;
}


function validate93(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate94(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema32); errors++;
}
validate93.errors = vErrors;
return errors === 0;
}

const schema34 = {"items":{"$ref":"#/definitions/shared26"},"type":"array"};
const schema35 = {"properties":{"name":{"$ref":"#/definitions/shared24"},"prefix":{"type":"string"}},"required":["name"],"type":"object","additionalProperties":false};

function validate99(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "name"}, "must have required property '"+"name"+"'", schema35); errors++;
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "prefix"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema35); errors++;
}
}
if(data.name !== undefined){
if(!(validate94(data.name, {instancePath:instancePath+"/name"}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 !== "string"){
vErrors = fail(vErrors, instancePath+"/prefix", "type", {type: "string"}, "must be string", schema35.properties.prefix); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema35); errors++;
}
validate99.errors = vErrors;
return errors === 0;
}


function validate98(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate99(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema34); errors++;
}
validate98.errors = vErrors;
return errors === 0;
}

const schema36 = {"maxLength":2048,"minLength":1,"type":"string"};

function validate105(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 2048){
vErrors = fail(vErrors, instancePath, "maxLength", {limit: 2048}, "must NOT have more than 2048 characters", schema36); errors++;
}
if(func3(data) < 1){
vErrors = fail(vErrors, instancePath, "minLength", {limit: 1}, "must NOT have fewer than 1 characters", schema36); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema36); errors++;
}
validate105.errors = vErrors;
return errors === 0;
}

const schema37 = {"items":{"$ref":"#/definitions/shared29"},"type":"array"};
const schema38 = {"properties":{"claim":{"$ref":"#/definitions/shared24"},"header":{"$ref":"#/definitions/shared30"}},"required":["header","claim"],"type":"object","additionalProperties":false};
const schema39 = {"minLength":1,"pattern":"^[-_A-Za-z0-9]+$","type":"string"};
const pattern2 = new RegExp("^[-_A-Za-z0-9]+$", "u");

function validate111(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) < 1){
vErrors = fail(vErrors, instancePath, "minLength", {limit: 1}, "must NOT have fewer than 1 characters", schema39); errors++;
}
if(!pattern2.test(data)){
vErrors = fail(vErrors, instancePath, "pattern", {pattern: "^[-_A-Za-z0-9]+$"}, "must match pattern \""+"^[-_A-Za-z0-9]+$"+"\"", schema39); errors++;
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema39); errors++;
}
validate111.errors = vErrors;
return errors === 0;
}


function validate109(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.header === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "header"}, "must have required property '"+"header"+"'", schema38); errors++;
}
if(data.claim === undefined){
vErrors = fail(vErrors, instancePath, "required", {missingProperty: "claim"}, "must have required property '"+"claim"+"'", schema38); errors++;
}
for(const key0 in data){
if(!((key0 === "claim") || (key0 === "header"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema38); errors++;
}
}
if(data.claim !== undefined){
if(!(validate94(data.claim, {instancePath:instancePath+"/claim"}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.header !== undefined){
if(!(validate111(data.header, {instancePath:instancePath+"/header"}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema38); errors++;
}
validate109.errors = vErrors;
return errors === 0;
}


function validate108(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate109(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema37); errors++;
}
validate108.errors = vErrors;
return errors === 0;
}

const schema40 = {"enum":["OPTIONAL","REQUIRED"],"type":"string"};

function validate115(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
vErrors = fail(vErrors, instancePath, "type", {type: "string"}, "must be string", schema40); errors++;
}
if(!((data === "OPTIONAL") || (data === "REQUIRED"))){
vErrors = fail(vErrors, instancePath, "enum", {allowedValues: schema40.enum}, "must be equal to one of the allowed values", schema40); errors++;
}
validate115.errors = vErrors;
return errors === 0;
}

const schema41 = {"items":{"$ref":"#/definitions/shared24"},"maxItems":64,"type":"array"};

function validate117(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 64){
vErrors = fail(vErrors, instancePath, "maxItems", {limit: 64}, "must NOT have more than 64 items", schema41); errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate94(data[i0], {instancePath:instancePath+"/" + i0}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "array"}, "must be array", schema41); errors++;
}
validate117.errors = vErrors;
return errors === 0;
}


function validate92(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema31.properties, key0))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema31); errors++;
}
}
if(data.audiences !== undefined){
if(!(validate93(data.audiences, {instancePath:instancePath+"/audiences"}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.forwardOriginalToken !== undefined){
let data1 = data.forwardOriginalToken;
if(typeof data1 !== "boolean"){
vErrors = fail(vErrors, instancePath+"/forwardOriginalToken", "type", {type: "boolean"}, "must be boolean", schema31.properties.forwardOriginalToken); errors++;
}
}
if(data.fromCookies !== undefined){
if(!(validate93(data.fromCookies, {instancePath:instancePath+"/fromCookies"}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.fromHeaders !== undefined){
if(!(validate98(data.fromHeaders, {instancePath:instancePath+"/fromHeaders"}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.fromParams !== undefined){
if(!(validate93(data.fromParams, {instancePath:instancePath+"/fromParams"}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.issuer !== undefined){
if(!(validate94(data.issuer, {instancePath:instancePath+"/issuer"}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
if(data.jwks !== undefined){
let data6 = data.jwks;
if(typeof data6 !== "string"){
vErrors = fail(vErrors, instancePath+"/jwks", "type", {type: "string"}, "must be string", schema31.properties.jwks); errors++;
}
}
if(data.jwks_uri !== undefined){
if(!(validate105(data.jwks_uri, {instancePath:instancePath+"/jwks_uri"}))){
vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
errors = vErrors.length;
}
}
if(data.jwksUri !== undefined){
if(!(validate105(data.jwksUri, {instancePath:instancePath+"/jwksUri"}))){
vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
errors = vErrors.length;
}
}
if(data.outputClaimToHeaders !== undefined){
if(!(validate108(data.outputClaimToHeaders, {instancePath:instancePath+"/outputClaimToHeaders"}))){
vErrors = vErrors === null ? validate108.errors : vErrors.concat(validate108.errors);
errors = vErrors.length;
}
}
if(data.outputPayloadToHeader !== undefined){
let data10 = data.outputPayloadToHeader;
if(typeof data10 !== "string"){
vErrors = fail(vErrors, instancePath+"/outputPayloadToHeader", "type", {type: "string"}, "must be string", schema31.properties.outputPayloadToHeader); errors++;
}
}
if(data.presence !== undefined){
if(!(validate115(data.presence, {instancePath:instancePath+"/presence"}))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
}
if(data.spaceDelimitedClaims !== undefined){
if(!(validate117(data.spaceDelimitedClaims, {instancePath:instancePath+"/spaceDelimitedClaims"}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
let data13 = data.timeout;
if(typeof data13 !== "string"){
vErrors = fail(vErrors, instancePath+"/timeout", "type", {type: "string"}, "must be string", schema31.properties.timeout); errors++;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema31); errors++;
}
validate92.errors = vErrors;
return errors === 0;
}


function validate91(data, {instancePath=""}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "jwtRules") || (key0 === "selector")) || (key0 === "targetRef")) || (key0 === "targetRefs"))){
vErrors = fail(vErrors, instancePath, "additionalProperties", {additionalProperty: key0}, "must NOT have additional properties", schema30); errors++;
}
}
if(data.jwtRules !== undefined){
let data0 = data.jwtRules;
if(Array.isArray(data0)){
if(data0.length > 4096){
vErrors = fail(vErrors, instancePath+"/jwtRules", "maxItems", {limit: 4096}, "must NOT have more than 4096 items", schema30.properties.jwtRules); errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate92(data0[i0], {instancePath:instancePath+"/jwtRules/" + i0}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath+"/jwtRules", "type", {type: "array"}, "must be array", schema30.properties.jwtRules); errors++;
}
}
if(data.selector !== undefined){
if(!(validate69(data.selector, {instancePath:instancePath+"/selector"}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.targetRef !== undefined){
if(!(validate75(data.targetRef, {instancePath:instancePath+"/targetRef"}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
}
if(data.targetRefs !== undefined){
if(!(validate83(data.targetRefs, {instancePath:instancePath+"/targetRefs"}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
}
else {
vErrors = fail(vErrors, instancePath, "type", {type: "object"}, "must be object", schema30); errors++;
}
validate91.errors = vErrors;
return errors === 0;
}

