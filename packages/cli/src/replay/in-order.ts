/** What is written in order, though some of it takes waiting. */
export interface InOrder {
  readonly add: (text: string) => void;
  readonly later: (text: Promise<string>) => void;
  /** All of it since the last time. */
  readonly take: () => Promise<string>;
}

export function inOrder(): InOrder {
  let last = "";
  let before: Promise<string>[] = [];
  return {
    add: (text) => {
      last += text;
    },
    later: (text) => {
      before.push(Promise.resolve(last), text);
      last = "";
    },
    take: async () => {
      const texts = [...before, last];
      last = "";
      before = [];
      return (await Promise.all(texts)).join("");
    },
  };
}
