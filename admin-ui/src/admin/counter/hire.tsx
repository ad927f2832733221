import { Button, Checkbox } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type CounterWorkerFragment,
  type HiredHereFragment,
  HireWalkInDocument,
  type HireWalkInMutation,
} from '../gql/graphql';
import { Fact, Facts } from '../kit/facts';
import { Key } from '../kit/key';
import { useKeys } from '../kit/keys';
import { useMoney } from '../kit/money';
import { ErrorSummary, type Problem } from '../kit/summary';
import { useHours } from './pick-shift';
import type { OpenShift } from './shifts';

type Near = Extract<HireWalkInMutation['hireWalkIn'], { __typename: 'HireWalkInRefused' }>['alternatives'];

interface Props {
  worker: CounterWorkerFragment;
  shift: OpenShift;
  onHired: (engagement: HiredHereFragment) => void;
  onBack: () => void;
}

/** Read it out, then confirm: the place is the worker's. A refusal says why, and the list is one press away. */
export function Hire({ worker, shift, onHired, onBack }: Props) {
  const t = useT();
  const term = useTerm();
  const money = useMoney();
  const hours = useHours();
  const { can } = useSession();
  const [hire, busy] = useAction(HireWalkInDocument);
  const [seen, setSeen] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [near, setNear] = useState<Near>([]);
  const first = useRef<HTMLDivElement>(null);
  const { posting: p } = shift;
  useEffect(() => {
    first.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, []);
  const run = async () => {
    setProblems([]);
    const outcome = await hire({
      workerId: worker.id,
      shiftId: shift.id,
      certificateSeen: p.needsCertificate ? seen : null,
    });
    if (outcome.kind === 'done') return onHired(outcome.value);
    setNear(outcome.kind === 'refused' ? (outcome.refusal.alternatives as Near) : []);
    const atBox = outcome.kind === 'refused' && outcome.field === 'certificateSeen';
    setProblems([{ message: outcome.message, ...(atBox ? { fieldId: 'certificate-seen' } : {}) }]);
  };
  useKeys({ F8: can('engagement.hire') && !busy ? () => void run() : undefined });
  return (
    <section className="card" aria-labelledby="counter-hire">
      <h2 id="counter-hire">{t('counter.hireTitle', { name: worker.nameMasked })}</h2>
      <ErrorSummary problems={problems} />
      <Alternatives near={near} />
      <Facts className="gap">
        <Fact label={t('counter.job')}>{p.title}</Fact>
        <Fact label={t('counter.when')}>{hours(shift)}</Fact>
        <Fact label={t('counter.where')}>{p.place}</Fact>
        <Fact label={t('counter.who')}>{p.partyName}</Fact>
        <Fact label={t('counter.wage')}>
          {money.wage(p)} · {term('payDay', p.payDay)}
        </Fact>
      </Facts>
      <div ref={first}>
        {p.needsCertificate ? (
          <p>
            <Checkbox id="certificate-seen" checked={seen} onChange={(e) => setSeen(e.target.checked)}>
              {t('counter.certificateSeen')}
            </Checkbox>
          </p>
        ) : null}
        <div className="form-buttons">
          {can('engagement.hire') ? (
            <Button type="primary" loading={busy} aria-keyshortcuts="F8" onClick={() => void run()}>
              {t('counter.hire')} <Key name="F8" />
            </Button>
          ) : null}
          <Button onClick={onBack}>{t('counter.otherShift')}</Button>
        </div>
      </div>
    </section>
  );
}

/** What else there is for whoever came too late for the last place, at hours that are free. */
function Alternatives({ near }: { near: Near }) {
  const t = useT();
  const money = useMoney();
  const hours = useHours();
  if (near.length === 0) return null;
  return (
    <>
      <p>{t('counter.near')}</p>
      <ul>
        {near.map((one) => (
          <li key={one.shiftId}>
            {[hours(one), one.title, one.place, money.wage(one), t('counter.places', { n: one.places })].join(' · ')}
          </li>
        ))}
      </ul>
    </>
  );
}
