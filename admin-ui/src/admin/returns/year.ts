/** The year in the address bar; none means this one. */
export function readYear(raw: Record<string, unknown>): { year?: number } {
  const year = Number(raw.year);
  return Number.isInteger(year) && year >= 2022 && year < 2100 ? { year } : {};
}
