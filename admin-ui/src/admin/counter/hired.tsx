import { Button } from 'antd';
import { useT } from '../app/i18n';
import type { HiredHereFragment } from '../gql/graphql';
import { Key } from '../kit/key';
import { Arrive } from './arrive';
import { useHours } from './pick-shift';
import { RegistrationSlipButton, WorkSlipButton } from './slips';

interface Props {
  engagement: HiredHereFragment;
  workerId: string;
  name: string;
  onChange: () => void;
  onNext: () => void;
}

/** The place is the worker's: the slips, and the next one. */
export function Hired({ engagement, workerId, name, onChange, onNext }: Props) {
  const t = useT();
  const hours = useHours();
  return (
    <section className="card done" aria-labelledby="counter-done">
      <h2 id="counter-done" role="status">
        {t('counter.hired', { name, number: engagement.slip?.number ?? '' })}
      </h2>
      <p>{[engagement.job.title, hours(engagement.job), engagement.job.place, engagement.partyName].join(' · ')}</p>
      <div className="form-buttons">
        <WorkSlipButton engagementId={engagement.id} hotkey focus />
        <RegistrationSlipButton workerId={workerId} />
        <Arrive engagement={engagement} onDone={onChange} />
        <Button aria-keyshortcuts="F2" onClick={onNext}>
          {t('counter.nextPerson')} <Key name="F2" />
        </Button>
      </div>
    </section>
  );
}
