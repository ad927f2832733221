import { useT, useTerm } from '../app/i18n';
import type { AgencyRowFragment, LicenceState } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { today, useFormat } from '../kit/format';

const TONES: Record<LicenceState, Tone> = {
  VALID: 'good',
  UNVERIFIED: 'busy',
  EXPIRED: 'bad',
  SUSPENDED: 'bad',
  REVOKED: 'bad',
};

/** How a licence stands today, in a word first and a colour second. */
export function LicenceTag({ state }: { state: LicenceState }) {
  const term = useTerm();
  return <Chip tone={TONES[state]}>{term('licenceState', state)}</Chip>;
}

const DAY_MS = 86_400_000;
/** The first of the server's warnings. */
const SOON_DAYS = 60;

/** Days until a licence runs out; none where no last day is printed on it, or it is over. */
export function daysLeft(expiresOn: string | null, now: string): number | null {
  if (!expiresOn) return null;
  const days = Math.round((Date.parse(expiresOn) - Date.parse(now)) / DAY_MS);
  return days >= 0 ? days : null;
}

/** The last day of a licence, and a warning while it comes near. */
export function Expiry({ agency: a }: { agency: Pick<AgencyRowFragment, 'expiresOn' | 'licenceState'> }) {
  const t = useT();
  const format = useFormat();
  if (!a.expiresOn) return <>{t('agencies.noEnd')}</>;
  const days = a.licenceState === 'VALID' ? daysLeft(a.expiresOn, today()) : null;
  return (
    <>
      {format.date(a.expiresOn)}{' '}
      {days !== null && days <= SOON_DAYS ? <Chip tone="warn">{t('agencies.daysLeft', { n: days })}</Chip> : null}
    </>
  );
}

/** Whether the annual report is late; where the city set no day, that is said. */
export function ReportDue({ agency: { annualReportDue: due } }: { agency: AgencyRowFragment }) {
  const t = useT();
  if (due.reportedOn) return <Chip tone="good">{t('agencies.reported', { year: due.year })}</Chip>;
  return <Chip tone={due.overdue ? 'bad' : 'plain'}>{due.note}</Chip>;
}
