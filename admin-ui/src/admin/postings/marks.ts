import type { FindingLineFragment, FindingSeverity } from '../gql/graphql';

/** A finding with the number by which the text points at it. */
export interface Numbered {
  n: number;
  finding: FindingLineFragment;
}

/** A stretch of a text, and which findings are about it. */
export interface Piece {
  /** At which character it begins: by that the pieces of one text are told apart. */
  at: number;
  text: string;
  numbers: number[];
  /** The most serious of them; none where nothing is wrong. */
  severity: FindingSeverity | null;
}

/** The worst first. */
const WEIGHT: FindingSeverity[] = ['BLOCKS', 'WARNS', 'CANNOT_CHECK'];

/** The worst first, then in the order in which the linter names them; numbered from one. */
export function numbered(findings: readonly FindingLineFragment[]): Numbered[] {
  const weight = ({ severity }: FindingLineFragment) => WEIGHT.indexOf(severity);
  return [...findings].sort((a, b) => weight(a) - weight(b)).map((finding, i) => ({ n: i + 1, finding }));
}

/**
 * A text cut where findings begin and end, which may overlap. The linter counts characters, and a rare one is two of
 * JavaScript's units, so characters are counted here too. What lies outside of the text is cut off.
 */
export function piecesOf(text: string, field: string, all: readonly Numbered[]): Piece[] {
  const characters = [...text];
  const here = all.flatMap(({ n, finding: { field: of, start, end, severity } }) =>
    of === field && start !== null && end !== null && start < end && start < characters.length
      ? [{ n, severity, start: Math.max(0, start), end: Math.min(end, characters.length) }]
      : [],
  );
  const cuts = [...new Set([0, characters.length, ...here.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((from, i) => {
    const about = here.filter(({ start, end }) => start <= from && from < end);
    const severity = WEIGHT.find((one) => about.some((span) => span.severity === one)) ?? null;
    return { at: from, text: characters.slice(from, cuts[i + 1]).join(''), numbers: about.map(({ n }) => n), severity };
  });
}

/** The words a finding is about, in quotes elsewhere; none where it is about a figure. */
export function wordsOf(text: string | null | undefined, { start, end }: FindingLineFragment): string | null {
  if (!text || start === null || end === null) return null;
  return [...text].slice(start, end).join('') || null;
}
