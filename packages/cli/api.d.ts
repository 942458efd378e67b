// Written by `npm run api`: what others see of @meshproof/cli, and all that it names.

// @meshproof/cli
//   ExitCode
//   Git
//   Io
//   run

// from elsewhere
//   @meshproof/testkit/files: Disk

// dist/analysis/revision-disk.d.ts
export type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

// dist/io.d.ts
export interface Io extends Disk {
    readonly out: (text: string) => void;
    readonly err: (text: string) => void;
    readonly stdin: () => Promise<string>;
    readonly chunks?: () => AsyncIterable<Buffer>;
    readonly drained?: () => Promise<void>;
    readonly write: (path: string, text: string) => Promise<void>;
    readonly now: () => number;
    readonly clock?: () => number;
    readonly colour: boolean;
    readonly columns?: number;
    readonly terminal?: boolean;
    readonly changed?: (folders: readonly string[], signal?: AbortSignal, counts?: (path: string) => boolean) => Promise<boolean>;
    readonly git?: Git;
    readonly env?: (name: string) => string | undefined;
    readonly variables?: () => readonly string[];
    readonly ci?: boolean;
}
export type ExitCode = 0 | 1 | 2 | 3 | 4;

// dist/run.d.ts
export declare function run(args: readonly string[], io: Io): Promise<ExitCode>;
