/** What is worked out when it is asked for first: a proxy has a note for every policy of its namespace, and few look at them. */
export function lazily<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
