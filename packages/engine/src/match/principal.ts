/** Issuer and subject of a verified token. */
export interface RequestPrincipal {
  readonly issuer: string;
  readonly subject: string;
}

/** Between issuer and subject: no JSON that Envoy accepts can hold a lone surrogate, so the pair stays a pair. */
const separator = "\ud800";

/** The value of the attribute `request.principal`: both parts in one text, whatever slashes they contain. */
export function joinPrincipal({ issuer, subject }: RequestPrincipal): string {
  return `${issuer}${separator}${subject}`;
}

/** The parts of a value that `joinPrincipal` made. */
export function splitPrincipal(value: string): RequestPrincipal {
  const at = value.indexOf(separator);
  return at < 0
    ? { issuer: value, subject: "" }
    : { issuer: value.slice(0, at), subject: value.slice(at + 1) };
}

/** A value that `joinPrincipal` made as Istio writes it: `issuer/subject`. */
export function principalText(value: string): string {
  const { issuer, subject } = splitPrincipal(value);
  return `${issuer}/${subject}`;
}
