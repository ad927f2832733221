import { useCallback } from 'react';
import { useT, useTerm } from '../app/i18n';
import type { PayDay, PostingStatus, WageUnit } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useFormat } from '../kit/format';
import { yuan } from '../kit/money';

const TONES: Record<PostingStatus, Tone> = {
  DRAFT: 'plain',
  IN_REVIEW: 'busy',
  RETURNED: 'warn',
  PUBLISHED: 'good',
  FILLED: 'good',
  CLOSED: 'plain',
  EXPIRED: 'plain',
  WITHDRAWN: 'plain',
  TAKEN_DOWN: 'bad',
};

/** The state of a posting, in a word first and a colour second. */
export function PostingStatusTag({ status }: { status: PostingStatus }) {
  const term = useTerm();
  return <Chip tone={TONES[status]}>{term('postingStatus', status)}</Chip>;
}

/** `180 元/天 · 日结` */
export function useWage() {
  const t = useT();
  const term = useTerm();
  return useCallback(
    (p: { wageFen: number; wageUnit: WageUnit; payDay?: PayDay | null }) =>
      [t('postings.wage', { yuan: yuan(p.wageFen), unit: term('wageUnit', p.wageUnit) }), term('payDay', p.payDay)]
        .filter(Boolean)
        .join(' · '),
    [t, term],
  );
}

/** A shift as one says it: the day once, where it ends on the same. */
export function useSpan() {
  const format = useFormat();
  return useCallback(
    ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => {
      const [begins, ends] = [format.dateTime(startsAt), format.dateTime(endsAt)];
      const sameDay = begins.slice(0, 10) === ends.slice(0, 10);
      return `${begins} – ${sameDay ? ends.slice(11) : ends}`;
    },
    [format],
  );
}
