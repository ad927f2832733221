/** The columns of annex 2 (附件 2) a person may mend, in the order of the form. */
const COLUMNS = [
  'name',
  'nature',
  'hoursText',
  'address',
  'division',
  'seekerScale',
  'trades',
  'dailySuccesses',
] as const;
export type Column = (typeof COLUMNS)[number];

const WORDS: [RegExp, Column][] = [
  [/名称|^name/i, 'name'],
  [/性质|nature/i, 'nature'],
  [/时间|hours/i, 'hoursText'],
  [/区划|区县|街道|division/i, 'division'],
  [/地址|address/i, 'address'],
  [/规模|seeker/i, 'seekerScale'],
  [/工种|trade/i, 'trades'],
  [/成功|success/i, 'dailySuccesses'],
];
/** 序号 is column A. */
const LETTERS: Record<string, Column> = {
  B: 'name',
  C: 'nature',
  D: 'hoursText',
  E: 'address',
  F: 'seekerScale',
  G: 'trades',
  H: 'dailySuccesses',
};

/** Which of our columns an issue is about, whether it names the field, the sheet's letter or the printed heading. */
export function columnOf(issue: { column: string; columnTitle: string }): Column | null {
  if ((COLUMNS as readonly string[]).includes(issue.column)) return issue.column as Column;
  // The columns of a sheet may stand in any order, so its heading says more than its letter.
  const text = issue.columnTitle || issue.column;
  return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? LETTERS[issue.column.toUpperCase()] ?? null;
}

/**
 * What a clerk corrected. The cell itself may be emptied: an empty text removes what stands there. What is offered beside
 * it is sent only if it was filled in.
 */
export function correctionOf(column: Column, values: Partial<Record<Column, string>>): Partial<Record<Column, string>> {
  const said = ([name, value]: [string, unknown]) => typeof value === 'string' && (value !== '' || name === column);
  return Object.fromEntries(Object.entries(values).filter(said));
}
