import { Button } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { Agreement } from '../engagements/agreement';
import { type HiredHereFragment, HiredOneDocument } from '../gql/graphql';
import { Facts } from '../kit/facts';
import { Key } from '../kit/key';
import { LinkButton } from '../kit/link';
import { Arrive } from './arrive';
import { useHours } from './pick-shift';
import { RegistrationSlipButton, WorkSlipButton } from './slips';

interface Props {
  engagement: HiredHereFragment;
  workerId: string;
  name: string;
  onNext: () => void;
}

/** The place is the worker's: the slips, for over-age work the agreement, and the next one. */
export function Hired({ engagement, workerId, name, onNext }: Props) {
  const t = useT();
  const hours = useHours();
  const { slug } = useSession();
  const { id } = engagement;
  const [{ data }, refetch] = useQuery({ query: HiredOneDocument, variables: { id }, pause: true });
  const now = data?.engagement ?? engagement;
  const again = () => refetch({ requestPolicy: 'network-only' });
  return (
    <section className="card done" aria-labelledby="counter-done">
      <h2 id="counter-done" role="status">
        {t('counter.hired', { name, number: now.slip?.number ?? '' })}
      </h2>
      <p>{[now.job.title, hours(now.job), now.job.place, now.partyName].join(' · ')}</p>
      {now.slip?.agreement ? (
        <Facts className="gap">
          <Agreement engagementId={id} agreement={now.slip.agreement} onDone={again} />
        </Facts>
      ) : null}
      <div className="form-buttons">
        <WorkSlipButton engagementId={id} hotkey focus />
        <RegistrationSlipButton workerId={workerId} />
        <Arrive engagement={now} onDone={again} />
        <LinkButton to="/$slug/engagements/$id" params={{ slug, id }}>
          {t('counter.openEngagement')}
        </LinkButton>
        <Button aria-keyshortcuts="F2" onClick={onNext}>
          {t('counter.nextPerson')} <Key name="F2" />
        </Button>
      </div>
    </section>
  );
}
