import { askOwn } from '../../api';
import { h, replace } from '../../dom';
import { LintDocument, type LintQuery, type PostingInput } from '../gql/graphql';
import type { Field } from '../kit';
import { e } from './text';

type Check = NonNullable<LintQuery['lintPosting']>;
export type Finding = Pick<
  Check['findings'][number],
  'field' | 'severity' | 'why' | 'instead' | 'law' | 'start' | 'end'
>;

/** After the last key: a request for each would say the same ten times. */
const PAUSE_MS = 600;

/** The words a finding is about, marked where they stand; offsets count characters, not halves of them. */
export function marked(text: string, { start, end }: Pick<Finding, 'start' | 'end'>) {
  const letters = Array.from(text);
  if (start === null || end === null || start >= end || end > letters.length) return null;
  const from = Math.max(0, start - 8);
  return h(
    'q',
    null,
    from > 0 && '…',
    letters.slice(from, start).join(''),
    h('mark', null, letters.slice(start, end).join('')),
    letters.slice(end, end + 8).join(''),
    end + 8 < letters.length && '…',
  );
}

export function findingBox(finding: Finding, text: string) {
  // What nobody can check is for the bureau to set, not for whoever writes.
  if (finding.severity === 'CANNOT_CHECK') return h('p', { class: 'hint' }, finding.why);
  return h(
    'div',
    { class: finding.severity === 'BLOCKS' ? 'notice bad finding' : 'notice finding' },
    h('p', null, h('b', null, e(`severity.${finding.severity}`)), ' ', marked(text, finding)),
    h('p', null, finding.why),
    finding.instead && h('p', null, e('lint.instead', { text: finding.instead })),
    h('p', { class: 'hint' }, finding.law),
  );
}

/** Looks a posting over while it is written: at each field what the law forbids in it, with the article. */
export function linter(slug: string, fields: () => Field[], input: () => PostingInput | null) {
  const told = h('p', { class: 'hint', role: 'status' });
  const rest = h('div');
  let turn = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const slotOf = (field: Field) => {
    const there = field.box.querySelector<HTMLElement>('.findings');
    if (there) return there;
    const slot = h('div', { class: 'findings' });
    field.box.append(slot);
    return slot;
  };

  const show = (check: Check) => {
    for (const field of fields()) replace(slotOf(field));
    replace(rest);
    for (const finding of check.findings) {
      const field = fields().find(({ name }) => name === finding.field || finding.field.startsWith(`${name}.`));
      (field ? slotOf(field) : rest).append(findingBox(finding, field?.value() ?? ''));
    }
    const blocks = check.findings.filter(({ severity }) => severity === 'BLOCKS').length;
    told.textContent = blocks > 0 ? e('lint.blocks', { n: blocks }) : check.good ? e('lint.good') : '';
    return check;
  };

  /** All that is wrong with the form, said at its fields: one after the other would try anybody's patience. */
  const flaws = (check: Check): number => {
    let first: Field | undefined;
    for (const { field: path, message } of check.flaws) {
      const name = (path ?? '').replace(/^input\./, '').replace(/\[(\d+)\]/g, '.$1');
      const at = fields().find((field) => field.name === name || name.startsWith(`${field.name}.`));
      if (at) at.say(message);
      else rest.append(h('p', { class: 'notice bad' }, message));
      first ??= at;
    }
    first?.focus();
    return check.flaws.length;
  };

  const look = async (): Promise<Check | null> => {
    clearTimeout(pause);
    const mine = ++turn;
    const asked = input();
    if (!asked) return null;
    const answer = await askOwn(slug, LintDocument, { input: asked }).catch(() => null);
    return mine === turn && answer?.lintPosting ? show(answer.lintPosting) : null;
  };

  const later = () => {
    clearTimeout(pause);
    pause = setTimeout(() => void look(), PAUSE_MS);
  };
  return { box: h('div', null, told, rest), look, flaws, later };
}
