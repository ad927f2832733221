import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { ENGAGEMENT_TONES } from '../engagements/tones';
import { WorkOfTodayDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { Arrive } from './arrive';
import { useHours } from './pick-shift';
import { WorkSlipButton } from './slips';

/** What this worker has today at this market, with the arrival and the slip one press away. */
export function TodayOf({ marketId, workerId }: { marketId: string; workerId: string }) {
  const t = useT();
  const term = useTerm();
  const hours = useHours();
  const { can } = useSession();
  const [{ data }, refetch] = useQuery({
    query: WorkOfTodayDocument,
    variables: { marketId, first: 100, after: null },
    pause: !can('engagement.read'),
  });
  const own = (data?.engagementsToday?.edges ?? []).map(({ node }) => node).filter((e) => e.workerId === workerId);
  if (own.length === 0) return null;
  return (
    <section className="card" aria-labelledby="counter-today">
      <h2 id="counter-today">{t('counter.todayTitle')}</h2>
      <ul className="bare lines">
        {own.map((e) => (
          <li key={e.id}>
            <span>
              <b className="nowrap">{hours(e.job)}</b> {e.job.title} · {e.partyName}{' '}
              <Chip tone={ENGAGEMENT_TONES[e.status] ?? 'plain'}>{term('engagement', e.status)}</Chip>
            </span>
            <span className="form-buttons">
              <Arrive engagement={e} onDone={() => refetch({ requestPolicy: 'network-only' })} />
              {e.slip ? <WorkSlipButton engagementId={e.id} /> : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
