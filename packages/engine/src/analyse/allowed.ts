/** The status of what gets through; and of a way on which only a copy does, of which nobody who asked is told. */
export const allowed = "allowed";
export const allowedCopy = "allowed as a copy";

/** Whether that is one of these. */
export function isAllowed(status: string | undefined): boolean {
  return status === allowed || status === allowedCopy;
}
