/**
 * A file cut before each line that begins a document, as `kubectl` cuts it (kubernetes/apimachinery:pkg/util/yaml/decoder.go): the
 * text of each part by where it begins. With directives or lines that end a document it stays whole: what they mean, the parser knows.
 */
export function splitDocuments(text: string): ReadonlyMap<number, string> {
  if (/^(?:%|\.\.\.|\ufeff)/m.test(text)) return new Map([[0, text]]);
  const starts = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(({ index }) => index);
  const cuts = starts[0] === 0 ? starts : [0, ...starts];
  return new Map(cuts.map((start, index) => [start, text.slice(start, cuts[index + 1])]));
}
