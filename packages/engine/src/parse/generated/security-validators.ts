// @ts-nocheck
// Made by scripts/schemas.mjs from packages/engine/src/parse/schemas/security.json. Do not edit.
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
export const validateAuthorizationPolicy: Validator = validate22 as unknown as Validator;
const schema7 = {"properties":{"action":{"enum":["ALLOW","DENY","AUDIT","CUSTOM"],"type":"string"},"provider":{"properties":{"name":{"type":"string"}},"type":"object","additionalProperties":false},"rules":{"items":{"properties":{"from":{"items":{"properties":{"source":{"properties":{"ipBlocks":{"items":{"type":"string"},"type":"array"},"namespaces":{"items":{"type":"string"},"type":"array"},"notIpBlocks":{"items":{"type":"string"},"type":"array"},"notNamespaces":{"items":{"type":"string"},"type":"array"},"notPrincipals":{"items":{"type":"string"},"type":"array"},"notRemoteIpBlocks":{"items":{"type":"string"},"type":"array"},"notRequestPrincipals":{"items":{"type":"string"},"type":"array"},"notServiceAccounts":{"items":{"maxLength":320,"type":"string"},"maxItems":16,"type":"array"},"notTrustDomains":{"items":{"type":"string"},"type":"array"},"principals":{"items":{"type":"string"},"type":"array"},"remoteIpBlocks":{"items":{"type":"string"},"type":"array"},"requestPrincipals":{"items":{"type":"string"},"type":"array"},"serviceAccounts":{"items":{"maxLength":320,"type":"string"},"maxItems":16,"type":"array"},"trustDomains":{"items":{"type":"string"},"type":"array"}},"type":"object","additionalProperties":false}},"type":"object","additionalProperties":false},"maxItems":512,"type":"array"},"to":{"items":{"properties":{"operation":{"properties":{"hosts":{"items":{"type":"string"},"type":"array"},"methods":{"items":{"type":"string"},"type":"array"},"notHosts":{"items":{"type":"string"},"type":"array"},"notMethods":{"items":{"type":"string"},"type":"array"},"notPaths":{"items":{"type":"string"},"type":"array"},"notPorts":{"items":{"type":"string"},"type":"array"},"paths":{"items":{"type":"string"},"type":"array"},"ports":{"items":{"type":"string"},"type":"array"}},"type":"object","additionalProperties":false}},"type":"object","additionalProperties":false},"type":"array"},"when":{"items":{"properties":{"key":{"type":"string"},"notValues":{"items":{"type":"string"},"type":"array"},"values":{"items":{"type":"string"},"type":"array"}},"required":["key"],"type":"object","additionalProperties":false},"type":"array"}},"type":"object","additionalProperties":false},"maxItems":512,"type":"array"},"selector":{"properties":{"matchLabels":{"additionalProperties":{"maxLength":63,"type":"string"},"maxProperties":4096,"type":"object"}},"type":"object","additionalProperties":false},"targetRef":{"properties":{"group":{"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"},"kind":{"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"},"name":{"maxLength":253,"minLength":1,"type":"string"},"namespace":{"type":"string"}},"required":["kind","name"],"type":"object","additionalProperties":false},"targetRefs":{"items":{"properties":{"group":{"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"},"kind":{"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"},"name":{"maxLength":253,"minLength":1,"type":"string"},"namespace":{"type":"string"}},"required":["kind","name"],"type":"object","additionalProperties":false},"maxItems":16,"type":"array"}},"type":"object","additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;
const func3 = ((text) => Array.from(text).length);
const pattern0 = new RegExp("^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");
const pattern1 = new RegExp("^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "action") || (key0 === "provider")) || (key0 === "rules")) || (key0 === "selector")) || (key0 === "targetRef")) || (key0 === "targetRefs"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.action !== undefined){
let data0 = data.action;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/action",schemaPath:"#/properties/action/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.action.type,parentSchema:schema7.properties.action,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!((((data0 === "ALLOW") || (data0 === "DENY")) || (data0 === "AUDIT")) || (data0 === "CUSTOM"))){
const err2 = {instancePath:instancePath+"/action",schemaPath:"#/properties/action/enum",keyword:"enum",params:{allowedValues: schema7.properties.action.enum},message:"must be equal to one of the allowed values",schema:schema7.properties.action.enum,parentSchema:schema7.properties.action,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.provider !== undefined){
let data1 = data.provider;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(key1 === "name")){
const err3 = {instancePath:instancePath+"/provider",schemaPath:"#/properties/provider/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.provider,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.name !== undefined){
let data2 = data1.name;
if(typeof data2 !== "string"){
const err4 = {instancePath:instancePath+"/provider/name",schemaPath:"#/properties/provider/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.provider.properties.name.type,parentSchema:schema7.properties.provider.properties.name,data:data2};
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
const err5 = {instancePath:instancePath+"/provider",schemaPath:"#/properties/provider/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.provider.type,parentSchema:schema7.properties.provider,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.rules !== undefined){
let data3 = data.rules;
if(Array.isArray(data3)){
if(data3.length > 512){
const err6 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxItems",keyword:"maxItems",params:{limit: 512},message:"must NOT have more than 512 items",schema:512,parentSchema:schema7.properties.rules,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(((key2 === "from") || (key2 === "to")) || (key2 === "when"))){
const err7 = {instancePath:instancePath+"/rules/" + i0,schemaPath:"#/properties/rules/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data4.from !== undefined){
let data5 = data4.from;
if(Array.isArray(data5)){
if(data5.length > 512){
const err8 = {instancePath:instancePath+"/rules/" + i0+"/from",schemaPath:"#/properties/rules/items/properties/from/maxItems",keyword:"maxItems",params:{limit: 512},message:"must NOT have more than 512 items",schema:512,parentSchema:schema7.properties.rules.items.properties.from,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key3 in data6){
if(!(key3 === "source")){
const err9 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1,schemaPath:"#/properties/rules/items/properties/from/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items.properties.from.items,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data6.source !== undefined){
let data7 = data6.source;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key4 in data7){
if(!(func2.call(schema7.properties.rules.items.properties.from.items.properties.source.properties, key4))){
const err10 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data7.ipBlocks !== undefined){
let data8 = data7.ipBlocks;
if(Array.isArray(data8)){
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
if(typeof data9 !== "string"){
const err11 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/ipBlocks/" + i2,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/ipBlocks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.ipBlocks.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.ipBlocks.items,data:data9};
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
const err12 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/ipBlocks",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/ipBlocks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.ipBlocks.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.ipBlocks,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data7.namespaces !== undefined){
let data10 = data7.namespaces;
if(Array.isArray(data10)){
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
let data11 = data10[i3];
if(typeof data11 !== "string"){
const err13 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/namespaces/" + i3,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/namespaces/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.namespaces.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.namespaces.items,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/namespaces",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/namespaces/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.namespaces.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.namespaces,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data7.notIpBlocks !== undefined){
let data12 = data7.notIpBlocks;
if(Array.isArray(data12)){
const len4 = data12.length;
for(let i4=0; i4<len4; i4++){
let data13 = data12[i4];
if(typeof data13 !== "string"){
const err15 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notIpBlocks/" + i4,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notIpBlocks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notIpBlocks.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notIpBlocks.items,data:data13};
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
const err16 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notIpBlocks",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notIpBlocks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notIpBlocks.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notIpBlocks,data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data7.notNamespaces !== undefined){
let data14 = data7.notNamespaces;
if(Array.isArray(data14)){
const len5 = data14.length;
for(let i5=0; i5<len5; i5++){
let data15 = data14[i5];
if(typeof data15 !== "string"){
const err17 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notNamespaces/" + i5,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notNamespaces/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notNamespaces.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notNamespaces.items,data:data15};
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
const err18 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notNamespaces",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notNamespaces/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notNamespaces.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notNamespaces,data:data14};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.notPrincipals !== undefined){
let data16 = data7.notPrincipals;
if(Array.isArray(data16)){
const len6 = data16.length;
for(let i6=0; i6<len6; i6++){
let data17 = data16[i6];
if(typeof data17 !== "string"){
const err19 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notPrincipals/" + i6,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notPrincipals/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notPrincipals.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notPrincipals.items,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notPrincipals",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notPrincipals/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notPrincipals.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notPrincipals,data:data16};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data7.notRemoteIpBlocks !== undefined){
let data18 = data7.notRemoteIpBlocks;
if(Array.isArray(data18)){
const len7 = data18.length;
for(let i7=0; i7<len7; i7++){
let data19 = data18[i7];
if(typeof data19 !== "string"){
const err21 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notRemoteIpBlocks/" + i7,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notRemoteIpBlocks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRemoteIpBlocks.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRemoteIpBlocks.items,data:data19};
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
const err22 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notRemoteIpBlocks",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notRemoteIpBlocks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRemoteIpBlocks.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRemoteIpBlocks,data:data18};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.notRequestPrincipals !== undefined){
let data20 = data7.notRequestPrincipals;
if(Array.isArray(data20)){
const len8 = data20.length;
for(let i8=0; i8<len8; i8++){
let data21 = data20[i8];
if(typeof data21 !== "string"){
const err23 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notRequestPrincipals/" + i8,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notRequestPrincipals/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRequestPrincipals.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRequestPrincipals.items,data:data21};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notRequestPrincipals",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notRequestPrincipals/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRequestPrincipals.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notRequestPrincipals,data:data20};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data7.notServiceAccounts !== undefined){
let data22 = data7.notServiceAccounts;
if(Array.isArray(data22)){
if(data22.length > 16){
const err25 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notServiceAccounts",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notServiceAccounts/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts,data:data22};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len9 = data22.length;
for(let i9=0; i9<len9; i9++){
let data23 = data22[i9];
if(typeof data23 === "string"){
if(func3(data23) > 320){
const err26 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notServiceAccounts/" + i9,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notServiceAccounts/items/maxLength",keyword:"maxLength",params:{limit: 320},message:"must NOT have more than 320 characters",schema:320,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts.items,data:data23};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notServiceAccounts/" + i9,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notServiceAccounts/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts.items,data:data23};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notServiceAccounts",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notServiceAccounts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notServiceAccounts,data:data22};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data7.notTrustDomains !== undefined){
let data24 = data7.notTrustDomains;
if(Array.isArray(data24)){
const len10 = data24.length;
for(let i10=0; i10<len10; i10++){
let data25 = data24[i10];
if(typeof data25 !== "string"){
const err29 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notTrustDomains/" + i10,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notTrustDomains/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notTrustDomains.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notTrustDomains.items,data:data25};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/notTrustDomains",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/notTrustDomains/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notTrustDomains.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.notTrustDomains,data:data24};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data7.principals !== undefined){
let data26 = data7.principals;
if(Array.isArray(data26)){
const len11 = data26.length;
for(let i11=0; i11<len11; i11++){
let data27 = data26[i11];
if(typeof data27 !== "string"){
const err31 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/principals/" + i11,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/principals/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.principals.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.principals.items,data:data27};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/principals",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/principals/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.principals.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.principals,data:data26};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data7.remoteIpBlocks !== undefined){
let data28 = data7.remoteIpBlocks;
if(Array.isArray(data28)){
const len12 = data28.length;
for(let i12=0; i12<len12; i12++){
let data29 = data28[i12];
if(typeof data29 !== "string"){
const err33 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/remoteIpBlocks/" + i12,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/remoteIpBlocks/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.remoteIpBlocks.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.remoteIpBlocks.items,data:data29};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/remoteIpBlocks",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/remoteIpBlocks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.remoteIpBlocks.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.remoteIpBlocks,data:data28};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data7.requestPrincipals !== undefined){
let data30 = data7.requestPrincipals;
if(Array.isArray(data30)){
const len13 = data30.length;
for(let i13=0; i13<len13; i13++){
let data31 = data30[i13];
if(typeof data31 !== "string"){
const err35 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/requestPrincipals/" + i13,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/requestPrincipals/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.requestPrincipals.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.requestPrincipals.items,data:data31};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/requestPrincipals",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/requestPrincipals/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.requestPrincipals.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.requestPrincipals,data:data30};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data7.serviceAccounts !== undefined){
let data32 = data7.serviceAccounts;
if(Array.isArray(data32)){
if(data32.length > 16){
const err37 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/serviceAccounts",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/serviceAccounts/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts,data:data32};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
const len14 = data32.length;
for(let i14=0; i14<len14; i14++){
let data33 = data32[i14];
if(typeof data33 === "string"){
if(func3(data33) > 320){
const err38 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/serviceAccounts/" + i14,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/serviceAccounts/items/maxLength",keyword:"maxLength",params:{limit: 320},message:"must NOT have more than 320 characters",schema:320,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts.items,data:data33};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/serviceAccounts/" + i14,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/serviceAccounts/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts.items,data:data33};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/serviceAccounts",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/serviceAccounts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.serviceAccounts,data:data32};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data7.trustDomains !== undefined){
let data34 = data7.trustDomains;
if(Array.isArray(data34)){
const len15 = data34.length;
for(let i15=0; i15<len15; i15++){
let data35 = data34[i15];
if(typeof data35 !== "string"){
const err41 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/trustDomains/" + i15,schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/trustDomains/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.trustDomains.items.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.trustDomains.items,data:data35};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source/trustDomains",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/properties/trustDomains/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.items.properties.source.properties.trustDomains.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source.properties.trustDomains,data:data34};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1+"/source",schemaPath:"#/properties/rules/items/properties/from/items/properties/source/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.properties.from.items.properties.source.type,parentSchema:schema7.properties.rules.items.properties.from.items.properties.source,data:data7};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/rules/" + i0+"/from/" + i1,schemaPath:"#/properties/rules/items/properties/from/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.properties.from.items.type,parentSchema:schema7.properties.rules.items.properties.from.items,data:data6};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/rules/" + i0+"/from",schemaPath:"#/properties/rules/items/properties/from/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.from.type,parentSchema:schema7.properties.rules.items.properties.from,data:data5};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data4.to !== undefined){
let data36 = data4.to;
if(Array.isArray(data36)){
const len16 = data36.length;
for(let i16=0; i16<len16; i16++){
let data37 = data36[i16];
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key5 in data37){
if(!(key5 === "operation")){
const err46 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16,schemaPath:"#/properties/rules/items/properties/to/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items.properties.to.items,data:data37};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data37.operation !== undefined){
let data38 = data37.operation;
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
for(const key6 in data38){
if(!((((((((key6 === "hosts") || (key6 === "methods")) || (key6 === "notHosts")) || (key6 === "notMethods")) || (key6 === "notPaths")) || (key6 === "notPorts")) || (key6 === "paths")) || (key6 === "ports"))){
const err47 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation,data:data38};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data38.hosts !== undefined){
let data39 = data38.hosts;
if(Array.isArray(data39)){
const len17 = data39.length;
for(let i17=0; i17<len17; i17++){
let data40 = data39[i17];
if(typeof data40 !== "string"){
const err48 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/hosts/" + i17,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/hosts/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.hosts.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.hosts.items,data:data40};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/hosts",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.hosts.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.hosts,data:data39};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data38.methods !== undefined){
let data41 = data38.methods;
if(Array.isArray(data41)){
const len18 = data41.length;
for(let i18=0; i18<len18; i18++){
let data42 = data41[i18];
if(typeof data42 !== "string"){
const err50 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/methods/" + i18,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/methods/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.methods.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.methods.items,data:data42};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/methods",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/methods/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.methods.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.methods,data:data41};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data38.notHosts !== undefined){
let data43 = data38.notHosts;
if(Array.isArray(data43)){
const len19 = data43.length;
for(let i19=0; i19<len19; i19++){
let data44 = data43[i19];
if(typeof data44 !== "string"){
const err52 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notHosts/" + i19,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notHosts/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notHosts.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notHosts.items,data:data44};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notHosts",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notHosts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notHosts.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notHosts,data:data43};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data38.notMethods !== undefined){
let data45 = data38.notMethods;
if(Array.isArray(data45)){
const len20 = data45.length;
for(let i20=0; i20<len20; i20++){
let data46 = data45[i20];
if(typeof data46 !== "string"){
const err54 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notMethods/" + i20,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notMethods/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notMethods.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notMethods.items,data:data46};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notMethods",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notMethods/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notMethods.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notMethods,data:data45};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data38.notPaths !== undefined){
let data47 = data38.notPaths;
if(Array.isArray(data47)){
const len21 = data47.length;
for(let i21=0; i21<len21; i21++){
let data48 = data47[i21];
if(typeof data48 !== "string"){
const err56 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notPaths/" + i21,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notPaths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPaths.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPaths.items,data:data48};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notPaths",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notPaths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPaths.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPaths,data:data47};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data38.notPorts !== undefined){
let data49 = data38.notPorts;
if(Array.isArray(data49)){
const len22 = data49.length;
for(let i22=0; i22<len22; i22++){
let data50 = data49[i22];
if(typeof data50 !== "string"){
const err58 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notPorts/" + i22,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notPorts/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPorts.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPorts.items,data:data50};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
else {
const err59 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/notPorts",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/notPorts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPorts.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.notPorts,data:data49};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data38.paths !== undefined){
let data51 = data38.paths;
if(Array.isArray(data51)){
const len23 = data51.length;
for(let i23=0; i23<len23; i23++){
let data52 = data51[i23];
if(typeof data52 !== "string"){
const err60 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/paths/" + i23,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.paths.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.paths.items,data:data52};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/paths",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.paths.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.paths,data:data51};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data38.ports !== undefined){
let data53 = data38.ports;
if(Array.isArray(data53)){
const len24 = data53.length;
for(let i24=0; i24<len24; i24++){
let data54 = data53[i24];
if(typeof data54 !== "string"){
const err62 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/ports/" + i24,schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/ports/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.ports.items.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.ports.items,data:data54};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation/ports",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/properties/ports/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.ports.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation.properties.ports,data:data53};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16+"/operation",schemaPath:"#/properties/rules/items/properties/to/items/properties/operation/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.properties.to.items.properties.operation.type,parentSchema:schema7.properties.rules.items.properties.to.items.properties.operation,data:data38};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
else {
const err65 = {instancePath:instancePath+"/rules/" + i0+"/to/" + i16,schemaPath:"#/properties/rules/items/properties/to/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.properties.to.items.type,parentSchema:schema7.properties.rules.items.properties.to.items,data:data37};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/rules/" + i0+"/to",schemaPath:"#/properties/rules/items/properties/to/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.to.type,parentSchema:schema7.properties.rules.items.properties.to,data:data36};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data4.when !== undefined){
let data55 = data4.when;
if(Array.isArray(data55)){
const len25 = data55.length;
for(let i25=0; i25<len25; i25++){
let data56 = data55[i25];
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(data56.key === undefined){
const err67 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25,schemaPath:"#/properties/rules/items/properties/when/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema7.properties.rules.items.properties.when.items.required,parentSchema:schema7.properties.rules.items.properties.when.items,data:data56};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key7 in data56){
if(!(((key7 === "key") || (key7 === "notValues")) || (key7 === "values"))){
const err68 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25,schemaPath:"#/properties/rules/items/properties/when/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.rules.items.properties.when.items,data:data56};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data56.key !== undefined){
let data57 = data56.key;
if(typeof data57 !== "string"){
const err69 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25+"/key",schemaPath:"#/properties/rules/items/properties/when/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.when.items.properties.key.type,parentSchema:schema7.properties.rules.items.properties.when.items.properties.key,data:data57};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data56.notValues !== undefined){
let data58 = data56.notValues;
if(Array.isArray(data58)){
const len26 = data58.length;
for(let i26=0; i26<len26; i26++){
let data59 = data58[i26];
if(typeof data59 !== "string"){
const err70 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25+"/notValues/" + i26,schemaPath:"#/properties/rules/items/properties/when/items/properties/notValues/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.when.items.properties.notValues.items.type,parentSchema:schema7.properties.rules.items.properties.when.items.properties.notValues.items,data:data59};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25+"/notValues",schemaPath:"#/properties/rules/items/properties/when/items/properties/notValues/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.when.items.properties.notValues.type,parentSchema:schema7.properties.rules.items.properties.when.items.properties.notValues,data:data58};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data56.values !== undefined){
let data60 = data56.values;
if(Array.isArray(data60)){
const len27 = data60.length;
for(let i27=0; i27<len27; i27++){
let data61 = data60[i27];
if(typeof data61 !== "string"){
const err72 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25+"/values/" + i27,schemaPath:"#/properties/rules/items/properties/when/items/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.rules.items.properties.when.items.properties.values.items.type,parentSchema:schema7.properties.rules.items.properties.when.items.properties.values.items,data:data61};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25+"/values",schemaPath:"#/properties/rules/items/properties/when/items/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.when.items.properties.values.type,parentSchema:schema7.properties.rules.items.properties.when.items.properties.values,data:data60};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/rules/" + i0+"/when/" + i25,schemaPath:"#/properties/rules/items/properties/when/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.properties.when.items.type,parentSchema:schema7.properties.rules.items.properties.when.items,data:data56};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/rules/" + i0+"/when",schemaPath:"#/properties/rules/items/properties/when/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.items.properties.when.type,parentSchema:schema7.properties.rules.items.properties.when,data:data55};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/rules/" + i0,schemaPath:"#/properties/rules/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.rules.items.type,parentSchema:schema7.properties.rules.items,data:data4};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.rules.type,parentSchema:schema7.properties.rules,data:data3};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data.selector !== undefined){
let data62 = data.selector;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
for(const key8 in data62){
if(!(key8 === "matchLabels")){
const err78 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.selector,data:data62};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data62.matchLabels !== undefined){
let data63 = data62.matchLabels;
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
if(Object.keys(data63).length > 4096){
const err79 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/maxProperties",keyword:"maxProperties",params:{limit: 4096},message:"must NOT have more than 4096 properties",schema:4096,parentSchema:schema7.properties.selector.properties.matchLabels,data:data63};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
for(const key9 in data63){
let data64 = data63[key9];
if(typeof data64 === "string"){
if(func3(data64) > 63){
const err80 = {instancePath:instancePath+"/selector/matchLabels/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema7.properties.selector.properties.matchLabels.additionalProperties,data:data64};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/selector/matchLabels/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.selector.properties.matchLabels.additionalProperties.type,parentSchema:schema7.properties.selector.properties.matchLabels.additionalProperties,data:data64};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.selector.properties.matchLabels.type,parentSchema:schema7.properties.selector.properties.matchLabels,data:data63};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.selector.type,parentSchema:schema7.properties.selector,data:data62};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.targetRef !== undefined){
let data65 = data.targetRef;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
if(data65.kind === undefined){
const err84 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema7.properties.targetRef.required,parentSchema:schema7.properties.targetRef,data:data65};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(data65.name === undefined){
const err85 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema7.properties.targetRef.required,parentSchema:schema7.properties.targetRef,data:data65};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
for(const key10 in data65){
if(!((((key10 === "group") || (key10 === "kind")) || (key10 === "name")) || (key10 === "namespace"))){
const err86 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.targetRef,data:data65};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data65.group !== undefined){
let data66 = data65.group;
if(typeof data66 === "string"){
if(func3(data66) > 253){
const err87 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema7.properties.targetRef.properties.group,data:data66};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(!pattern0.test(data66)){
const err88 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/pattern",keyword:"pattern",params:{pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"+"\"",schema:"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",parentSchema:schema7.properties.targetRef.properties.group,data:data66};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRef.properties.group.type,parentSchema:schema7.properties.targetRef.properties.group,data:data66};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data65.kind !== undefined){
let data67 = data65.kind;
if(typeof data67 === "string"){
if(func3(data67) > 63){
const err90 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema7.properties.targetRef.properties.kind,data:data67};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(func3(data67) < 1){
const err91 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema7.properties.targetRef.properties.kind,data:data67};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(!pattern1.test(data67)){
const err92 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"},message:"must match pattern \""+"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"+"\"",schema:"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",parentSchema:schema7.properties.targetRef.properties.kind,data:data67};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
else {
const err93 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRef.properties.kind.type,parentSchema:schema7.properties.targetRef.properties.kind,data:data67};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data65.name !== undefined){
let data68 = data65.name;
if(typeof data68 === "string"){
if(func3(data68) > 253){
const err94 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema7.properties.targetRef.properties.name,data:data68};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(func3(data68) < 1){
const err95 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema7.properties.targetRef.properties.name,data:data68};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRef.properties.name.type,parentSchema:schema7.properties.targetRef.properties.name,data:data68};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data65.namespace !== undefined){
let data69 = data65.namespace;
if(typeof data69 !== "string"){
const err97 = {instancePath:instancePath+"/targetRef/namespace",schemaPath:"#/properties/targetRef/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRef.properties.namespace.type,parentSchema:schema7.properties.targetRef.properties.namespace,data:data69};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.targetRef.type,parentSchema:schema7.properties.targetRef,data:data65};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.targetRefs !== undefined){
let data70 = data.targetRefs;
if(Array.isArray(data70)){
if(data70.length > 16){
const err99 = {instancePath:instancePath+"/targetRefs",schemaPath:"#/properties/targetRefs/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema7.properties.targetRefs,data:data70};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
const len28 = data70.length;
for(let i28=0; i28<len28; i28++){
let data71 = data70[i28];
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
if(data71.kind === undefined){
const err100 = {instancePath:instancePath+"/targetRefs/" + i28,schemaPath:"#/properties/targetRefs/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema7.properties.targetRefs.items.required,parentSchema:schema7.properties.targetRefs.items,data:data71};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(data71.name === undefined){
const err101 = {instancePath:instancePath+"/targetRefs/" + i28,schemaPath:"#/properties/targetRefs/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema7.properties.targetRefs.items.required,parentSchema:schema7.properties.targetRefs.items,data:data71};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
for(const key11 in data71){
if(!((((key11 === "group") || (key11 === "kind")) || (key11 === "name")) || (key11 === "namespace"))){
const err102 = {instancePath:instancePath+"/targetRefs/" + i28,schemaPath:"#/properties/targetRefs/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema7.properties.targetRefs.items,data:data71};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data71.group !== undefined){
let data72 = data71.group;
if(typeof data72 === "string"){
if(func3(data72) > 253){
const err103 = {instancePath:instancePath+"/targetRefs/" + i28+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema7.properties.targetRefs.items.properties.group,data:data72};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if(!pattern0.test(data72)){
const err104 = {instancePath:instancePath+"/targetRefs/" + i28+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/pattern",keyword:"pattern",params:{pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"+"\"",schema:"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",parentSchema:schema7.properties.targetRefs.items.properties.group,data:data72};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
else {
const err105 = {instancePath:instancePath+"/targetRefs/" + i28+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRefs.items.properties.group.type,parentSchema:schema7.properties.targetRefs.items.properties.group,data:data72};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data71.kind !== undefined){
let data73 = data71.kind;
if(typeof data73 === "string"){
if(func3(data73) > 63){
const err106 = {instancePath:instancePath+"/targetRefs/" + i28+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema7.properties.targetRefs.items.properties.kind,data:data73};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(func3(data73) < 1){
const err107 = {instancePath:instancePath+"/targetRefs/" + i28+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema7.properties.targetRefs.items.properties.kind,data:data73};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(!pattern1.test(data73)){
const err108 = {instancePath:instancePath+"/targetRefs/" + i28+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"},message:"must match pattern \""+"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"+"\"",schema:"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",parentSchema:schema7.properties.targetRefs.items.properties.kind,data:data73};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/targetRefs/" + i28+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRefs.items.properties.kind.type,parentSchema:schema7.properties.targetRefs.items.properties.kind,data:data73};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data71.name !== undefined){
let data74 = data71.name;
if(typeof data74 === "string"){
if(func3(data74) > 253){
const err110 = {instancePath:instancePath+"/targetRefs/" + i28+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema7.properties.targetRefs.items.properties.name,data:data74};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
if(func3(data74) < 1){
const err111 = {instancePath:instancePath+"/targetRefs/" + i28+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema7.properties.targetRefs.items.properties.name,data:data74};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/targetRefs/" + i28+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRefs.items.properties.name.type,parentSchema:schema7.properties.targetRefs.items.properties.name,data:data74};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data71.namespace !== undefined){
let data75 = data71.namespace;
if(typeof data75 !== "string"){
const err113 = {instancePath:instancePath+"/targetRefs/" + i28+"/namespace",schemaPath:"#/properties/targetRefs/items/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema7.properties.targetRefs.items.properties.namespace.type,parentSchema:schema7.properties.targetRefs.items.properties.namespace,data:data75};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/targetRefs/" + i28,schemaPath:"#/properties/targetRefs/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.properties.targetRefs.items.type,parentSchema:schema7.properties.targetRefs.items,data:data71};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/targetRefs",schemaPath:"#/properties/targetRefs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema7.properties.targetRefs.type,parentSchema:schema7.properties.targetRefs,data:data70};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
}
else {
const err116 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema7.type,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

export const validatePeerAuthentication: Validator = validate23 as unknown as Validator;
const schema8 = {"properties":{"mtls":{"properties":{"mode":{"enum":["UNSET","DISABLE","PERMISSIVE","STRICT"],"type":"string"}},"type":"object","additionalProperties":false},"portLevelMtls":{"additionalProperties":{"properties":{"mode":{"enum":["UNSET","DISABLE","PERMISSIVE","STRICT"],"type":"string"}},"type":"object","additionalProperties":false},"minProperties":1,"type":"object"},"selector":{"properties":{"matchLabels":{"additionalProperties":{"maxLength":63,"type":"string"},"maxProperties":4096,"type":"object"}},"type":"object","additionalProperties":false}},"type":"object","additionalProperties":false};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "mtls") || (key0 === "portLevelMtls")) || (key0 === "selector"))){
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
if(data.mtls !== undefined){
let data0 = data.mtls;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(key1 === "mode")){
const err1 = {instancePath:instancePath+"/mtls",schemaPath:"#/properties/mtls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema8.properties.mtls,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.mode !== undefined){
let data1 = data0.mode;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/mtls/mode",schemaPath:"#/properties/mtls/properties/mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.mtls.properties.mode.type,parentSchema:schema8.properties.mtls.properties.mode,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((data1 === "UNSET") || (data1 === "DISABLE")) || (data1 === "PERMISSIVE")) || (data1 === "STRICT"))){
const err3 = {instancePath:instancePath+"/mtls/mode",schemaPath:"#/properties/mtls/properties/mode/enum",keyword:"enum",params:{allowedValues: schema8.properties.mtls.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema8.properties.mtls.properties.mode.enum,parentSchema:schema8.properties.mtls.properties.mode,data:data1};
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
const err4 = {instancePath:instancePath+"/mtls",schemaPath:"#/properties/mtls/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.mtls.type,parentSchema:schema8.properties.mtls,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.portLevelMtls !== undefined){
let data2 = data.portLevelMtls;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length < 1){
const err5 = {instancePath:instancePath+"/portLevelMtls",schemaPath:"#/properties/portLevelMtls/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema8.properties.portLevelMtls,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key2 in data2){
let data3 = data2[key2];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key3 in data3){
if(!(key3 === "mode")){
const err6 = {instancePath:instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/portLevelMtls/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema8.properties.portLevelMtls.additionalProperties,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data3.mode !== undefined){
let data4 = data3.mode;
if(typeof data4 !== "string"){
const err7 = {instancePath:instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/mode",schemaPath:"#/properties/portLevelMtls/additionalProperties/properties/mode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.portLevelMtls.additionalProperties.properties.mode.type,parentSchema:schema8.properties.portLevelMtls.additionalProperties.properties.mode,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!((((data4 === "UNSET") || (data4 === "DISABLE")) || (data4 === "PERMISSIVE")) || (data4 === "STRICT"))){
const err8 = {instancePath:instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/mode",schemaPath:"#/properties/portLevelMtls/additionalProperties/properties/mode/enum",keyword:"enum",params:{allowedValues: schema8.properties.portLevelMtls.additionalProperties.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema8.properties.portLevelMtls.additionalProperties.properties.mode.enum,parentSchema:schema8.properties.portLevelMtls.additionalProperties.properties.mode,data:data4};
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
const err9 = {instancePath:instancePath+"/portLevelMtls/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/portLevelMtls/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.portLevelMtls.additionalProperties.type,parentSchema:schema8.properties.portLevelMtls.additionalProperties,data:data3};
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
const err10 = {instancePath:instancePath+"/portLevelMtls",schemaPath:"#/properties/portLevelMtls/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.portLevelMtls.type,parentSchema:schema8.properties.portLevelMtls,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.selector !== undefined){
let data5 = data.selector;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key4 in data5){
if(!(key4 === "matchLabels")){
const err11 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema8.properties.selector,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data5.matchLabels !== undefined){
let data6 = data5.matchLabels;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length > 4096){
const err12 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/maxProperties",keyword:"maxProperties",params:{limit: 4096},message:"must NOT have more than 4096 properties",schema:4096,parentSchema:schema8.properties.selector.properties.matchLabels,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key5 in data6){
let data7 = data6[key5];
if(typeof data7 === "string"){
if(func3(data7) > 63){
const err13 = {instancePath:instancePath+"/selector/matchLabels/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema8.properties.selector.properties.matchLabels.additionalProperties,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/selector/matchLabels/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema8.properties.selector.properties.matchLabels.additionalProperties.type,parentSchema:schema8.properties.selector.properties.matchLabels.additionalProperties,data:data7};
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
else {
const err15 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.selector.properties.matchLabels.type,parentSchema:schema8.properties.selector.properties.matchLabels,data:data6};
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
const err16 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.properties.selector.type,parentSchema:schema8.properties.selector,data:data5};
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
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.type,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}

export const validateRequestAuthentication: Validator = validate24 as unknown as Validator;
const schema9 = {"properties":{"jwtRules":{"items":{"properties":{"audiences":{"items":{"minLength":1,"type":"string"},"type":"array"},"forwardOriginalToken":{"type":"boolean"},"fromCookies":{"items":{"minLength":1,"type":"string"},"type":"array"},"fromHeaders":{"items":{"properties":{"name":{"minLength":1,"type":"string"},"prefix":{"type":"string"}},"required":["name"],"type":"object","additionalProperties":false},"type":"array"},"fromParams":{"items":{"minLength":1,"type":"string"},"type":"array"},"issuer":{"minLength":1,"type":"string"},"jwks":{"type":"string"},"jwks_uri":{"maxLength":2048,"minLength":1,"type":"string"},"jwksUri":{"maxLength":2048,"minLength":1,"type":"string"},"outputClaimToHeaders":{"items":{"properties":{"claim":{"minLength":1,"type":"string"},"header":{"minLength":1,"pattern":"^[-_A-Za-z0-9]+$","type":"string"}},"required":["header","claim"],"type":"object","additionalProperties":false},"type":"array"},"outputPayloadToHeader":{"type":"string"},"spaceDelimitedClaims":{"items":{"minLength":1,"type":"string"},"maxItems":64,"type":"array"},"timeout":{"type":"string"}},"type":"object","additionalProperties":false},"maxItems":4096,"type":"array"},"selector":{"properties":{"matchLabels":{"additionalProperties":{"maxLength":63,"type":"string"},"maxProperties":4096,"type":"object"}},"type":"object","additionalProperties":false},"targetRef":{"properties":{"group":{"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"},"kind":{"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"},"name":{"maxLength":253,"minLength":1,"type":"string"},"namespace":{"type":"string"}},"required":["kind","name"],"type":"object","additionalProperties":false},"targetRefs":{"items":{"properties":{"group":{"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","type":"string"},"kind":{"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$","type":"string"},"name":{"maxLength":253,"minLength":1,"type":"string"},"namespace":{"type":"string"}},"required":["kind","name"],"type":"object","additionalProperties":false},"maxItems":16,"type":"array"}},"type":"object","additionalProperties":false};
const pattern4 = new RegExp("^[-_A-Za-z0-9]+$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "jwtRules") || (key0 === "selector")) || (key0 === "targetRef")) || (key0 === "targetRefs"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.jwtRules !== undefined){
let data0 = data.jwtRules;
if(Array.isArray(data0)){
if(data0.length > 4096){
const err1 = {instancePath:instancePath+"/jwtRules",schemaPath:"#/properties/jwtRules/maxItems",keyword:"maxItems",params:{limit: 4096},message:"must NOT have more than 4096 items",schema:4096,parentSchema:schema9.properties.jwtRules,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(func2.call(schema9.properties.jwtRules.items.properties, key1))){
const err2 = {instancePath:instancePath+"/jwtRules/" + i0,schemaPath:"#/properties/jwtRules/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.jwtRules.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.audiences !== undefined){
let data2 = data1.audiences;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
let data3 = data2[i1];
if(typeof data3 === "string"){
if(func3(data3) < 1){
const err3 = {instancePath:instancePath+"/jwtRules/" + i0+"/audiences/" + i1,schemaPath:"#/properties/jwtRules/items/properties/audiences/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.audiences.items,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/jwtRules/" + i0+"/audiences/" + i1,schemaPath:"#/properties/jwtRules/items/properties/audiences/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.audiences.items.type,parentSchema:schema9.properties.jwtRules.items.properties.audiences.items,data:data3};
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
const err5 = {instancePath:instancePath+"/jwtRules/" + i0+"/audiences",schemaPath:"#/properties/jwtRules/items/properties/audiences/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.audiences.type,parentSchema:schema9.properties.jwtRules.items.properties.audiences,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.forwardOriginalToken !== undefined){
let data4 = data1.forwardOriginalToken;
if(typeof data4 !== "boolean"){
const err6 = {instancePath:instancePath+"/jwtRules/" + i0+"/forwardOriginalToken",schemaPath:"#/properties/jwtRules/items/properties/forwardOriginalToken/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema9.properties.jwtRules.items.properties.forwardOriginalToken.type,parentSchema:schema9.properties.jwtRules.items.properties.forwardOriginalToken,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.fromCookies !== undefined){
let data5 = data1.fromCookies;
if(Array.isArray(data5)){
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
let data6 = data5[i2];
if(typeof data6 === "string"){
if(func3(data6) < 1){
const err7 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromCookies/" + i2,schemaPath:"#/properties/jwtRules/items/properties/fromCookies/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.fromCookies.items,data:data6};
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
const err8 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromCookies/" + i2,schemaPath:"#/properties/jwtRules/items/properties/fromCookies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.fromCookies.items.type,parentSchema:schema9.properties.jwtRules.items.properties.fromCookies.items,data:data6};
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
const err9 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromCookies",schemaPath:"#/properties/jwtRules/items/properties/fromCookies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.fromCookies.type,parentSchema:schema9.properties.jwtRules.items.properties.fromCookies,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data1.fromHeaders !== undefined){
let data7 = data1.fromHeaders;
if(Array.isArray(data7)){
const len3 = data7.length;
for(let i3=0; i3<len3; i3++){
let data8 = data7[i3];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.name === undefined){
const err10 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3,schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema9.properties.jwtRules.items.properties.fromHeaders.items.required,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key2 in data8){
if(!((key2 === "name") || (key2 === "prefix"))){
const err11 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3,schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data8.name !== undefined){
let data9 = data8.name;
if(typeof data9 === "string"){
if(func3(data9) < 1){
const err12 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3+"/name",schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items.properties.name,data:data9};
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
const err13 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3+"/name",schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.fromHeaders.items.properties.name.type,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items.properties.name,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data8.prefix !== undefined){
let data10 = data8.prefix;
if(typeof data10 !== "string"){
const err14 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3+"/prefix",schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.fromHeaders.items.properties.prefix.type,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items.properties.prefix,data:data10};
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
else {
const err15 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders/" + i3,schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.jwtRules.items.properties.fromHeaders.items.type,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders.items,data:data8};
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
const err16 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromHeaders",schemaPath:"#/properties/jwtRules/items/properties/fromHeaders/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.fromHeaders.type,parentSchema:schema9.properties.jwtRules.items.properties.fromHeaders,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data1.fromParams !== undefined){
let data11 = data1.fromParams;
if(Array.isArray(data11)){
const len4 = data11.length;
for(let i4=0; i4<len4; i4++){
let data12 = data11[i4];
if(typeof data12 === "string"){
if(func3(data12) < 1){
const err17 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromParams/" + i4,schemaPath:"#/properties/jwtRules/items/properties/fromParams/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.fromParams.items,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromParams/" + i4,schemaPath:"#/properties/jwtRules/items/properties/fromParams/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.fromParams.items.type,parentSchema:schema9.properties.jwtRules.items.properties.fromParams.items,data:data12};
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
const err19 = {instancePath:instancePath+"/jwtRules/" + i0+"/fromParams",schemaPath:"#/properties/jwtRules/items/properties/fromParams/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.fromParams.type,parentSchema:schema9.properties.jwtRules.items.properties.fromParams,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data1.issuer !== undefined){
let data13 = data1.issuer;
if(typeof data13 === "string"){
if(func3(data13) < 1){
const err20 = {instancePath:instancePath+"/jwtRules/" + i0+"/issuer",schemaPath:"#/properties/jwtRules/items/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.issuer,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/jwtRules/" + i0+"/issuer",schemaPath:"#/properties/jwtRules/items/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.issuer.type,parentSchema:schema9.properties.jwtRules.items.properties.issuer,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data1.jwks !== undefined){
let data14 = data1.jwks;
if(typeof data14 !== "string"){
const err22 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwks",schemaPath:"#/properties/jwtRules/items/properties/jwks/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.jwks.type,parentSchema:schema9.properties.jwtRules.items.properties.jwks,data:data14};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data1.jwks_uri !== undefined){
let data15 = data1.jwks_uri;
if(typeof data15 === "string"){
if(func3(data15) > 2048){
const err23 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwks_uri",schemaPath:"#/properties/jwtRules/items/properties/jwks_uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema9.properties.jwtRules.items.properties.jwks_uri,data:data15};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(func3(data15) < 1){
const err24 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwks_uri",schemaPath:"#/properties/jwtRules/items/properties/jwks_uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.jwks_uri,data:data15};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwks_uri",schemaPath:"#/properties/jwtRules/items/properties/jwks_uri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.jwks_uri.type,parentSchema:schema9.properties.jwtRules.items.properties.jwks_uri,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data1.jwksUri !== undefined){
let data16 = data1.jwksUri;
if(typeof data16 === "string"){
if(func3(data16) > 2048){
const err26 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwksUri",schemaPath:"#/properties/jwtRules/items/properties/jwksUri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters",schema:2048,parentSchema:schema9.properties.jwtRules.items.properties.jwksUri,data:data16};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(func3(data16) < 1){
const err27 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwksUri",schemaPath:"#/properties/jwtRules/items/properties/jwksUri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.jwksUri,data:data16};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/jwtRules/" + i0+"/jwksUri",schemaPath:"#/properties/jwtRules/items/properties/jwksUri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.jwksUri.type,parentSchema:schema9.properties.jwtRules.items.properties.jwksUri,data:data16};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data1.outputClaimToHeaders !== undefined){
let data17 = data1.outputClaimToHeaders;
if(Array.isArray(data17)){
const len5 = data17.length;
for(let i5=0; i5<len5; i5++){
let data18 = data17[i5];
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.header === undefined){
const err29 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5,schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.required,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items,data:data18};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data18.claim === undefined){
const err30 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5,schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/required",keyword:"required",params:{missingProperty: "claim"},message:"must have required property '"+"claim"+"'",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.required,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items,data:data18};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key3 in data18){
if(!((key3 === "claim") || (key3 === "header"))){
const err31 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5,schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items,data:data18};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data18.claim !== undefined){
let data19 = data18.claim;
if(typeof data19 === "string"){
if(func3(data19) < 1){
const err32 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5+"/claim",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/properties/claim/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.claim,data:data19};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5+"/claim",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/properties/claim/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.claim.type,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.claim,data:data19};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data18.header !== undefined){
let data20 = data18.header;
if(typeof data20 === "string"){
if(func3(data20) < 1){
const err34 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5+"/header",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/properties/header/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.header,data:data20};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(!pattern4.test(data20)){
const err35 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5+"/header",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/properties/header/pattern",keyword:"pattern",params:{pattern: "^[-_A-Za-z0-9]+$"},message:"must match pattern \""+"^[-_A-Za-z0-9]+$"+"\"",schema:"^[-_A-Za-z0-9]+$",parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.header,data:data20};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5+"/header",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.header.type,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.properties.header,data:data20};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders/" + i5,schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items.type,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.items,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputClaimToHeaders",schemaPath:"#/properties/jwtRules/items/properties/outputClaimToHeaders/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders.type,parentSchema:schema9.properties.jwtRules.items.properties.outputClaimToHeaders,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data1.outputPayloadToHeader !== undefined){
let data21 = data1.outputPayloadToHeader;
if(typeof data21 !== "string"){
const err39 = {instancePath:instancePath+"/jwtRules/" + i0+"/outputPayloadToHeader",schemaPath:"#/properties/jwtRules/items/properties/outputPayloadToHeader/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.outputPayloadToHeader.type,parentSchema:schema9.properties.jwtRules.items.properties.outputPayloadToHeader,data:data21};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data1.spaceDelimitedClaims !== undefined){
let data22 = data1.spaceDelimitedClaims;
if(Array.isArray(data22)){
if(data22.length > 64){
const err40 = {instancePath:instancePath+"/jwtRules/" + i0+"/spaceDelimitedClaims",schemaPath:"#/properties/jwtRules/items/properties/spaceDelimitedClaims/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items",schema:64,parentSchema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims,data:data22};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
const len6 = data22.length;
for(let i6=0; i6<len6; i6++){
let data23 = data22[i6];
if(typeof data23 === "string"){
if(func3(data23) < 1){
const err41 = {instancePath:instancePath+"/jwtRules/" + i0+"/spaceDelimitedClaims/" + i6,schemaPath:"#/properties/jwtRules/items/properties/spaceDelimitedClaims/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims.items,data:data23};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/jwtRules/" + i0+"/spaceDelimitedClaims/" + i6,schemaPath:"#/properties/jwtRules/items/properties/spaceDelimitedClaims/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims.items.type,parentSchema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims.items,data:data23};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/jwtRules/" + i0+"/spaceDelimitedClaims",schemaPath:"#/properties/jwtRules/items/properties/spaceDelimitedClaims/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims.type,parentSchema:schema9.properties.jwtRules.items.properties.spaceDelimitedClaims,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data1.timeout !== undefined){
let data24 = data1.timeout;
if(typeof data24 !== "string"){
const err44 = {instancePath:instancePath+"/jwtRules/" + i0+"/timeout",schemaPath:"#/properties/jwtRules/items/properties/timeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.jwtRules.items.properties.timeout.type,parentSchema:schema9.properties.jwtRules.items.properties.timeout,data:data24};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/jwtRules/" + i0,schemaPath:"#/properties/jwtRules/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.jwtRules.items.type,parentSchema:schema9.properties.jwtRules.items,data:data1};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/jwtRules",schemaPath:"#/properties/jwtRules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.jwtRules.type,parentSchema:schema9.properties.jwtRules,data:data0};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.selector !== undefined){
let data25 = data.selector;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key4 in data25){
if(!(key4 === "matchLabels")){
const err47 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.selector,data:data25};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data25.matchLabels !== undefined){
let data26 = data25.matchLabels;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(Object.keys(data26).length > 4096){
const err48 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/maxProperties",keyword:"maxProperties",params:{limit: 4096},message:"must NOT have more than 4096 properties",schema:4096,parentSchema:schema9.properties.selector.properties.matchLabels,data:data26};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
for(const key5 in data26){
let data27 = data26[key5];
if(typeof data27 === "string"){
if(func3(data27) > 63){
const err49 = {instancePath:instancePath+"/selector/matchLabels/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema9.properties.selector.properties.matchLabels.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/selector/matchLabels/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/selector/properties/matchLabels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.selector.properties.matchLabels.additionalProperties.type,parentSchema:schema9.properties.selector.properties.matchLabels.additionalProperties,data:data27};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/selector/matchLabels",schemaPath:"#/properties/selector/properties/matchLabels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.selector.properties.matchLabels.type,parentSchema:schema9.properties.selector.properties.matchLabels,data:data26};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/selector",schemaPath:"#/properties/selector/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.selector.type,parentSchema:schema9.properties.selector,data:data25};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.targetRef !== undefined){
let data28 = data.targetRef;
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.kind === undefined){
const err53 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema9.properties.targetRef.required,parentSchema:schema9.properties.targetRef,data:data28};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(data28.name === undefined){
const err54 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema9.properties.targetRef.required,parentSchema:schema9.properties.targetRef,data:data28};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
for(const key6 in data28){
if(!((((key6 === "group") || (key6 === "kind")) || (key6 === "name")) || (key6 === "namespace"))){
const err55 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.targetRef,data:data28};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data28.group !== undefined){
let data29 = data28.group;
if(typeof data29 === "string"){
if(func3(data29) > 253){
const err56 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema9.properties.targetRef.properties.group,data:data29};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(!pattern0.test(data29)){
const err57 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/pattern",keyword:"pattern",params:{pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"+"\"",schema:"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",parentSchema:schema9.properties.targetRef.properties.group,data:data29};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
else {
const err58 = {instancePath:instancePath+"/targetRef/group",schemaPath:"#/properties/targetRef/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRef.properties.group.type,parentSchema:schema9.properties.targetRef.properties.group,data:data29};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data28.kind !== undefined){
let data30 = data28.kind;
if(typeof data30 === "string"){
if(func3(data30) > 63){
const err59 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema9.properties.targetRef.properties.kind,data:data30};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(func3(data30) < 1){
const err60 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.targetRef.properties.kind,data:data30};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(!pattern1.test(data30)){
const err61 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"},message:"must match pattern \""+"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"+"\"",schema:"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",parentSchema:schema9.properties.targetRef.properties.kind,data:data30};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/targetRef/kind",schemaPath:"#/properties/targetRef/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRef.properties.kind.type,parentSchema:schema9.properties.targetRef.properties.kind,data:data30};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data28.name !== undefined){
let data31 = data28.name;
if(typeof data31 === "string"){
if(func3(data31) > 253){
const err63 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema9.properties.targetRef.properties.name,data:data31};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(func3(data31) < 1){
const err64 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.targetRef.properties.name,data:data31};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/targetRef/name",schemaPath:"#/properties/targetRef/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRef.properties.name.type,parentSchema:schema9.properties.targetRef.properties.name,data:data31};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data28.namespace !== undefined){
let data32 = data28.namespace;
if(typeof data32 !== "string"){
const err66 = {instancePath:instancePath+"/targetRef/namespace",schemaPath:"#/properties/targetRef/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRef.properties.namespace.type,parentSchema:schema9.properties.targetRef.properties.namespace,data:data32};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
else {
const err67 = {instancePath:instancePath+"/targetRef",schemaPath:"#/properties/targetRef/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.targetRef.type,parentSchema:schema9.properties.targetRef,data:data28};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data.targetRefs !== undefined){
let data33 = data.targetRefs;
if(Array.isArray(data33)){
if(data33.length > 16){
const err68 = {instancePath:instancePath+"/targetRefs",schemaPath:"#/properties/targetRefs/maxItems",keyword:"maxItems",params:{limit: 16},message:"must NOT have more than 16 items",schema:16,parentSchema:schema9.properties.targetRefs,data:data33};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
const len7 = data33.length;
for(let i7=0; i7<len7; i7++){
let data34 = data33[i7];
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.kind === undefined){
const err69 = {instancePath:instancePath+"/targetRefs/" + i7,schemaPath:"#/properties/targetRefs/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema9.properties.targetRefs.items.required,parentSchema:schema9.properties.targetRefs.items,data:data34};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data34.name === undefined){
const err70 = {instancePath:instancePath+"/targetRefs/" + i7,schemaPath:"#/properties/targetRefs/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema9.properties.targetRefs.items.required,parentSchema:schema9.properties.targetRefs.items,data:data34};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
for(const key7 in data34){
if(!((((key7 === "group") || (key7 === "kind")) || (key7 === "name")) || (key7 === "namespace"))){
const err71 = {instancePath:instancePath+"/targetRefs/" + i7,schemaPath:"#/properties/targetRefs/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema9.properties.targetRefs.items,data:data34};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data34.group !== undefined){
let data35 = data34.group;
if(typeof data35 === "string"){
if(func3(data35) > 253){
const err72 = {instancePath:instancePath+"/targetRefs/" + i7+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema9.properties.targetRefs.items.properties.group,data:data35};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(!pattern0.test(data35)){
const err73 = {instancePath:instancePath+"/targetRefs/" + i7+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/pattern",keyword:"pattern",params:{pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"+"\"",schema:"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",parentSchema:schema9.properties.targetRefs.items.properties.group,data:data35};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/targetRefs/" + i7+"/group",schemaPath:"#/properties/targetRefs/items/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRefs.items.properties.group.type,parentSchema:schema9.properties.targetRefs.items.properties.group,data:data35};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data34.kind !== undefined){
let data36 = data34.kind;
if(typeof data36 === "string"){
if(func3(data36) > 63){
const err75 = {instancePath:instancePath+"/targetRefs/" + i7+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema9.properties.targetRefs.items.properties.kind,data:data36};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(func3(data36) < 1){
const err76 = {instancePath:instancePath+"/targetRefs/" + i7+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.targetRefs.items.properties.kind,data:data36};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(!pattern1.test(data36)){
const err77 = {instancePath:instancePath+"/targetRefs/" + i7+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"},message:"must match pattern \""+"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"+"\"",schema:"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",parentSchema:schema9.properties.targetRefs.items.properties.kind,data:data36};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/targetRefs/" + i7+"/kind",schemaPath:"#/properties/targetRefs/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRefs.items.properties.kind.type,parentSchema:schema9.properties.targetRefs.items.properties.kind,data:data36};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data34.name !== undefined){
let data37 = data34.name;
if(typeof data37 === "string"){
if(func3(data37) > 253){
const err79 = {instancePath:instancePath+"/targetRefs/" + i7+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema9.properties.targetRefs.items.properties.name,data:data37};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(func3(data37) < 1){
const err80 = {instancePath:instancePath+"/targetRefs/" + i7+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.targetRefs.items.properties.name,data:data37};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/targetRefs/" + i7+"/name",schemaPath:"#/properties/targetRefs/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRefs.items.properties.name.type,parentSchema:schema9.properties.targetRefs.items.properties.name,data:data37};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data34.namespace !== undefined){
let data38 = data34.namespace;
if(typeof data38 !== "string"){
const err82 = {instancePath:instancePath+"/targetRefs/" + i7+"/namespace",schemaPath:"#/properties/targetRefs/items/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.targetRefs.items.properties.namespace.type,parentSchema:schema9.properties.targetRefs.items.properties.namespace,data:data38};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/targetRefs/" + i7,schemaPath:"#/properties/targetRefs/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.targetRefs.items.type,parentSchema:schema9.properties.targetRefs.items,data:data34};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
else {
const err84 = {instancePath:instancePath+"/targetRefs",schemaPath:"#/properties/targetRefs/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema9.properties.targetRefs.type,parentSchema:schema9.properties.targetRefs,data:data33};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
else {
const err85 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.type,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

