import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { type CounterWorkerFragment, StillLookingDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Key } from '../kit/key';
import { useKeys } from '../kit/keys';

interface Props {
  worker: CounterWorkerFragment;
  /** The form found somebody who is registered already. */
  known: boolean;
  onChange: (worker: CounterWorkerFragment) => void;
  onAgain: () => void;
}

/** Who stands at the counter, masked, and whether it looks for work. */
export function WorkerCard({ worker, known, onChange, onAgain }: Props) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug, can } = useSession();
  const closed = worker.status === 'CLOSED';
  return (
    <section className="card" aria-labelledby="counter-worker">
      <div className="list-head flush-top">
        <h2 id="counter-worker">
          {worker.nameMasked}{' '}
          <Chip tone={closed ? 'bad' : worker.looking ? 'good' : 'warn'}>
            {closed ? term('workerStatus', 'CLOSED') : t(worker.looking ? 'workers.looking' : 'workers.notLooking')}
          </Chip>{' '}
          {worker.ageBand === 'ADULT' ? null : <Chip tone="warn">{term('ageBand', worker.ageBand)}</Chip>}
        </h2>
        {can('worker.read') ? (
          <Link to="/$slug/workers/$id" params={{ slug, id: worker.id }}>
            {t('counter.openEntry')}
          </Link>
        ) : null}
      </div>
      {known ? <Alert className="gap" type="info" showIcon title={t('counter.known')} /> : null}
      <p className="soft-line">
        {[
          worker.idNumberMasked,
          worker.phoneMasked ?? t('counter.noPhone'),
          worker.countyName,
          format.list(worker.trades.map(({ name }) => name)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {worker.ageBand === 'OVER_AGE' ? <Alert type="warning" showIcon title={t('counter.overAge')} /> : null}
      {worker.ageBand === 'MINOR' ? <Alert type="warning" showIcon title={t('counter.minor')} /> : null}
      {closed ? (
        can('worker.register') ? (
          <Button onClick={onAgain}>{t('counter.again')}</Button>
        ) : null
      ) : (
        <Looking worker={worker} onChange={onChange} />
      )}
    </section>
  );
}

/** 仍在求职 with one press; it goes stale by itself. */
function Looking({ worker, onChange }: Pick<Props, 'worker' | 'onChange'>) {
  const t = useT();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const [still, busy] = useAction(StillLookingDocument);
  const may = can('worker.looking');
  const run = async () => {
    const outcome = await still({ workerId: worker.id });
    tell(outcome, t('counter.lookingNow'));
    if (outcome.kind === 'done') onChange(outcome.value);
  };
  useKeys({ F7: may && !busy ? () => void run() : undefined });
  return (
    <p className="inline-acts">
      <span>
        {worker.looking
          ? t('counter.lookingUntil', { at: format.dateTime(worker.lookingUntil) })
          : t('counter.notLooking')}
      </span>
      {may ? (
        <Button size="small" loading={busy} aria-keyshortcuts="F7" onClick={() => void run()}>
          {t('counter.stillLooking')} <Key name="F7" />
        </Button>
      ) : null}
    </p>
  );
}
