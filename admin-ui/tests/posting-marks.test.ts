import { describe, expect, it } from 'vitest';
import type { FindingLineFragment, FindingSeverity } from '../src/admin/gql/graphql';
import { numbered, piecesOf, wordsOf } from '../src/admin/postings/marks';

function finding(start: number | null, end: number | null, severity: FindingSeverity = 'BLOCKS', field = 'duties') {
  return { rule: 'R', field, start, end, severity, law: '', why: '', instead: '' } as FindingLineFragment;
}
const shown = (text: string, ...findings: FindingLineFragment[]) =>
  piecesOf(text, 'duties', numbered(findings)).map(({ text, numbers }) => [text, ...numbers]);

describe('the words a finding is about', () => {
  it('are cut out of the text, and the rest stays as it is', () => {
    expect(shown('卸货，限男性，日结', finding(3, 6))).toEqual([['卸货，'], ['限男性', 1], ['，日结']]);
  });

  it('that overlap are cut where one begins or ends, and the common part has both numbers', () => {
    expect(shown('押金二百元', finding(0, 3), finding(2, 5))).toEqual([
      ['押金', 1],
      ['二', 1, 2],
      ['百元', 2],
    ]);
  });

  it('are counted in characters, also after a rare one', () => {
    expect(shown('𠮷祥楼限女工', finding(3, 6))).toEqual([['𠮷祥楼'], ['限女工', 1]]);
    expect(wordsOf('𠮷祥楼限女工', finding(3, 6))).toBe('限女工');
  });

  it('of another field, of a figure or beyond the end mark nothing', () => {
    const others = [finding(0, 2, 'BLOCKS', 'title'), finding(null, null), finding(9, 12)];
    expect(shown('卸货', ...others)).toEqual([['卸货']]);
    expect(shown('卸货', finding(1, 9))).toEqual([['卸'], ['货', 1]]);
  });

  it('carry the worst of what is found there, which is also numbered first', () => {
    const all = numbered([finding(0, 4, 'WARNS'), finding(1, 2, 'BLOCKS')]);
    expect(all.map(({ n, finding: { severity } }) => [n, severity])).toEqual([
      [1, 'BLOCKS'],
      [2, 'WARNS'],
    ]);
    expect(piecesOf('高薪限男', 'duties', all).map(({ severity }) => severity)).toEqual(['WARNS', 'BLOCKS', 'WARNS']);
  });

  it('of an empty text are none', () => {
    expect(shown('', finding(0, 1))).toEqual([]);
  });
});
