/** The schemas of CRDs as they are written down: the structural subset of OpenAPI. */
export interface SchemaFile {
  readonly mandatory: readonly string[]; // kinds without which there is no object
  readonly kinds: Readonly<Record<string, Schema>>;
  readonly parts: Readonly<Record<string, Schema>>;
}

export interface Schema {
  readonly $ref?: string; // one of the parts
  readonly since?: string; // a behaviour: earlier releases lack the field
  readonly type?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly open?: true; // it may hold anything
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly enumSince?: Readonly<Record<string, string>>;
  readonly format?: string;
  readonly pattern?: string; // one of those of admit/crd-rules.ts
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly atMostOne?: readonly (readonly string[])[]; // of the names of each list; so far as `oneOf` of these CRDs says it
  readonly listKeys?: readonly string[];
  readonly rules?: readonly { readonly rule: string; readonly message: string }[];
}
