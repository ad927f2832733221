import { useT, useTerm } from '../app/i18n';
import type { PartyRowFragment, PartyStatus } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useFormat } from '../kit/format';

const TONES: Record<PartyStatus, Tone> = {
  PENDING: 'busy',
  REJECTED: 'warn',
  VERIFIED: 'good',
  SUSPENDED: 'bad',
  CLOSED: 'plain',
};

/** The state of a hiring party, in a word first and a colour second. */
export function PartyStatusTag({ status }: { status: PartyStatus }) {
  const term = useTerm();
  return <Chip tone={TONES[status]}>{term('partyStatus', status)}</Chip>;
}

/** Its state, and what one should know of it at a glance. */
export function PartyStanding({ party: p }: { party: PartyRowFragment }) {
  const t = useT();
  return (
    <div className="chips">
      <PartyStatusTag status={p.status} />
      {p.fastLane ? <Chip tone="good">{t('parties.fastLane')}</Chip> : null}
      {p.stale ? <Chip tone="warn">{t('parties.stale')}</Chip> : null}
    </div>
  );
}

/** That it was verified, when, and by which organ: never by whom. */
export function Badge({ party: { verifiedBadge: badge } }: { party: Pick<PartyRowFragment, 'verifiedBadge'> }) {
  const t = useT();
  const format = useFormat();
  if (!badge) return <>—</>;
  return (
    <>
      {t('parties.badge', { date: format.date(badge.on), by: badge.by })}
      {badge.recheckedOn ? (
        <div className="soft">{t('parties.recheckedOn', { date: format.date(badge.recheckedOn) })}</div>
      ) : null}
    </>
  );
}
