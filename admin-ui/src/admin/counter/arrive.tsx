import { Button } from 'antd';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type HiredHereFragment, RecordArrivalDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';

interface Props {
  engagement: Pick<HiredHereFragment, 'id' | 'version' | 'status' | 'arrivedAt' | 'workerName' | 'job'>;
  onDone: () => void;
}

/** 到岗 at the counter, for whoever is seen to be there. */
export function Arrive({ engagement, onDone }: Props) {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const [arrive, busy] = useAction(RecordArrivalDocument);
  if (engagement.arrivedAt)
    return <Chip tone="good">{t('counter.arrivedAt', { at: format.dateTime(engagement.arrivedAt).slice(11) })}</Chip>;
  if (engagement.status !== 'CONFIRMED' || !can('engagement.arrive')) return null;
  const { id, version } = engagement;
  return (
    <Button
      loading={busy}
      aria-label={t('counter.arriveOne', { title: engagement.job.title })}
      onClick={() =>
        void arrive({ id, version }).then((outcome) => {
          tell(outcome, t('counter.arrived'));
          onDone();
        })
      }
    >
      {t('counter.arrive')}
    </Button>
  );
}
