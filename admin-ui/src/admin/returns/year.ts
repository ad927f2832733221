/** The year in the address bar; none means this one. */
export function readYear(raw: Record<string, unknown>): { year?: number } {
  const year = Number(raw.year);
  return Number.isInteger(year) && year >= 2022 && year < 2100 ? { year } : {};
}

/**
 * The years one may choose, the latest first. Last year's is always among them: in January it may still be due, although
 * nobody has begun it. A first report may lie in the next year.
 */
export function yearsToChoose(thisYear: number, shown: number, begun: number[], firstDueOn?: string | null): number[] {
  const first = firstDueOn ? [Number(firstDueOn.slice(0, 4))] : [];
  return [...new Set([thisYear, thisYear - 1, shown, ...begun, ...first])].sort((a, b) => b - a);
}
