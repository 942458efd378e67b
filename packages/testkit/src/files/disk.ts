/** Where files are. Texts on paths; nothing else of a file counts. */
export interface Disk {
  /** The text of a file; rejects where there is none. */
  readonly read: (path: string) => Promise<string>;
  /** The files under a folder, however deep, sorted; the path itself when it is a file. Undefined: there is no such path. */
  readonly list: (path: string) => Promise<readonly string[] | undefined>;
  /** What `-` stands for. */
  readonly stdin?: () => Promise<string>; // what `-` stands for
}

/** Reads files once, and keeps their texts to show lines of them. */
export interface Reader {
  readonly texts: ReadonlyMap<string, string>;
  /** The text of a file, read once. */
  readonly text: (path: string) => Promise<string>;
}

/** A disk, and the texts that were read from it. */
export interface Access {
  readonly io: Disk;
  readonly reader: Reader;
}
