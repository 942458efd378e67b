/** A part of a file that holds one document, with the line that begins it. */
export interface DocumentText {
  readonly start: number;
  readonly text: string;
}

/**
 * A file cut before each line that begins a document, as `kubectl` cuts it (kubernetes/apimachinery:pkg/util/yaml/decoder.go). With
 * directives or lines that end a document it stays whole: what they mean, the parser knows.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  if (/^(?:%|\.\.\.|\ufeff)/m.test(text)) return [{ start: 0, text }];
  const starts = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(({ index }) => index);
  const cuts = starts[0] === 0 ? starts : [0, ...starts];
  return cuts.map((start, index) => ({ start, text: text.slice(start, cuts[index + 1]) }));
}
