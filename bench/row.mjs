const ratio = (number) => `${number >= 100 ? Math.round(number) : number.toPrecision(3)} x`;

/** A row of goals: each is `of` a measured number, at most (or at least) so much, or only shown. */
export function row(number, what, goals) {
  const known = goals.filter(({ value }) => Number.isFinite(value));
  const fits = ({ value, most = Number.POSITIVE_INFINITY, least = 0 }) =>
    value <= most && value >= least;
  const text = ({ of, most, least, unit }) => {
    if (most === undefined && least === undefined) return of;
    return `${of} ${most === undefined ? `>= ${least}` : `<= ${most}`} ${unit ?? "x"}`;
  };
  const shown = ({ value, unit }) =>
    Number.isFinite(value)
      ? unit
        ? `${Number(value.toPrecision(3))} ${unit}`
        : ratio(value)
      : "not measured";
  return {
    row: number,
    what,
    goal: goals.map(text).join("; "),
    found: goals.map(shown).join("; "),
    met: known.length === goals.length && goals.every(fits),
    goals,
  };
}
