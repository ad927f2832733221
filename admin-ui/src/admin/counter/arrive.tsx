import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
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
  const said = useRef<HTMLSpanElement>(null);
  const [mine, setMine] = useState(false);
  // Its button is gone then: what it led to is read instead.
  useEffect(() => {
    if (mine && engagement.arrivedAt) said.current?.focus();
  }, [mine, engagement.arrivedAt]);
  if (engagement.arrivedAt)
    return (
      <span ref={said} tabIndex={-1}>
        <Chip tone="good">{t('counter.arrivedAt', { at: format.dateTime(engagement.arrivedAt).slice(11) })}</Chip>
      </span>
    );
  if (engagement.status !== 'CONFIRMED' || !can('engagement.arrive')) return null;
  const { id, version } = engagement;
  return (
    <Button
      loading={busy}
      aria-label={t('counter.arriveOne', { title: engagement.job.title })}
      onClick={() =>
        void arrive({ id, version }).then((outcome) => {
          setMine(tell(outcome, t('counter.arrived')));
          onDone();
        })
      }
    >
      {t('counter.arrive')}
    </Button>
  );
}
