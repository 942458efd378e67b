/* Whoever asks the evaluator about a witness asks through witness-time.mjs, which takes the time: see there. */
const timed = new URL("witness-time.mjs", import.meta.url).href;

/** Leads the questions' imports of what makes a request of a witness and evaluates it to where their time is taken. */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const isAsked = context.parentURL?.endsWith("/analyse/question.js") === true;
  if (!isAsked || !/answer\/(?:confirm|request)\.js$/.test(specifier)) return found;
  return { ...found, url: `${timed}?${encodeURIComponent(found.url)}` };
}
