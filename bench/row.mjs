const ratio = (number) => `${number >= 100 ? Math.round(number) : number.toPrecision(3)} x`;

/** A row of goals: each is `of` a measured number, at most (or at least) so much. */
export function row(number, what, goals) {
  const known = goals.filter(({ value }) => Number.isFinite(value));
  const fits = ({ value, most, least }) => (most === undefined ? value >= least : value <= most);
  const text = ({ of, most, least, unit }) =>
    `${of} ${most === undefined ? `>= ${least}` : `<= ${most}`} ${unit ?? "x"}`;
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
