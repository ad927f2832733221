import { Button } from 'antd';
import { useId, useState } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { useHours } from '../counter/pick-shift';
import { ConfirmGroupDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useMoney } from '../kit/money';
import { type ShiftGroup, waits } from './group';
import { GroupHire } from './group-hire';
import { EngagementTable } from './table';
import { ENGAGEMENT_TONES } from './tones';
import { WageSheets } from './wage-sheets';

interface Props {
  group: ShiftGroup;
  refetch: () => void;
}

/** One shift of today: how many stand where, each with the next step, the stand-by list below. */
export function ShiftCard({ group, refetch }: Props) {
  const t = useT();
  const term = useTerm();
  const money = useMoney();
  const hours = useHours();
  const id = useId();
  const { can } = useSession();
  const [hiring, setHiring] = useState(false);
  const [sheets, setSheets] = useState(false);
  const { job } = group;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="list-head flush-top">
        <h2 id={id}>
          {hours(job)} {job.title}
        </h2>
        <div className="actions">
          {can('engagement.hire') && can('worker.look_up') ? (
            <Button aria-haspopup="dialog" onClick={() => setHiring(true)}>
              {t('engage.hireGroup')}
            </Button>
          ) : null}
          <Button aria-haspopup="dialog" onClick={() => setSheets(true)}>
            {t('engage.sheets')}
          </Button>
        </div>
      </div>
      <p className="soft-line">
        {[group.partyName, job.place, money.wage(job), term('payDay', job.payDay)].join(' · ')}
      </p>
      <p className="chips">
        {group.counts.map(({ status, n }) => (
          <Chip key={status} tone={ENGAGEMENT_TONES[status] ?? 'plain'}>
            {term('engagement', status)} {n}
          </Chip>
        ))}
      </p>
      {group.rows.length || !group.over.length ? <Rows group={group} refetch={refetch} /> : null}
      {group.standby.length ? (
        <>
          <h3>{t('engage.standbyList')}</h3>
          <EngagementTable label={t('engage.standbyList')} rows={group.standby} refetch={refetch} />
        </>
      ) : null}
      {group.over.length ? (
        <details className="more">
          <summary>{t('engage.over', { n: group.over.length })}</summary>
          <EngagementTable label={t('engage.over', { n: group.over.length })} rows={group.over} refetch={refetch} />
        </details>
      ) : null}
      {hiring ? <GroupHire shiftId={group.shiftId} onClose={() => setHiring(false)} onDone={refetch} /> : null}
      {sheets ? <WageSheets postingId={job.postingId} title={job.title} onClose={() => setSheets(false)} /> : null}
    </section>
  );
}

/** Those who hold or want a place; several that wait are confirmed together, all or none. */
function Rows({ group, refetch }: Props) {
  const t = useT();
  const tell = useTell();
  const { can } = useSession();
  const [chosen, setChosen] = useState<string[]>([]);
  const [confirm, busy] = useAction(ConfirmGroupDocument);
  const waiting = group.rows.filter(waits);
  const picked = chosen.filter((id) => waiting.some((row) => row.id === id));
  const run = async () => {
    const outcome = await confirm({ shiftId: group.shiftId, engagementIds: picked });
    if (tell(outcome, t('engage.groupConfirmed', { n: picked.length }))) setChosen([]);
    refetch();
  };
  const several = waiting.length > 1 && can('engagement.confirm');
  return (
    <>
      {several ? (
        <div className="form-buttons">
          <Button onClick={() => setChosen(picked.length === waiting.length ? [] : waiting.map(({ id }) => id))}>
            {t(picked.length === waiting.length ? 'engage.chooseNone' : 'engage.chooseAll', { n: waiting.length })}
          </Button>
          <Button type="primary" disabled={picked.length === 0} loading={busy} onClick={() => void run()}>
            {t('engage.confirmGroup', { n: picked.length })}
          </Button>
        </div>
      ) : null}
      <EngagementTable
        label={group.job.title}
        rows={group.rows}
        refetch={refetch}
        {...(several
          ? {
              selection: {
                selectedRowKeys: picked,
                hideSelectAll: true,
                columnTitle: <span className="visually-hidden">{t('engage.choose')}</span>,
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: (row) => ({
                  disabled: !waits(row),
                  'aria-label': t('engage.chooseOne', { name: row.workerName ?? t('engage.nobody') }),
                }),
              },
            }
          : {})}
      />
    </>
  );
}
