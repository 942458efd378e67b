/** A patch level in each minor branch that has the change; every later minor has it, every other one lacks it. */
export type Branches = Readonly<Record<string, number>>;

/** Something that one release does and another does not. */
export interface Behaviour {
  readonly component: "istiod" | "envoy";
  readonly what: string;
  readonly since: Branches;
  readonly until?: Branches;
  readonly source: string; // where it was read or how it was seen
  readonly evidence: string; // statement ids and scenarios
}

/** What may differ between releases, by name. */
