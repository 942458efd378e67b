/** What the filters of one chain see of a request of which everything is known. What is absent is missing. Byte strings. */
export interface KnownRequest {
  readonly peer?: string | undefined; // the one identity of the caller
  readonly sourceIp?: string | undefined;
  readonly remoteIp?: string | undefined;
  readonly destinationIp?: string | undefined;
  readonly destinationPort: number;
  readonly sni?: string | undefined;
  readonly host?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined; // normalised, without its query
  readonly pathIn?: Stretch | undefined; // the same, where it stands among bytes: looked at without making a text of it
  readonly principal?: string | undefined; // of a verified token
  readonly header?: ((name: string) => readonly string[]) | undefined;
  readonly claim?: ((path: readonly string[]) => readonly string[]) | undefined;
}

/** A text that stands among bytes. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** No rule holds. */
export const noRule = -1;
/** The request is one that has to be walked. */
export const unsure = -2;
