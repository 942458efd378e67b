import type { Text } from "../../model/rule.ts";
import type { Expression } from "./regular.ts";

/** One pattern on one attribute, as partitions see it. Equal patterns have equal keys. */
export interface Shape {
  readonly key: string;
  readonly shown: string; // as policies write it
  readonly expression?: Expression; // of texts
  readonly texts?: readonly Text[]; // it matches what one of these matches, where that is all
  readonly samples: readonly string[]; // that it probably matches, the most believable first
  readonly head: string; // what every value begins with, where anything is known
  readonly exact?: string; // the one value it matches
  readonly fold?: true; // in any ASCII case
  readonly suffix?: string; // it only looks at the end
  readonly absent?: true; // it also holds where there is no value
  readonly block?: Block; // of addresses
  readonly port?: number;
}

export interface Block {
  readonly family: 4 | 6;
  readonly low: string; // hex of fixed width
  readonly high: string;
}

/** The values of one attribute in classes that the shapes cannot tell apart within. */
export interface Domain {
  readonly name: string;
  readonly list: boolean; // several values at once: any set of classes
  readonly optional: boolean; // class 0 is that there is no value
  readonly size: number;
  readonly shapes: readonly Shape[];
  readonly classes: ReadonlyMap<string, readonly number[]>; // shape key to the classes it holds in, sorted
  readonly values: readonly (string | undefined)[]; // of each class; undefined: absent
  readonly literal: readonly (string | undefined)[]; // the class is this one value
  readonly classify: (value: string | undefined) => number; // -1: outside of the language
}

/** What an attribute is made of. */
export interface Kind {
  readonly of: "text" | "address" | "port" | "choice";
  readonly list?: true;
  readonly optional?: true; // it may be absent: class 0
  readonly language?: Expression; // of texts
  readonly choices?: readonly string[]; // of a choice: all there is
  readonly seeds?: readonly string[]; // believable values
}

/** The classes a shape holds in. */
export function classesOf({ classes }: Domain, { key }: Shape): readonly number[] {
  return classes.get(key) ?? [];
}
